package import Ambient
import Concurrency

/// The places of calls to a model that run at once. Users take turns for them.
///
/// A user takes another place only while more places are free than they hold. One user alone gets half of them, which is more than
/// anyone reads at once, the next half of the rest, and the last place goes only to somebody who has none. So a newcomer is served
/// while others keep the model busy: a call may take minutes, and none is broken off for somebody else's.
package final class CallPlaces: Sendable {
    private let line: AsyncMonitor<CallLine>

    package init(_ count: Int) { line = AsyncMonitor(CallLine(count)) }

    /// Runs `body` in a place. Throws `CancellationError` if the task is cancelled while it waits for one.
    /// - Parameters:
    ///   - onWait: is called before it waits.
    ///   - onTurn: is called when the waiting is over.
    package func withPlace<Value>(
        for user: UserID, onWait: () throws -> Void = {}, onTurn: () throws -> Void = {}, _ body: () async throws -> Value
    ) async throws -> Value {
        let ticket = line.withLock { $0.enter(user) }
        defer { line.signal { line, _ in line.leave(ticket) } }
        if !line.withLock({ $0.isServed(ticket) }) {
            try onWait()
            while !line.withLock({ $0.isServed(ticket) }) {
                try Task.checkCancellation()
                await line.wait { $0.isServed(ticket) }
            }
            try onTurn()
        }
        return try await body()
    }

    /// The events of a stream that begins when there is a place for it, and holds it until its end.
    func events(
        for user: UserID, of stream: @escaping @Sendable () -> AsyncThrowingStream<ModelEvent, any Error>
    ) -> AsyncThrowingStream<ModelEvent, any Error> {
        .events { continuation in
            try await self.withPlace(for: user, onWait: { continuation.yield(.waiting) }, onTurn: { continuation.yield(.began) }) {
                for try await event in stream() { continuation.yield(event) }
            }
        }
    }
}
