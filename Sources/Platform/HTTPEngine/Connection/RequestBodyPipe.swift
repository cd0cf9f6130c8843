import Failures
import HTTPServing
import Synchronization

/// The bytes of one request body between the socket and the handler. The connection puts in, the handler takes out.
final class RequestBodyPipe: HTTPBodySource {
    private typealias Waiter = CheckedContinuation<[UInt8]?, any Error>

    private struct State {
        var chunks: [[UInt8]] = []
        var head = 0
        var buffered = 0
        var received = 0
        var limit: Int
        var isEnded = false
        var isPaused = false
        var wasAsked = false
        var failure: HTTPFailure?
        var waiter: Waiter?

        mutating func takeChunk() -> [UInt8]? {
            guard head < chunks.count else { return nil }
            let chunk = chunks[head]
            chunks[head] = []
            head += 1
            if head == chunks.count {
                chunks.removeAll(keepingCapacity: true)
                head = 0
            }
            buffered -= chunk.count
            return chunk
        }

        /// Whether the connection, which paused, is to read on; true once a pause.
        mutating func takeResumption(at level: Int) -> Bool {
            guard isPaused, buffered <= level else { return false }
            isPaused = false
            return true
        }
    }

    private let state: Mutex<State>
    private let highWater: Int
    private let connection: Connection

    init(connection: Connection, limit: Int, highWater: Int) {
        self.connection = connection
        self.highWater = highWater
        state = Mutex(State(limit: limit))
    }

    // MARK: The handler's end

    func limit(to bytes: Int) { state.withLock { $0.limit = min($0.limit, bytes) } }

    func next() async throws -> [UInt8]? {
        enum Step {
            case take([UInt8]?, resumes: Bool)
            case fail(HTTPFailure)
            case wait(asks: Bool)
        }
        let step = state.withLock { state -> Step in
            if let failure = state.failure { return .fail(failure) }
            if let chunk = state.takeChunk() { return .take(chunk, resumes: state.takeResumption(at: highWater / 4)) }
            if state.isEnded { return .take(nil, resumes: false) }
            defer { state.wasAsked = true }
            return .wait(asks: !state.wasAsked)
        }
        switch step {
        case .fail(let failure): throw failure
        case .take(let chunk, let resumes):
            if resumes { await connection.bodyDrained(self) }
            return chunk
        case .wait(let asks):
            if asks { await connection.bodyAsked(self) }
            let chunk = try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { wait($0) }
            } onCancel: {
                state.withLock { state -> Waiter? in
                    defer { state.waiter = nil }
                    return state.waiter
                }?.resume(throwing: CancellationError())
            }
            // What came between the look and the sleep may have been so much that the connection paused.
            if state.withLock({ $0.takeResumption(at: highWater / 4) }) { await connection.bodyDrained(self) }
            return chunk
        }
    }

    private func wait(_ waiter: Waiter) {
        let now = state.withLock { state -> Result<[UInt8]?, any Error>? in
            if let failure = state.failure { return .failure(failure) }
            if let chunk = state.takeChunk() { return .success(chunk) }
            if state.isEnded { return .success(nil) }
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.waiter != nil { return .failure(HTTPFailure(.internal, "Two tasks read one request body.")) }
            state.waiter = waiter
            return nil
        }
        if let now { waiter.resume(with: now) }
    }

    // MARK: The connection's end

    enum Intake { case more, full, over }

    func append(_ bytes: [UInt8]) -> Intake {
        let (intake, waiter) = state.withLock { state -> (Intake, Waiter?) in
            guard state.failure == nil else { return (.over, nil) }
            state.received += bytes.count
            if state.received > state.limit {
                state.failure = HTTPFailure(.payloadTooLarge, "The body may have \(state.limit) bytes at most.")
                state.chunks = []
                state.head = 0
                defer { state.waiter = nil }
                return (.over, state.waiter)
            }
            if let waiter = state.waiter {
                state.waiter = nil
                return (.more, waiter)
            }
            state.chunks.append(bytes)
            state.buffered += bytes.count
            state.isPaused = state.buffered >= highWater
            return (state.isPaused ? .full : .more, nil)
        }
        guard let waiter else { return intake }
        if intake == .over { fail(waiter) } else { waiter.resume(returning: bytes) }
        return intake
    }

    func finish() {
        state.withLock { state -> Waiter? in
            state.isEnded = true
            defer { state.waiter = nil }
            return state.waiter
        }?.resume(returning: nil)
    }

    func fail(with failure: HTTPFailure) {
        let waiter = state.withLock { state -> Waiter? in
            guard !state.isEnded, state.failure == nil else { return nil }
            state.failure = failure
            state.chunks = []
            state.head = 0
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(throwing: failure)
    }

    private func fail(_ waiter: Waiter) {
        let failure = state.withLock { $0.failure }
        waiter.resume(throwing: failure ?? HTTPFailure(.internal, "The body failed."))
    }
}
