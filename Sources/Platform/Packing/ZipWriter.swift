import CZlib
import FoundationEssentials

/// A zip that is written a part at a time (APPNOTE.TXT of PKWARE): what is added comes back as the bytes to write, and nothing is held but
/// the directory.
///
/// Up to 4 GiB, beyond which zips have another form.
package struct ZipWriter {
    /// Bytes of a whole zip.
    package static let most = Int(UInt32.max)

    private struct Member {
        var path: [UInt8]
        var offset: Int
        var isPacked = false
        /// Whether sum and sizes stand after the content.
        var isOpen = false
        var sum = 0
        var size = 0
        var packedSize = 0
    }

    private var done: [Member] = []
    private var open: Member?
    /// Bytes that came back so far.
    private var written = 0

    package init() {}

    /// A member that is all there.
    ///
    /// - Parameter packed: whether it is packed by deflate.
    package mutating func add(_ name: String, _ content: [UInt8], packed: Bool = false) -> [UInt8] {
        let packedContent = packed ? Self.deflated(content) : nil
        let body = packedContent ?? content
        let member = Member(
            path: Array(name.utf8), offset: written, isPacked: packedContent != nil, sum: Self.sum(0, content), size: content.count,
            packedSize: body.count)
        done.append(member)
        return count(Self.head(of: member) + body)
    }

    /// Begins a member whose content comes in parts.
    package mutating func begin(_ name: String) -> [UInt8] {
        let member = Member(path: Array(name.utf8), offset: written, isOpen: true)
        open = member
        return count(Self.head(of: member))
    }

    /// The next bytes of the member that was begun.
    package mutating func append(_ content: [UInt8]) -> [UInt8] {
        guard var member = open else { return [] }
        member.sum = Self.sum(member.sum, content)
        member.size += content.count
        member.packedSize = member.size
        open = member
        return count(content)
    }

    /// Ends the member that was begun.
    package mutating func end() -> [UInt8] {
        guard let member = open else { return [] }
        open = nil
        done.append(member)
        return count(Self.numbers([(0x0807_4B50, 4), (member.sum, 4), (member.size, 4), (member.size, 4)]))
    }

    /// The directory, which ends the zip.
    package func finish() -> [UInt8] {
        var directory: [UInt8] = []
        for member in done {
            directory += Self.numbers([(0x0201_4B50, 4), (20, 2)])
            directory += Self.common(of: member, withSizes: true)
            directory += Self.numbers([(0, 2), (0, 2), (0, 2), (0, 4), (member.offset, 4)])
            directory += member.path
        }
        let end = Self.numbers([
            (0x0605_4B50, 4), (0, 4), (done.count, 2), (done.count, 2), (directory.count, 4), (written, 4), (0, 2),
        ])
        return directory + end
    }

    private mutating func count(_ bytes: [UInt8]) -> [UInt8] {
        written += bytes.count
        return bytes
    }

    private static func head(of member: Member) -> [UInt8] {
        numbers([(0x0403_4B50, 4)]) + common(of: member, withSizes: !member.isOpen) + member.path
    }

    /// What stands in both heads of a member. Its day is the 1st of January 1980: the same content is the same file.
    private static func common(of member: Member, withSizes: Bool) -> [UInt8] {
        let flags = 0x0800 | (member.isOpen ? 8 : 0)
        let known = withSizes ? (member.sum, member.packedSize, member.size) : (0, 0, 0)
        return numbers([
            (20, 2), (flags, 2), (member.isPacked ? 8 : 0, 2), (0, 2), (0x21, 2), (known.0, 4), (known.1, 4), (known.2, 4),
            (member.path.count, 2), (0, 2),
        ])
    }

    /// Little-endian, each of so many bytes.
    private static func numbers(_ numbers: [(value: Int, count: Int)]) -> [UInt8] {
        numbers.flatMap { value, count in (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    }

    /// CRC-32, going on from what was summed up before.
    private static func sum(_ before: Int, _ content: [UInt8]) -> Int {
        content.withUnsafeBufferPointer { Int(crc32_z(uLong(before), $0.baseAddress, $0.count)) }
    }

    /// nil where it would not be smaller.
    private static func deflated(_ content: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let isDone = content.withUnsafeBufferPointer { source -> [UInt8]? in
            var whole = false
            let out = [UInt8](unsafeUninitializedCapacity: content.count) { room, count in
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(clamping: source.count)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(clamping: room.count)
                whole = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = room.count - Int(stream.avail_out)
            }
            return whole ? out : nil
        }
        return isDone
    }
}
