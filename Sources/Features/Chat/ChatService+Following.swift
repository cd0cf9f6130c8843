package import Ambient
import Concurrency
import Database

/// Reading an answer while it is written, and again until its log is pruned.
extension ChatService {
    /// Returns when the answer has ended, with its final state. If the task is cancelled the answer goes on.
    package func finished(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        try await follow(id, after: 0, user: user) { _ in }
        let message = try await message(id, user: user)
        if message.status == .streaming { throw ChatFailure(.shuttingDown) }
        return message
    }

    /// Hands on the events of an answer after a number, those to come included, until the last.
    ///
    /// The same number gives the same bytes, in every process, until the log of an answer that has long ended is pruned; after that
    /// the last event alone is left.
    package func follow(
        _ id: MessageID, after number: Int, user: UserID, send: ([AnswerEvent]) async throws -> Void
    ) async throws {
        try await generation.news.following(id) { news in
            var number = number
            while true {
                try Task.checkCancellation()
                if let feed = generation.feed(of: id), case .events(let events) = try await feed.next(after: number) {
                    try await send(events)
                    number = events.last?.number ?? number
                    continue
                }
                let (events, isOver) = try await stored(id, after: number, user: user)
                if !events.isEmpty { try await send(events) }
                number = events.last?.number ?? number
                if isOver || generation.isStopping { return }
                if generation.feed(of: id) != nil { continue }
                // Another process writes it, or will.
                await news.wait(atMost: generation.configuration.followInterval)
            }
        }
    }

    /// The events after a number, and whether the answer has ended with them.
    private func stored(
        _ id: MessageID, after number: Int, user: UserID
    ) async throws -> (events: [AnswerEvent], isOver: Bool) {
        try await database.read(as: .user(user)) { [store] tx in
            let events = try await store.events(of: id, after: number, user: user, in: tx)
            if let last = events.last, !last.event.mayBeLast { return (events, false) }
            guard let message = try await store.message(id, user: user, in: tx) else { throw ChatFailure(.noMessage) }
            guard message.status != .streaming else { return (events, false) }
            let last = try await store.lastEventNumber(of: id, user: user, in: tx)
            // Its log is pruned.
            if events.isEmpty, number < last { return ([try AnswerEvent(last: last, of: message)], true) }
            return (events, true)
        }
    }
}

extension ChatService {
    /// Hands on the text of an answer as it grows, until the answer has ended. After a restart only what goes beyond what was handed on
    /// already comes, since it has been heard.
    package func followText(of id: MessageID, user: UserID, say: @Sendable (String) async throws -> Void) async throws {
        var (made, given) = (PartialAnswer(), 0)
        try await follow(id, after: 0, user: user) { events in
            for event in events {
                switch event.event {
                case .restarted: made = PartialAnswer()
                case .delta: made.add(try JSONColumn.value(event.data, as: DeltaPayload.self).text)
                case .started, .waiting, .retrieval, .citation, .completed, .error: continue
                }
                let count = made.content.count
                guard count > given else { continue }
                let more = String(made.content.suffix(count - given))
                given = count
                try await say(more)
            }
        }
    }
}
