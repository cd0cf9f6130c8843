import Ambient
import Concurrency
import Database
import Telemetry

/// Checkpoints that are written while what follows runs.
extension GraphRunner {
    /// What is still to be written.
    private struct Pending: Sendable {
        var checkpoints: [GraphCheckpoint] = []
        var isOver = false
    }

    /// Runs `body`, and writes what it hands on beside it, in its order; returns when both are done.
    ///
    /// - Parameter first: of a new run, whose parent is found when it is written.
    func behind(
        _ user: UserID, beginningWith first: GraphCheckpoint?,
        _ body: @escaping @Sendable (@escaping @Sendable (GraphCheckpoint) -> Void) async throws -> Outcome
    ) async throws -> Outcome {
        let pending = AsyncMonitor(Pending(checkpoints: first.map { [$0] } ?? []))
        async let written: Void = write(pending, isNew: first != nil, user)
        let result: Result<Outcome, any Error>
        do {
            result = .success(try await body { made in pending.signal { held, _ in held.checkpoints.append(made) } })
        } catch {
            result = .failure(error)
        }
        pending.signal { held, _ in held.isOver = true }
        await written
        return try result.get()
    }

    private func write(_ pending: AsyncMonitor<Pending>, isNew: Bool, _ user: UserID) async {
        var isNew = isNew
        while true {
            let (some, isOver) = pending.withLock { held in
                defer { held.checkpoints = [] }
                return (held.checkpoints, held.isOver)
            }
            guard !some.isEmpty else {
                if isOver || Task.isCancelled { return }
                await pending.wait { !$0.checkpoints.isEmpty || $0.isOver }
                continue
            }
            do {
                let joins = isNew
                try await database.transaction(as: .user(user)) { transaction in
                    for (number, each) in some.enumerated() {
                        var checkpoint = each
                        if joins, number == 0 {
                            checkpoint.parent = try await store.last(
                                of: each.thread, graph: each.graph, user: user, in: transaction)?.id
                        }
                        try await store.insert(checkpoint, user: user, in: transaction)
                    }
                }
                isNew = false
            } catch {
                // What follows would lack its parent.
                if !(error is CancellationError) {
                    logger.failure("checkpoints are not kept", error, ["graph": graph.name])
                }
                return
            }
        }
    }
}
