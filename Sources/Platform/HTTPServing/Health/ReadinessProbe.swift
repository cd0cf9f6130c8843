import Failures
import Synchronization
import Telemetry

/// Runs one check for all who ask while it runs or its answer is valid, and lets nobody wait longer than its timeout, even for a check
/// that hangs.
final class ReadinessProbe: Sendable {
    struct Outcome: Sendable {
        /// nil if it works.
        let reason: String?
        /// How it works, if the check says.
        var remark: String?
        let took: Duration
    }

    private struct State {
        var isRunning = false
        var last: (outcome: Outcome, at: ContinuousClock.Instant)?
        var nextID = 0
        var waiters: [Int: AsyncStream<Outcome>.Continuation] = [:]
    }

    let check: ReadinessCheck
    private let state = Mutex(State())

    init(_ check: ReadinessCheck) { self.check = check }

    func ask(logger: Logger) async -> Outcome {
        let known = state.withLock { state in
            state.last.flatMap { ContinuousClock.now - $0.at < check.validity ? $0.outcome : nil }
        }
        if let known { return known }
        let (answers, continuation) = AsyncStream.makeStream(of: Outcome.self, bufferingPolicy: .bufferingNewest(1))
        let (id, mustStart) = state.withLock { state in
            state.nextID += 1
            state.waiters[state.nextID] = continuation
            defer { state.isRunning = true }
            return (state.nextID, !state.isRunning)
        }
        // On its own, since a check that hangs must not hold up the answer. It ends when the check does, and there is only one of it.
        if mustStart { Task { await self.run(logger: logger) } }
        defer { _ = state.withLock { $0.waiters.removeValue(forKey: id) } }
        let timeout = check.timeout
        return await withTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                for await answer in answers { return answer }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return Outcome(reason: "It did not answer within \(timeout.seconds) s.", took: timeout)
            }
            defer { group.cancelAll() }
            return await group.next().flatMap { $0 } ?? Outcome(reason: "The question was withdrawn.", took: .zero)
        }
    }

    private func run(logger: Logger) async {
        let began = ContinuousClock.now
        var reason: String?
        var remark: String?
        do {
            remark = try await check.check()
        } catch {
            logger.failure("not ready", error, ["check": check.name])
            reason = (error as? any Failure)?.message ?? "It failed; the server's log says why."
        }
        let outcome = Outcome(reason: reason, remark: remark, took: ContinuousClock.now - began)
        let waiters = state.withLock { state in
            state.isRunning = false
            state.last = (outcome, .now)
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.yield(outcome) }
    }
}
