/// A zip whose members are stored as they are (APPNOTE.TXT of PKWARE).
struct ZipWriter {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, _ content: [UInt8]) {
        let (offset, sum, path) = (body.count, Self.checksum(content), Array(name.utf8))
        // The 1st of January 1980: the same questions are the same file.
        let common =
            Self.bytes(20, 2) + Self.bytes(0x0800, 2) + Self.bytes(0, 2) + Self.bytes(0, 2) + Self.bytes(0x21, 2)
            + Self.bytes(sum, 4) + Self.bytes(UInt32(content.count), 4) + Self.bytes(UInt32(content.count), 4)
            + Self.bytes(UInt32(path.count), 2) + Self.bytes(0, 2)
        body += Self.bytes(0x0403_4B50, 4) + common + path + content
        directory +=
            Self.bytes(0x0201_4B50, 4) + Self.bytes(20, 2) + common + Self.bytes(0, 2) + Self.bytes(0, 2) + Self.bytes(0, 2)
            + Self.bytes(0, 4) + Self.bytes(UInt32(offset), 4) + path
        count += 1
    }

    func finish() -> [UInt8] {
        body + directory + Self.bytes(0x0605_4B50, 4) + Self.bytes(0, 4) + Self.bytes(UInt32(count), 2)
            + Self.bytes(UInt32(count), 2)
            + Self.bytes(UInt32(directory.count), 4) + Self.bytes(UInt32(body.count), 4) + Self.bytes(0, 2)
    }

    /// Little-endian.
    private static func bytes(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    /// CRC-32.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
