import Concurrency

/// How long an answer has been worked on: while it waits for its turn the clock stands still.
final class AnswerClock: Sendable {
    private struct State {
        var spent: Duration = .zero
        /// nil while it stands still.
        var since: ContinuousClock.Instant? = .now
    }

    private let state = AsyncMonitor(State())

    var isPaused: Bool { state.withLock { $0.since == nil } }

    func pause() {
        state.signal { state, _ in
            state.spent += state.since.map { $0.duration(to: .now) } ?? .zero
            state.since = nil
        }
    }

    func resume() { state.signal { state, _ in state.since = state.since ?? .now } }

    /// Returns when the answer has been worked on for so long. Throws when the task is cancelled.
    func runOut(after limit: Duration) async throws {
        while true {
            try Task.checkCancellation()
            let (left, isRunning) = state.withLock { state in
                (limit - state.spent - (state.since.map { $0.duration(to: .now) } ?? .zero), state.since != nil)
            }
            if left <= .zero { return }
            if isRunning { try await Task.sleep(for: left) } else { await state.wait { $0.since != nil } }
        }
    }
}
