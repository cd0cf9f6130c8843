import Manuscript

/// A zip file in memory: the names of its members, and their content as it is asked for (APPNOTE.TXT of PKWARE).
///
/// What all members together may unpack to is bounded, so that a small file cannot fill the memory.
final class Archive {
    struct Member {
        let name: String
        let isEncrypted: Bool
        fileprivate let method: Int
        fileprivate let packed: Int
        fileprivate let size: Int
        fileprivate let offset: Int
    }

    private static let mostMembers = 100_000

    let members: [Member]
    private let byName: [String: Int]
    private let bytes: [UInt8]
    /// Bytes that may still be unpacked.
    private var allowance: Int

    init(_ bytes: [UInt8], allowance: Int = 512 << 20) throws(ReadingFault) {
        self.bytes = bytes
        self.allowance = allowance
        members = try Self.directory(of: bytes)
        byName = Dictionary(members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func contains(_ name: String) -> Bool { byName[name] != nil }

    /// The content of a member, nil if there is none of that name.
    func content(_ name: String) throws(ReadingFault) -> [UInt8]? {
        let index = byName[name] ?? members.firstIndex { $0.name.lowercased() == name.lowercased() }
        guard let index else { return nil }
        return try content(members[index])
    }

    func content(_ member: Member) throws(ReadingFault) -> [UInt8] {
        if member.isEncrypted { throw .encrypted }
        // The local header repeats the name, and may have other extra fields.
        let at = member.offset
        guard at + 30 <= bytes.count, bytes.number(at: at, bytes: 4) == 0x0403_4B50 else { throw .damaged }
        let start = at + 30 + bytes.number(at: at + 26, bytes: 2) + bytes.number(at: at + 28, bytes: 2)
        guard start + member.packed <= bytes.count else { throw .damaged }
        switch member.method {
        case 0:
            allowance -= member.packed
            guard allowance >= 0 else { throw .tooLarge }
            return Array(bytes[start..<(start + member.packed)])
        case 8: return try inflated(start..<(start + member.packed), expecting: member.size)
        default: throw .damaged
        }
    }

    private func inflated(_ range: Range<Int>, expecting size: Int) throws(ReadingFault) -> [UInt8] {
        // What the directory says of the size may be a lie either way.
        guard size <= allowance else { throw .tooLarge }
        guard
            let output = Inflate.unpack(bytes[range], .raw, most: allowance, expecting: min(size, 64 << 20))
        else { throw .damaged }
        allowance -= output.bytes.count
        if output.isTooMuch { throw .tooLarge }
        guard output.isWhole else { throw .damaged }
        return output.bytes
    }

    private static func directory(of bytes: [UInt8]) throws(ReadingFault) -> [Member] {
        let least = max(0, bytes.count - 22 - 0xFFFF)
        guard bytes.count >= 22,
            let end = stride(from: bytes.count - 22, through: least, by: -1).first(where: {
                bytes.number(at: $0, bytes: 4) == 0x0605_4B50
            })
        else { throw .damaged }
        var (count, size, endsAt) = (bytes.number(at: end + 10, bytes: 2), bytes.number(at: end + 12, bytes: 4), end)
        let locator = end - 20
        if locator >= 0, bytes.number(at: locator, bytes: 4) == 0x0706_4B50 {
            let wide = bytes.number(at: locator + 8, bytes: 8)
            guard wide >= 0, wide + 56 <= bytes.count, bytes.number(at: wide, bytes: 4) == 0x0606_4B50 else { throw .damaged }
            (count, size, endsAt) = (bytes.number(at: wide + 32, bytes: 8), bytes.number(at: wide + 40, bytes: 8), wide)
        }
        guard count <= mostMembers, count >= 0, size >= 0, size <= endsAt else { throw .tooLarge }
        // Where it begins follows from its size, also if something was put before the zip.
        let before = endsAt - size - bytes.number(at: end + 16, bytes: 4)
        let shift = endsAt == end && before > 0 ? before : 0
        var members: [Member] = []
        var at = endsAt - size
        while at + 46 <= endsAt, bytes.number(at: at, bytes: 4) == 0x0201_4B50 {
            let (nameLength, extraLength) = (bytes.number(at: at + 28, bytes: 2), bytes.number(at: at + 30, bytes: 2))
            let next = at + 46 + nameLength + extraLength + bytes.number(at: at + 32, bytes: 2)
            guard next <= endsAt else { throw .damaged }
            let flags = bytes.number(at: at + 8, bytes: 2)
            let name = Array(bytes[(at + 46)..<(at + 46 + nameLength)])
            var numbers = [
                bytes.number(at: at + 24, bytes: 4), bytes.number(at: at + 20, bytes: 4), bytes.number(at: at + 42, bytes: 4),
            ]
            wideNumbers(bytes, at: at + 46 + nameLength, length: extraLength, into: &numbers)
            members.append(
                Member(
                    name: memberName(name, isUTF8: flags & 0x800 != 0), isEncrypted: flags & 1 != 0,
                    method: bytes.number(at: at + 10, bytes: 2), packed: numbers[1], size: numbers[0],
                    offset: numbers[2] + shift))
            at = next
        }
        return members
    }

    /// Sizes and offset of 64 bits stand in an extra field, in this order, each only if its small form says so.
    private static func wideNumbers(_ bytes: [UInt8], at start: Int, length: Int, into numbers: inout [Int]) {
        var at = start
        while at + 4 <= start + length {
            let size = bytes.number(at: at + 2, bytes: 2)
            if bytes.number(at: at, bytes: 2) == 1 {
                var field = at + 4
                for index in numbers.indices where numbers[index] == 0xFFFF_FFFF && field + 8 <= min(at + 4 + size, bytes.count) {
                    numbers[index] = max(0, bytes.number(at: field, bytes: 8))
                    field += 8
                }
            }
            at += 4 + size
        }
    }

    /// Without the flag it is in an older encoding, mostly CP437; many programs write UTF-8 all the same.
    private static func memberName(_ name: [UInt8], isUTF8: Bool) -> String {
        if let text = String(validating: name, as: UTF8.self) { return text }
        return isUTF8 ? String(decoding: name, as: UTF8.self) : Charset("IBM437").decode(name)
    }
}

extension [UInt8] {
    /// A little-endian number of up to eight bytes; -1 beyond the end.
    func number(at index: Int, bytes: Int) -> Int {
        guard index >= 0, index + bytes <= count else { return -1 }
        return (0..<bytes).reduce(0) { $0 | Int(self[index + $1]) << (8 * $1) }
    }
}
