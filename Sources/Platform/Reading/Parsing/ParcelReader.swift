import CZlib
import Glibc
package import Manuscript

/// Reads a zip where it lies, a member at a time: it may be larger than the memory there is.
package enum ParcelReader {
    /// - Parameter wanted: a ``ParcelRequest``.
    package static func read(_ path: String, wanted: String) throws(ReadingFault) -> [UInt8] {
        guard let request = ParcelRequest(wanted) else { throw .misused }
        let file = try ParcelFile(path)
        switch request {
        case .directory:
            var out: [UInt8] = []
            for member in file.members {
                out += "\(member.name.count) \(member.size)\n".utf8
                out += member.name
            }
            return out
        case .members(let places):
            var out: [UInt8] = []
            for place in places where out.count < ParcelRequest.most {
                let content = file.members.indices.contains(place) ? file.content(of: file.members[place]) : nil
                out += "\(place) \(content?.count ?? -1)\n".utf8
                out += content ?? []
            }
            return out
        case .part(let place, let offset):
            guard file.members.indices.contains(place), let part = file.part(of: file.members[place], from: offset) else {
                throw .damaged
            }
            return part
        }
    }
}

/// A zip on the disk: its directory in memory, its members as they are asked for (APPNOTE.TXT of PKWARE). Of the larger form (zip64)
/// there is none: an archive of an account has up to 4 GiB.
private final class ParcelFile {
    struct Member {
        let name: [UInt8]
        let isEncrypted: Bool
        let method: Int
        let packed: Int
        let size: Int
        let offset: Int
    }

    let members: [Member]
    private let descriptor: Int32
    private let size: Int

    init(_ path: String) throws(ReadingFault) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .misused }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .misused }
        size = Int(status.st_size)
        members = try Self.directory(of: descriptor, size: size)
    }

    deinit { close(descriptor) }

    /// nil where it cannot be read, or is too much to be given whole.
    func content(of member: Member) -> [UInt8]? {
        guard member.size <= ParcelRequest.mostOfOne, member.packed <= ParcelRequest.mostOfOne, let start = start(of: member),
            let bytes = Self.bytes(of: descriptor, from: start, count: member.packed)
        else { return nil }
        if member.method == 0 { return bytes }
        // What the directory says of the size may be a lie either way.
        guard member.method == 8,
            let output = Inflate.unpack(bytes[...], .raw, most: ParcelRequest.mostOfOne, expecting: member.size),
            output.isWhole, !output.isTooMuch
        else { return nil }
        return output.bytes
    }

    func part(of member: Member, from offset: Int) -> [UInt8]? {
        guard member.method == 0, member.packed == member.size, offset <= member.size, let start = start(of: member) else {
            return nil
        }
        return Self.bytes(of: descriptor, from: start + offset, count: min(ParcelRequest.most, member.size - offset))
    }

    /// Where the content begins. The local header repeats the name, and may have other extra fields.
    private func start(of member: Member) -> Int? {
        guard !member.isEncrypted, let head = Self.bytes(of: descriptor, from: member.offset, count: 30),
            head.number(at: 0, bytes: 4) == 0x0403_4B50
        else { return nil }
        let start = member.offset + 30 + head.number(at: 26, bytes: 2) + head.number(at: 28, bytes: 2)
        return start + member.packed <= size ? start : nil
    }

    private static func directory(of descriptor: Int32, size: Int) throws(ReadingFault) -> [Member] {
        let tailStart = max(0, size - 22 - 0xFFFF)
        guard size >= 22, let tail = bytes(of: descriptor, from: tailStart, count: size - tailStart),
            let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
                tail.number(at: $0, bytes: 4) == 0x0605_4B50
            })
        else { throw .damaged }
        let (count, length, offset) = (
            tail.number(at: end + 10, bytes: 2), tail.number(at: end + 12, bytes: 4), tail.number(at: end + 16, bytes: 4)
        )
        guard count <= ParcelRequest.mostMembers, length <= 64 << 20 else { throw .tooLarge }
        guard offset + length <= tailStart + end, let entries = bytes(of: descriptor, from: offset, count: length) else {
            throw .damaged
        }
        var (members, at) = ([Member](), 0)
        while members.count < count {
            guard at + 46 <= entries.count, entries.number(at: at, bytes: 4) == 0x0201_4B50 else { throw .damaged }
            let nameLength = entries.number(at: at + 28, bytes: 2)
            let next = at + 46 + nameLength + entries.number(at: at + 30, bytes: 2) + entries.number(at: at + 32, bytes: 2)
            guard next <= entries.count else { throw .damaged }
            members.append(
                Member(
                    name: Array(entries[(at + 46)..<(at + 46 + nameLength)]),
                    isEncrypted: entries.number(at: at + 8, bytes: 2) & 1 != 0, method: entries.number(at: at + 10, bytes: 2),
                    packed: entries.number(at: at + 20, bytes: 4), size: entries.number(at: at + 24, bytes: 4),
                    offset: entries.number(at: at + 42, bytes: 4)))
            at = next
        }
        return members
    }

    private static func bytes(of descriptor: Int32, from offset: Int, count: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0 else { return nil }
        var filled = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while filled < count {
                let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else { break }
                filled += got
            }
            initialized = filled
        }
        return filled == count ? bytes : nil
    }
}
