import Ambient
import Database
import Events
import FoundationEssentials

/// The SQL of the audit log. In the caller's transaction.
struct AuditStore: Sendable {
    func insert(
        _ event: Event, actor: UserID?, network: String, requestID: String, traceID: String, details: String,
        in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            INSERT INTO audit_entries (id, occurred_at, kind, subject_id, actor_id, network, request_id, trace_id, details)
            VALUES (\(event.id), \(event.timestamp), \(event.type), \(event.userID), \(actor), \(network), \(requestID), \(traceID),
                    \(details))
            """)
    }

    /// Where the chain stands; held until the end of the transaction if it is to be changed.
    func head(forUpdate: Bool = false, in transaction: any Transaction) async throws -> AuditHead {
        let row = try await transaction.first(
            """
            SELECT first_sequence, first_hash, last_sequence, last_hash FROM audit_head
            WHERE id = 1\(forUpdate ? transaction.dialect.forUpdate : "")
            """)
        guard let row else { throw AuditFailure.noHead }
        return try AuditHead(row)
    }

    func hasWaiting(in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM audit_entries WHERE sequence IS NULL LIMIT 1") != nil
    }

    func waiting(in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT count(*) AS n FROM audit_entries WHERE sequence IS NULL")?.get("n") ?? 0
    }

    /// The oldest that have no place in the chain yet. Ids rise with time.
    func waiting(limit: Int, in transaction: any Transaction) async throws -> [AuditEntry] {
        try await transaction.query("SELECT * FROM audit_entries WHERE sequence IS NULL ORDER BY id LIMIT \(limit)")
            .map(AuditEntry.init)
    }

    func place(
        _ entry: AuditEntry, at sequence: Int64, after previous: String, hash: String, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE audit_entries SET sequence = \(sequence), previous = \(previous), hash = \(hash) WHERE id = \(entry.id)
            """)
    }

    func setLast(_ sequence: Int64, _ hash: String, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE audit_head SET last_sequence = \(sequence), last_hash = \(hash) WHERE id = 1")
    }

    /// In the order of the chain.
    func chain(after sequence: Int64, limit: Int, in transaction: any Transaction) async throws -> [AuditEntry] {
        try await transaction.query(
            "SELECT * FROM audit_entries WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)"
        ).map(AuditEntry.init)
    }

    func entry(at sequence: Int64, in transaction: any Transaction) async throws -> AuditEntry? {
        try await transaction.first("SELECT * FROM audit_entries WHERE sequence = \(sequence)").map(AuditEntry.init)
    }

    /// The newest first.
    func entries(
        _ filter: AuditFilter, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (entries: [AuditEntry], total: Int) {
        let condition = condition(filter)
        let entries = try await transaction.query(
            "SELECT * FROM audit_entries WHERE \(condition) ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)"
        ).map(AuditEntry.init)
        let total = try await transaction.first("SELECT count(*) AS n FROM audit_entries WHERE \(condition)")
        return (entries, try total?.get("n") ?? 0)
    }

    /// The oldest first, from one on.
    func entries(
        _ filter: AuditFilter, after last: EventID?, limit: Int, in transaction: any Transaction
    ) async throws -> [AuditEntry] {
        var condition = condition(filter)
        if let last { condition += " AND id > \(last)" }
        return try await transaction.query("SELECT * FROM audit_entries WHERE \(condition) ORDER BY id LIMIT \(limit)")
            .map(AuditEntry.init)
    }

    /// How often something happened to an account since a moment.
    func count(_ kind: String, of subject: UserID, since: Date, in transaction: any Transaction) async throws -> Int {
        try await transaction.first(
            """
            SELECT count(*) AS n FROM audit_entries
            WHERE subject_id = \(subject) AND kind = \(kind) AND occurred_at >= \(since)
            """
        )?.get("n") ?? 0
    }

    /// The last entry that happened before a moment with all that stand before it.
    func last(before date: Date, in transaction: any Transaction) async throws -> AuditEntry? {
        try await transaction.first(
            """
            SELECT * FROM audit_entries WHERE sequence IS NOT NULL AND sequence < coalesce(
                (SELECT min(sequence) FROM audit_entries WHERE occurred_at >= \(date)),
                (SELECT last_sequence + 1 FROM audit_head WHERE id = 1))
            ORDER BY sequence DESC LIMIT 1
            """
        ).map(AuditEntry.init)
    }

    func setFirst(_ sequence: Int64, _ hash: String, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE audit_head SET first_sequence = \(sequence), first_hash = \(hash) WHERE id = 1")
    }

    /// Removes what stands before where the chain begins; returns how many.
    func removeBeforeFirst(in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            "DELETE FROM audit_entries WHERE sequence <= (SELECT first_sequence FROM audit_head WHERE id = 1)")
    }

    private func condition(_ filter: AuditFilter) -> SQL {
        var condition: SQL = "1 = 1"
        if let kind = filter.kind { condition += " AND kind = \(kind)" }
        if let person = filter.person { condition += " AND (subject_id = \(person) OR actor_id = \(person))" }
        if let since = filter.since { condition += " AND occurred_at >= \(since)" }
        if let until = filter.until { condition += " AND occurred_at < \(until)" }
        return condition
    }
}
