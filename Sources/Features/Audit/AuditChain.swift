import Ambient
import Cryptography

/// The hashes that chain the entries: each covers its entry and the hash before, so that none can be changed, taken out or put in between
/// without all that follow.
enum AuditChain {
    /// What stands before the first entry.
    static let origin = String(repeating: "0", count: 64)

    /// The SHA-256, as hexadecimal digits, of the fields one after the other, each behind its length: so no two entries read alike.
    static func hash(_ entry: AuditEntry, sequence: Int64, after previous: String) -> String {
        let fields = [
            previous, "\(sequence)", entry.id.description, Timestamp.text(entry.occurredAt), entry.kind,
            entry.subjectID?.description ?? "", entry.actorID?.description ?? "", entry.network, entry.requestID, entry.traceID,
            entry.details,
        ]
        return Hexadecimal.encode(SHA256.hash(fields.map { "\($0.utf8.count):\($0)" }.joined(separator: ",")))
    }
}
