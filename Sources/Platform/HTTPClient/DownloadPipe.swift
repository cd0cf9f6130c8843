import HTTPMessages
import Synchronization

/// The head of a response.
struct ResponseHead: Sendable {
    var status: Int
    var headers: HTTPHeaders
}

/// What one transfer hands from libcurl's thread to the task that reads it.
final class DownloadPipe: Sendable {
    /// Above it libcurl is paused; below a quarter of it resumed.
    static let highWater = 256 << 10

    private struct State {
        var head: ResponseHead?
        var chunks: [[UInt8]] = []
        var buffered = 0
        var isPaused = false
        var outcome: Result<Void, any Error>?
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    // MARK: - libcurl's side

    func deliver(_ head: ResponseHead) { wake { $0.head = head } }

    /// false: there is enough; the transfer is to pause and will be given the same bytes again.
    func deliver(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var taken = true
        wake { state in
            guard state.buffered < Self.highWater else {
                state.isPaused = true
                taken = false
                return
            }
            state.chunks.append(Array(bytes))
            state.buffered += bytes.count
        }
        return taken
    }

    /// The first outcome stays.
    func end(_ outcome: Result<Void, any Error>) { wake { if $0.outcome == nil { $0.outcome = outcome } } }

    var isPaused: Bool { state.withLock { $0.isPaused } }
    var isEnded: Bool { state.withLock { $0.outcome != nil } }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    // MARK: - The reader's side

    /// Throws away what is buffered and makes every further read throw.
    func cancel() {
        wake {
            if $0.outcome == nil { $0.outcome = .failure(CancellationError()) }
            $0.chunks = []
        }
    }

    func head() async throws -> ResponseHead {
        while true {
            let head = try state.withLock { state -> ResponseHead? in
                if let head = state.head { return head }
                if let outcome = state.outcome {
                    try outcome.get()
                    throw CancellationError()
                }
                return nil
            }
            if let head { return head }
            await wait { $0.head == nil && $0.outcome == nil }
        }
    }

    /// The bytes at hand, nil at the end; `resume` is called if the transfer is to go on.
    func next(resume: () -> Void) async throws -> [UInt8]? {
        while true {
            var resumes = false
            let (chunk, isEnd) = try state.withLock { state -> ([UInt8]?, Bool) in
                if !state.chunks.isEmpty {
                    let chunk = state.chunks.removeFirst()
                    state.buffered -= chunk.count
                    if state.isPaused, state.buffered <= Self.highWater / 4 {
                        state.isPaused = false
                        resumes = true
                    }
                    return (chunk, false)
                }
                if let outcome = state.outcome {
                    try outcome.get()
                    return (nil, true)
                }
                return (nil, false)
            }
            if resumes { resume() }
            if let chunk { return chunk }
            if isEnd { return nil }
            await wait { $0.chunks.isEmpty && $0.outcome == nil }
        }
    }

    private func wait(while isStill: (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state -> Bool in
                guard isStill(state) else { return true }
                precondition(state.waiter == nil, "a response body has one reader")
                state.waiter = continuation
                return false
            }
            if now { continuation.resume() }
        }
    }
}
