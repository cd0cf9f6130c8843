import Ambient
import Concurrency

/// The places of answers that are made at once. Users take turns for them.
///
/// A user takes another place only while more places are free than they hold. One user alone gets half of them, which is more than
/// anyone reads at once, the next half of the rest, and the last place goes only to somebody who has none. So a newcomer is answered
/// while others keep the model busy: an answer may take minutes, and none is broken off for somebody else's.
final class AnswerPlaces: Sendable {
    /// Comes out of `withPlace` when no more places are given: the program ends.
    struct Closed: Error {}

    private let line: AsyncMonitor<Line>

    init(_ count: Int) { line = AsyncMonitor(Line(count)) }

    /// Runs `body` in a place. Throws `CancellationError` if the task is cancelled while it waits for one.
    /// - Parameter onWait: is called before it waits.
    func withPlace<Value>(
        for user: UserID, onWait: () throws -> Void, _ body: () async throws -> Value
    ) async throws -> Value {
        let ticket = line.withLock { $0.enter(user) }
        defer { line.signal { line, _ in line.leave(ticket) } }
        if !line.withLock({ $0.isServed(ticket) }) {
            try onWait()
            while !line.withLock({ $0.isServed(ticket) }) {
                try Task.checkCancellation()
                if line.withLock({ $0.isClosed }) { throw Closed() }
                await line.wait { $0.isServed(ticket) || $0.isClosed }
            }
        }
        return try await body()
    }

    /// Gives no more places: whoever waits, or comes, gets `Closed`.
    func close() { line.signal { line, _ in line.isClosed = true } }
}

extension AnswerPlaces {
    /// Who has a place, and who gets the next one.
    struct Line: Sendable {
        typealias Ticket = UInt64

        var isClosed = false
        private var free: Int
        private var waiting: [Ticket: UserID] = [:]
        private var served: [Ticket: UserID] = [:]
        private var held: [UserID: Int] = [:]
        /// When each user was last given a place, as the number of places given until then.
        private var lastTurn: [UserID: UInt64] = [:]
        private var turns: UInt64 = 0
        private var lastTicket: Ticket = 0

        init(_ places: Int) { free = places }

        mutating func enter(_ user: UserID) -> Ticket {
            lastTicket += 1
            waiting[lastTicket] = user
            serve()
            return lastTicket
        }

        func isServed(_ ticket: Ticket) -> Bool { served[ticket] != nil }

        /// Gives the place back, or no longer waits for one.
        mutating func leave(_ ticket: Ticket) {
            waiting[ticket] = nil
            if let user = served.removeValue(forKey: ticket) {
                free += 1
                held[user] = held[user].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
            serve()
            // As long as anyone is here it counts who was served before, so that whoever comes back at once does not overtake.
            if served.isEmpty, waiting.isEmpty { lastTurn = [:] }
        }

        private mutating func serve() {
            // If the first may not take a place then nobody may: nobody holds fewer.
            while !isClosed, let next = waiting.min(by: { rank($0) < rank($1) }), held[next.value, default: 0] < free {
                waiting[next.key] = nil
                served[next.key] = next.value
                free -= 1
                held[next.value, default: 0] += 1
                turns += 1
                lastTurn[next.value] = turns
            }
        }

        /// First whoever holds the fewest places; among those whoever was served longest ago, then whoever came first.
        private func rank(_ entry: (key: Ticket, value: UserID)) -> (Int, UInt64, Ticket) {
            (held[entry.value, default: 0], lastTurn[entry.value, default: 0], entry.key)
        }
    }
}
