import Ambient
import Cryptography
import FoundationEssentials

/// What things of an archive are called here.
///
/// A name is made of the old one and of whose it is to be: taken in again, or by a job that was killed, a row is known by it. Nobody can
/// choose one that another person's things have.
struct IdentifierMap: Sendable {
    /// Names in an archive; what has more is refused, so that they fit into memory.
    static let most = 2_000_000

    private let user: UserID
    /// Of all that the archive has.
    private var announced: Set<UUID> = []
    /// Of what is here by now: by table, and whatever table it is of.
    private var known: [String: [UUID: UUID]] = [:]
    private var anywhere: [UUID: UUID] = [:]

    init(user: UserID) { self.user = user }

    /// - Returns: false where there are too many.
    mutating func announce(_ id: UUID) -> Bool {
        announced.insert(id)
        return announced.count <= Self.most
    }

    mutating func note(_ old: UUID, of table: String, is new: UUID) {
        known[table, default: [:]][old] = new
        anywhere[old] = new
    }

    /// What a row of a table is called here, if it is here.
    func find(_ old: UUID, in table: String) -> UUID? { known[table]?[old] }

    /// The name for a thing that is not here yet. Its first half, which has the time, stays: lists are in its order.
    func made(of old: UUID) -> UUID {
        let digest = SHA256.hash(Array("\(user)/\(old.uuidString)".utf8))
        var bytes = withUnsafeBytes(of: old.uuid) { Array($0) }
        bytes.replaceSubrange(8..<16, with: digest.prefix(8))
        bytes[6] = bytes[6] & 0x0F | 0x70
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// What a thing is called here, whether it is here or will be or is gone.
    func mentioned(_ old: UUID) -> UUID { anywhere[old] ?? made(of: old) }

    /// A text with the names in it that the archive has in place of which stand those here.
    func rewritten(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= 36 else { return text }
        var (out, copied, at) = ([UInt8](), 0, 0)
        while at + 36 <= bytes.count {
            guard bytes[at + 8] == 0x2D, bytes[at + 13] == 0x2D, bytes[at + 18] == 0x2D, bytes[at + 23] == 0x2D,
                let old = UUID(uuidString: String(decoding: bytes[at..<(at + 36)], as: UTF8.self)), announced.contains(old)
            else {
                at += 1
                continue
            }
            out += bytes[copied..<at]
            out += mentioned(old).uuidString.lowercased().utf8
            at += 36
            copied = at
        }
        if copied == 0 { return text }
        out += bytes[copied...]
        return String(decoding: out, as: UTF8.self)
    }
}
