import Concurrency
import Synchronization

/// Sends events to one client, whole and in order, however many tasks send.
package final class EventStreamWriter: Sendable {
    private let writer: any HTTPBodyWriter
    /// The engine takes one write at a time; an event and a heartbeat must not mix.
    private let turn = AsyncSemaphore(1)
    private let sent = Mutex<UInt64>(0)

    init(_ writer: any HTTPBodyWriter) { self.writer = writer }

    /// Returns once the event is on its way; waits while the client reads slower. Throws when the client is gone.
    package func send(_ event: ServerSentEvent) async throws { try await write(event.bytes) }

    /// Several events in one write: a replay.
    package func send(_ events: [ServerSentEvent]) async throws {
        guard !events.isEmpty else { return }
        try await write(events.flatMap(\.bytes))
    }

    /// A line that clients ignore; keeps the connection from looking dead.
    package func comment(_ text: String = "") async throws {
        try await write(Array(": \(text.replacingLineBreaks)\n\n".utf8))
    }

    /// Rises with every write.
    var writes: UInt64 { sent.withLock { $0 } }

    private func write(_ bytes: [UInt8]) async throws {
        try await turn.withPermit { try await writer.write(bytes) }
        sent.withLock { $0 += 1 }
    }
}

extension String {
    fileprivate var replacingLineBreaks: String { String(map { $0.isNewline ? " " : $0 }) }
}
