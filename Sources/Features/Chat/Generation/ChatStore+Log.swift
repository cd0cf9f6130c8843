import Ambient
import Database
import FoundationEssentials

/// The SQL of an answer's log: pieces are added while it is written, joined at its end, and pruned when nobody can be reading on.
extension ChatStore {
    /// Adds events. The caller holds the message's row.
    ///
    /// Two processes may take themselves for the writer of one answer, when one of them stood still for longer than its lease: whoever
    /// comes with numbers that do not follow the last has been overtaken, and gets `takenOver`.
    func append(
        _ events: [AnswerEvent], to id: MessageID, user: UserID, in tx: any Transaction
    ) async throws {
        guard let first = events.first else { return }
        guard try await lastLoggedNumber(of: id, user: user, in: tx) == first.number - 1 else { throw ChatFailure(.takenOver) }
        try await add(events, to: id, user: user, in: tx)
    }

    /// Makes one row of the log, with these events at its end. The caller holds the message's row.
    func compact(_ id: MessageID, adding events: [AnswerEvent], user: UserID, in tx: any Transaction) async throws {
        let earlier = try await self.events(of: id, after: 0, user: user, in: tx)
        if let first = events.first, first.number != (earlier.last?.number ?? 0) + 1 { throw ChatFailure(.takenOver) }
        try await tx.execute("DELETE FROM chat_message_log WHERE message_id = \(id) AND user_id = \(user)")
        try await add(earlier + events, to: id, user: user, in: tx)
    }

    func add(_ events: [AnswerEvent], to id: MessageID, user: UserID, in tx: any Transaction) async throws {
        guard let first = events.first, let last = events.last else { return }
        try await tx.execute(
            """
            INSERT INTO chat_message_log (message_id, user_id, first_number, last_number, events)
            VALUES (\(id), \(user), \(first.number), \(last.number), \(try JSONColumn.text(events)))
            """)
    }

    /// The events after one, in order.
    func events(of id: MessageID, after number: Int, user: UserID, in tx: any Transaction) async throws -> [AnswerEvent] {
        let rows = try await tx.query(
            """
            SELECT events FROM chat_message_log WHERE message_id = \(id) AND user_id = \(user) AND last_number > \(number)
            ORDER BY first_number
            """)
        return try rows.flatMap { try JSONColumn.value(try $0.get("events"), as: [AnswerEvent].self) }.filter { $0.number > number }
    }

    /// What is written of an answer that has not ended; any other message as it is.
    func withWritten(_ message: ChatMessage, user: UserID, in tx: any Transaction) async throws -> ChatMessage {
        guard message.status == .streaming else { return message }
        let partial = try PartialAnswer(of: try await events(of: message.id, after: 0, user: user, in: tx))
        var message = message
        (message.content, message.citations) = (partial.content, partial.citations)
        return message
    }

    /// The last event's number, also of a log that is pruned; 0 where there was none.
    func lastEventNumber(of id: MessageID, user: UserID, in tx: any Transaction) async throws -> Int {
        let pruned = try await tx.first("SELECT last_event FROM chat_messages WHERE id = \(id) AND user_id = \(user)")
        return max(try pruned?.get("last_event") ?? 0, try await lastLoggedNumber(of: id, user: user, in: tx))
    }

    private func lastLoggedNumber(of id: MessageID, user: UserID, in tx: any Transaction) async throws -> Int {
        try await tx.first(
            "SELECT coalesce(max(last_number), 0) AS last FROM chat_message_log WHERE message_id = \(id) AND user_id = \(user)"
        )?.get("last") ?? 0
    }

    /// Removes logs of answers that ended before `cutoff`.
    /// - Returns: how many rows went.
    func pruneLogs(endedBefore cutoff: Date, limit: Int, in tx: any Transaction) async throws -> Int {
        try await tx.execute(
            """
            DELETE FROM chat_message_log WHERE message_id IN (
                SELECT l.message_id FROM chat_message_log l JOIN chat_messages m ON m.id = l.message_id
                WHERE m.status <> 'streaming' AND m.updated_at < \(cutoff) LIMIT \(limit))
            """)
    }
}
