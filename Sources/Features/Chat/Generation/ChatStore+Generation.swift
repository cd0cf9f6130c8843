import Ambient
import Database
import FoundationEssentials

/// The SQL of an answer that is being written.
extension ChatStore {
    /// Answers that nobody writes any more, with their owners; takes them over.
    /// - Parameter now: those leased until later are left alone; nil takes all.
    func claimAbandoned(now: Date?, leaseUntil: Date, in tx: any Transaction) async throws -> [(message: MessageID, user: UserID)] {
        let overdue: SQL = now.map { "AND (leased_until IS NULL OR leased_until < \($0))" } ?? ""
        let rows = try await tx.query(
            """
            UPDATE chat_messages SET leased_until = \(leaseUntil) WHERE id IN (
                SELECT id FROM chat_messages WHERE status = 'streaming' \(overdue) ORDER BY id\(tx.dialect.forUpdateSkipLocked))
            RETURNING id, user_id
            """)
        // RETURNING promises no order; ids rise with time.
        return try rows.map { (try $0.get("id"), try $0.get("user_id")) }.sorted { $0.message < $1.message }
    }

    /// Appends events and what the answer is so far. Throws if another process has taken the answer over and written on.
    /// - Returns: false if the answer is no longer being written: it was stopped, or it is gone.
    func append(
        _ events: [AnswerEvent], to id: MessageID, user: UserID, content: String, leaseUntil: Date, now: Date,
        in tx: any Transaction
    ) async throws -> Bool {
        let changed = try await tx.execute(
            """
            UPDATE chat_messages SET content = \(content), leased_until = \(leaseUntil), updated_at = \(now)
            WHERE id = \(id) AND user_id = \(user) AND status = 'streaming'
            """)
        guard changed > 0 else { return false }
        try await log(events, of: id, user: user, in: tx)
        return true
    }

    /// Ends the answer: its last events and its final state. Other processes are told.
    /// - Returns: false as in `append`.
    func finish(_ message: ChatMessage, user: UserID, events: [AnswerEvent], in tx: any Transaction) async throws -> Bool {
        let changed = try await tx.execute(
            """
            UPDATE chat_messages SET content = \(message.content), status = \(message.status.rawValue),
                citations = \(try ChatCoding.text(message.citations)), usage = \(try message.usage.map { try ChatCoding.text($0) }),
                error = \(message.error), leased_until = NULL, updated_at = \(message.updatedAt)
            WHERE id = \(message.id) AND user_id = \(user) AND status = 'streaming'
            """)
        guard changed > 0 else { return false }
        try await log(events, of: message.id, user: user, in: tx)
        tx.signal(Signal(.grownAnswer, message.id.description))
        return true
    }

    /// Begins the answer anew; its log says so after the last event of the old one.
    func reopen(_ id: MessageID, user: UserID, leaseUntil: Date, now: Date, in tx: any Transaction) async throws {
        try await tx.execute(
            """
            UPDATE chat_messages SET content = '', status = 'streaming', citations = '[]', usage = NULL, error = NULL,
                leased_until = \(leaseUntil), updated_at = \(now)
            WHERE id = \(id) AND user_id = \(user)
            """)
        let last = try await lastEventNumber(of: id, user: user, in: tx)
        let event = AnswerEvent(number: last + 1, event: .restarted, data: AnswerEvent.restartedData(id))
        try await log([event], of: id, user: user, in: tx)
    }

    /// The caller holds the message's row. Two processes may take themselves for the writer of one answer, when one of them stood still
    /// for longer than its lease: whoever comes with numbers that do not follow the last has been overtaken.
    private func log(_ events: [AnswerEvent], of id: MessageID, user: UserID, in tx: any Transaction) async throws {
        guard let first = events.first, let last = events.last else { return }
        let added = try await tx.execute(
            """
            INSERT INTO chat_message_log (message_id, user_id, first_number, last_number, events)
            SELECT \(id), \(user), \(first.number), \(last.number), \(try ChatCoding.text(events))
            WHERE \(first.number - 1) = (
                SELECT coalesce(max(last_number), 0) FROM chat_message_log WHERE message_id = \(id) AND user_id = \(user))
            """)
        if added == 0 { throw ChatFailure(.takenOver) }
    }

    /// The events after one, in order.
    func events(of id: MessageID, after number: Int, user: UserID, in tx: any Transaction) async throws -> [AnswerEvent] {
        let rows = try await tx.query(
            """
            SELECT events FROM chat_message_log WHERE message_id = \(id) AND user_id = \(user) AND last_number > \(number)
            ORDER BY first_number
            """)
        return try rows.flatMap { try ChatCoding.value(try $0.get("events"), as: [AnswerEvent].self) }.filter { $0.number > number }
    }

    func lastEventNumber(of id: MessageID, user: UserID, in tx: any Transaction) async throws -> Int {
        let row = try await tx.first(
            "SELECT max(last_number) AS last FROM chat_message_log WHERE message_id = \(id) AND user_id = \(user)")
        return try row?.optional("last") ?? 0
    }
}
