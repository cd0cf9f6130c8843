import Ambient
import Database
import FoundationEssentials
import Signals

/// An answer that nobody writes any more.
struct AbandonedAnswer: Sendable {
    let id: MessageID
    let user: UserID
    /// How often it was taken up, this time included.
    let attempts: Int
}

/// The SQL of an answer's state while it is written: who writes it, and how it ends.
extension ChatStore {
    /// Takes over answers that nobody writes any more.
    /// - Parameter now: those leased until later are left alone; nil takes all.
    func claimAbandoned(now: SQL?, leaseUntil: SQL, in tx: any Transaction) async throws -> [AbandonedAnswer] {
        let overdue: SQL = now.map { "AND (leased_until IS NULL OR leased_until < \($0))" } ?? ""
        let rows = try await tx.query(
            """
            UPDATE chat_messages SET leased_until = \(leaseUntil), attempts = attempts + 1 WHERE id IN (
                SELECT id FROM chat_messages WHERE status = 'streaming' \(overdue) ORDER BY id\(tx.dialect.forUpdateSkipLocked))
            RETURNING id, user_id, attempts
            """)
        // RETURNING promises no order; ids rise with time.
        return try rows.map {
            AbandonedAnswer(id: try $0.get("id"), user: try $0.get("user_id"), attempts: try $0.get("attempts"))
        }.sorted { $0.id < $1.id }
    }

    /// Holds the answer's row while something is written to it.
    /// - Parameter leaseUntil: also keeps the lease; nil leaves it, so that the row is not written anew with each word.
    /// - Returns: false if the answer is no longer being written: it was stopped, or it is gone.
    func hold(_ id: MessageID, user: UserID, leaseUntil: SQL?, in tx: any Transaction) async throws -> Bool {
        if let leaseUntil {
            return try await tx.execute(
                """
                UPDATE chat_messages SET leased_until = \(leaseUntil)
                WHERE id = \(id) AND user_id = \(user) AND status = 'streaming'
                """) > 0
        }
        return try await tx.first(
            "SELECT id FROM chat_messages WHERE id = \(id) AND user_id = \(user) AND status = 'streaming'\(tx.dialect.forUpdate)")
            != nil
    }

    /// Ends the answer: its last events and its final state; its log becomes one row. Other processes are told.
    /// - Returns: false as in `hold`.
    /// - Parameter arguments: of the tool that it proposes, as JSON.
    func finish(
        _ message: ChatMessage, arguments: String? = nil, user: UserID, events: [AnswerEvent], in tx: any Transaction
    ) async throws -> Bool {
        let changed = try await tx.execute(
            """
            UPDATE chat_messages SET content = \(message.content), status = \(message.status.rawValue),
                citations = \(try JSONColumn.text(message.citations)), offers = \(try JSONColumn.text(message.offers)),
                memories = \(try JSONColumn.text(message.memories)),
                proposal = \(try message.proposal.map { try JSONColumn.text($0) }), arguments = \(arguments),
                usage = \(try message.usage.map { try JSONColumn.text($0) }),
                error = \(message.error), last_event = \(events.last?.number ?? 0), leased_until = NULL, attempts = 0,
                updated_at = \(message.updatedAt)
            WHERE id = \(message.id) AND user_id = \(user) AND status = 'streaming'
            """)
        guard changed > 0 else { return false }
        try await compact(message.id, adding: events, user: user, in: tx)
        tx.signal(Signal(.grownAnswer, message.id.description))
        return true
    }

    /// Begins the answer anew; its log says so after the last event of the old one.
    func reopen(
        _ id: MessageID, user: UserID, after number: Int, leaseUntil: SQL, now: Date, in tx: any Transaction
    ) async throws {
        try await tx.execute(
            """
            UPDATE chat_messages SET content = '', status = 'streaming', citations = '[]', offers = '[]', memories = '[]', proposal = NULL,
                arguments = NULL, usage = NULL, error = NULL, leased_until = \(leaseUntil), attempts = 0, updated_at = \(now)
            WHERE id = \(id) AND user_id = \(user)
            """)
        let event = AnswerEvent(number: number + 1, event: .restarted, data: AnswerEvent.restartedData(id))
        try await add([event], to: id, user: user, in: tx)
    }
}
