import Ambient
import Database
import FoundationEssentials

/// The SQL of launches under way. Of states, browsers and tickets only digests are kept. For transactions of the system.
struct LaunchStore: Sendable {
    private static let columns: SQL = "id, platform_id, user_id, told, placements, expires_at, answered_at, entered_at"

    func insert(
        _ id: LaunchID, platform: LearningPlatformID, state: String, browser: String, ticket: String?, at now: Date,
        until end: Date,
        in transaction: any Transaction
    ) async throws {
        try await transaction.execute("DELETE FROM learning_launches WHERE expires_at < \(now)")
        try await transaction.execute(
            """
            INSERT INTO learning_launches (id, state_digest, browser_digest, ticket_digest, platform_id, expires_at)
            VALUES (\(id), \(state), \(browser), \(ticket), \(platform), \(end))
            """)
    }

    /// Holds it until the end of the transaction: of several who bring its answer, one comes first.
    func find(state: String, in transaction: any Transaction) async throws -> Launch? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM learning_launches WHERE state_digest = \(state)\(transaction.dialect.forUpdate)"
        ).map(Self.launch)
    }

    func find(state: String, browser: String, in transaction: any Transaction) async throws -> Launch? {
        try await transaction.first(
            """
            SELECT \(Self.columns) FROM learning_launches WHERE state_digest = \(state) AND browser_digest = \(browser)
            \(transaction.dialect.forUpdate)
            """
        ).map(Self.launch)
    }

    func find(_ id: LaunchID, of user: UserID, in transaction: any Transaction) async throws -> Launch? {
        try await transaction.first(
            """
            SELECT \(Self.columns) FROM learning_launches WHERE id = \(id) AND user_id = \(user)\(transaction.dialect.forUpdate)
            """
        ).map(Self.launch)
    }

    func find(ticket: String, in transaction: any Transaction) async throws -> Launch? {
        try await transaction.first("SELECT \(Self.columns) FROM learning_launches WHERE ticket_digest = \(ticket)").map(
            Self.launch)
    }

    func note(answered now: Date, _ id: LaunchID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE learning_launches SET answered_at = \(now) WHERE id = \(id)")
    }

    func note(told: String, _ id: LaunchID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE learning_launches SET told = \(told) WHERE id = \(id)")
    }

    /// Of several who come in by it at once, one gets true.
    func enter(_ id: LaunchID, as user: UserID, at now: Date, until end: Date, in transaction: any Transaction) async throws -> Bool
    {
        try await transaction.execute(
            """
            UPDATE learning_launches SET user_id = \(user), entered_at = \(now), expires_at = \(end)
            WHERE id = \(id) AND entered_at IS NULL
            """) > 0
    }

    /// Keeps what was chosen, once; with a ticket of its own where no page of the platform waits with one.
    func choose(
        _ placements: [PlacementID], ticket: String?, of id: LaunchID, in transaction: any Transaction
    ) async throws -> Bool {
        let chosen = placements.map(\.description).joined(separator: " ")
        return try await transaction.execute(
            """
            UPDATE learning_launches SET placements = \(chosen), ticket_digest = coalesce(ticket_digest, \(ticket))
            WHERE id = \(id) AND placements IS NULL
            """) > 0
    }

    func hasTicket(_ id: LaunchID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM learning_launches WHERE id = \(id) AND ticket_digest IS NOT NULL") != nil
    }

    /// Of several who give it back at once, one gets true.
    func giveBack(_ id: LaunchID, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "UPDATE learning_launches SET returned_at = \(now) WHERE id = \(id) AND returned_at IS NULL") > 0
    }

    private static func launch(_ row: Row) throws -> Launch {
        let placements: String? = try row.optional("placements")
        return Launch(
            id: try row.get("id"), platform: try row.get("platform_id"), userID: try row.optional("user_id"),
            told: try row.optional("told"),
            placements: placements.map { $0.split(separator: " ").compactMap { PlacementID(String($0)) } },
            expiresAt: try row.get("expires_at"), answeredAt: try row.optional("answered_at"),
            enteredAt: try row.optional("entered_at"))
    }
}
