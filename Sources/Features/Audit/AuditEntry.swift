package import Ambient
import Database
package import Events
package import FoundationEssentials

/// One thing that happened to the safety of accounts or of the installation, as the audit log keeps it. It holds ids and words of the
/// program: no name, no address of mail, and of a machine's address the network alone.
package struct AuditEntry: Sendable, Hashable {
    /// Of the event that it comes from.
    package let id: EventID
    /// Its place in the chain; nil until it has one, a moment after it was written.
    package let sequence: Int64?
    package let occurredAt: Date
    /// `user.signed_in`
    package let kind: String
    /// Whose account it concerns.
    package let subjectID: UserID?
    /// Who did it; nil where nobody was signed in, or the program did it by itself.
    package let actorID: UserID?
    /// The network that the request came from; empty where there was none.
    package let network: String
    package let requestID: String
    package let traceID: String
    /// JSON: what the event says.
    package let details: String
    /// The hash of the entry before it.
    package let previous: String?
    package let hash: String?

    init(_ row: Row) throws {
        id = try row.get("id")
        sequence = try row.optional("sequence")
        occurredAt = try row.get("occurred_at")
        kind = try row.get("kind")
        subjectID = try row.optional("subject_id")
        actorID = try row.optional("actor_id")
        network = try row.get("network")
        requestID = try row.get("request_id")
        traceID = try row.get("trace_id")
        details = try row.get("details")
        previous = try row.optional("previous")
        hash = try row.optional("hash")
    }
}

/// Which entries somebody asks for.
package struct AuditFilter: Sendable, Hashable {
    package var kind: String?
    /// Whom it concerns, or who did it.
    package var person: UserID?
    package var since: Date?
    package var until: Date?

    package init(kind: String? = nil, person: UserID? = nil, since: Date? = nil, until: Date? = nil) {
        (self.kind, self.person, self.since, self.until) = (kind, person, since, until)
    }
}
