import HTTPMessages
import HTTPServingTesting
import Synchronization
import Testing

@testable import HTTPServing

@Suite(.timeLimit(.minutes(3))) struct EventStreamTests {
    @Test(arguments: [
        (ServerSentEvent(data: "hi"), "data: hi\n\n"),
        (ServerSentEvent(id: "7", event: "delta", data: "hi"), "id: 7\nevent: delta\ndata: hi\n\n"),
        (ServerSentEvent(data: "a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
        (ServerSentEvent(data: ""), "data: \n\n"), (ServerSentEvent(data: "a\n"), "data: a\ndata: \n\n"),
        (ServerSentEvent(id: "1\n2", event: "x\r\ny", data: "z"), "id: 12\nevent: xy\ndata: z\n\n"),
        (ServerSentEvent(data: "x", retry: .milliseconds(2500)), "retry: 2500\ndata: x\n\n"),
    ])
    func `writes an event`(_ event: ServerSentEvent, _ text: String) {
        #expect(String(decoding: event.bytes, as: UTF8.self) == text)
    }

    @Test func `streams events with the head that proxies need`() async throws {
        let response = HTTPResponse.events { stream in
            try await stream.send(ServerSentEvent(id: "1", event: "delta", json: ["text": "a/b"]))
            try await stream.send([ServerSentEvent(data: "x"), ServerSentEvent(data: "y")])
        }
        #expect(response.headers["Content-Type"] == "text/event-stream")
        #expect(response.headers["X-Accel-Buffering"] == "no")
        #expect(response.headers["Cache-Control"] == "no-cache, no-transform")
        let answer = try await TestAnswer(response)
        #expect(answer.text == ": ok\n\nid: 1\nevent: delta\ndata: {\"text\":\"a/b\"}\n\ndata: x\n\ndata: y\n\n")
    }

    @Test func `sends a comment while idle, and none while busy`() async throws {
        let clock = SteppedClock()
        let writer = SignallingWriter()
        let go = AsyncStream.makeStream(of: Void.self)
        let response = HTTPResponse.events(heartbeat: .seconds(15), clock: clock) { stream in
            var signals = go.stream.makeAsyncIterator()
            await signals.next()
            try await stream.send(ServerSentEvent(data: "x"))
            await signals.next()
        }
        guard case .stream(let write) = response.body else {
            Issue.record("no stream")
            return
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await write(writer) }
            var seen = writer.pieces.makeAsyncIterator()
            #expect(await seen.next() == ": ok\n\n")
            await clock.sleepers(1)
            clock.advance(by: .seconds(15))
            #expect(await seen.next() == ": \n\n")
            await clock.sleepers(2)
            go.continuation.yield()
            #expect(await seen.next() == "data: x\n\n")
            // Busy since the last beat: the next one is left out, the one after it comes.
            clock.advance(by: .seconds(15))
            await clock.sleepers(3)
            clock.advance(by: .seconds(15))
            #expect(await seen.next() == ": \n\n")
            go.continuation.yield()
            try await group.waitForAll()
        }
    }

    @Test func `ends when the client is gone`() async throws {
        struct Gone: Error {}
        struct Broken: HTTPBodyWriter { func write(_ bytes: [UInt8]) async throws { throw Gone() } }
        guard case .stream(let write) = HTTPResponse.events({ _ in try await Task.sleep(for: .seconds(600)) }).body else { return }
        await #expect(throws: Gone.self) { try await write(Broken()) }
    }
}

/// Tells what is written.
private final class SignallingWriter: HTTPBodyWriter {
    let pieces: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() { (pieces, continuation) = AsyncStream.makeStream(of: String.self) }

    func write(_ bytes: [UInt8]) async throws { continuation.yield(String(decoding: bytes, as: UTF8.self)) }
}

/// A clock that moves when it is told to, and tells when someone sleeps on it.
final class SteppedClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    private struct State {
        var now = Duration.zero
        var began = 0
        var sleepers: [(until: Instant, continuation: CheckedContinuation<Void, any Error>)] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var now: Instant { Instant(offset: state.withLock { $0.now }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    state.sleepers.append((deadline, continuation))
                    state.began += 1
                    let ready = state.watchers.filter { $0.count <= state.began }
                    state.watchers.removeAll { $0.count <= state.began }
                    return ready.map(\.continuation)
                }
                for watcher in watchers { watcher.resume() }
                if Task.isCancelled { cancelAll() }
            }
        } onCancel: {
            cancelAll()
        }
    }

    /// Returns when that many sleeps have begun since the clock was made.
    func sleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state -> Bool in
                if state.began >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if now { continuation.resume() }
        }
    }

    func advance(by duration: Duration) {
        let ready = state.withLock { state in
            state.now += duration
            let now = Instant(offset: state.now)
            let ready = state.sleepers.filter { $0.until <= now }
            state.sleepers.removeAll { $0.until <= now }
            return ready
        }
        for sleeper in ready { sleeper.continuation.resume() }
    }

    private func cancelAll() {
        let all = state.withLock { state in
            defer { state.sleepers = [] }
            return state.sleepers
        }
        for sleeper in all { sleeper.continuation.resume(throwing: CancellationError()) }
    }
}
