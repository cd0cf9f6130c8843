import Database

/// Where the chain begins and ends. It begins after the last entry that was too old to be kept.
package struct AuditHead: Sendable, Hashable {
    /// Of the last entry that was removed, 0 if none was.
    package let firstSequence: Int64
    package let firstHash: String
    package let lastSequence: Int64
    package let lastHash: String

    init(_ row: Row) throws {
        firstSequence = try row.get("first_sequence")
        firstHash = try row.get("first_hash")
        lastSequence = try row.get("last_sequence")
        lastHash = try row.get("last_hash")
    }
}

/// What a look at the whole chain found.
package struct AuditReport: Sendable, Hashable {
    /// How many entries are as they were written.
    package var entries = 0
    /// Written, and not in the chain yet.
    package var waiting = 0
    package let head: AuditHead
    /// What is wrong with the first that is not; nil if all are.
    package var problem: String?
}
