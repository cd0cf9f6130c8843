/// A zip of stored members, written as APPNOTE.TXT says.
struct StoredZip {
    private var members: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    mutating func add(_ name: String, content: [UInt8] = []) {
        let sizes = Self.number(content.count, 4) + Self.number(content.count, 4) + Self.number(name.utf8.count, 2)
        let common = Self.number(20, 2) + [UInt8](repeating: 0, count: 12) + sizes + Self.number(0, 2)
        directory += Self.number(0x0201_4B50, 4) + Self.number(20, 2) + common + [UInt8](repeating: 0, count: 10)
        directory += Self.number(members.count, 4) + Array(name.utf8)
        members += Self.number(0x0403_4B50, 4) + common + Array(name.utf8) + content
        count += 1
    }

    /// - Parameter isWide: whether the sizes stand in records of 64 bits.
    func bytes(isWide: Bool = false) -> [UInt8] {
        var bytes = members + directory
        let (size, start, wideAt) = (directory.count, members.count, bytes.count)
        if isWide {
            bytes += Self.number(0x0606_4B50, 4) + Self.number(44, 8) + Self.number(45, 2) + Self.number(45, 2) + Self.number(0, 8)
            bytes += Self.number(count, 8) + Self.number(count, 8) + Self.number(size, 8) + Self.number(start, 8)
            bytes += Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(wideAt, 8) + Self.number(1, 4)
        }
        bytes += Self.number(0x0605_4B50, 4) + Self.number(0, 4)
        bytes += Self.number(isWide ? 0xFFFF : count, 2) + Self.number(isWide ? 0xFFFF : count, 2)
        bytes += Self.number(isWide ? 0xFFFF_FFFF : size, 4) + Self.number(isWide ? 0xFFFF_FFFF : start, 4)
        return bytes + Self.number(0, 2)
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
