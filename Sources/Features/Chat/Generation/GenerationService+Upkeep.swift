import Ambient
import Database
import FoundationEssentials
import Lifecycle
import Telemetry

/// What is left over: answers that nobody writes any more, and logs that nobody reads.
extension GenerationService {
    /// Takes up at the start everything that is unfinished on a database of our own; after that what another server has left.
    func recover(until shutdown: ShutdownSignal) async {
        var isFirst = true
        while !shutdown.isTriggered, !Task.isCancelled {
            let takesAll = isFirst && database.dialect == .sqlite && !isShared
            do {
                let found = try await database.transaction(as: .system) { [store, lease] tx in
                    try await store.claimAbandoned(
                        now: takesAll ? nil : lease.now(in: tx.dialect), leaseUntil: lease.end(in: tx.dialect), in: tx)
                }
                for answer in found { await takeUp(answer) }
                isFirst = false
            } catch {
                logger.failure("unfinished answers could not be looked up", error)
            }
            await shutdown.wait(atMost: configuration.lease / 2)
        }
    }

    private func takeUp(_ answer: AbandonedAnswer) async {
        guard answer.attempts > configuration.attempts else {
            logger.info("answer is taken up again", ["message_id": "\(answer.id)"])
            return start(answer.id, user: answer.user)
        }
        do {
            try await writer.giveUp(answer)
            logger.notice("answer is given up", ["message_id": "\(answer.id)", "attempts": "\(answer.attempts)"])
        } catch {
            logger.failure("answer could not be given up", error, ["message_id": "\(answer.id)"])
        }
    }

    /// Removes logs of answers that ended long ago, a bounded number.
    /// - Returns: how many rows went.
    func pruneLogs() async throws -> Int {
        let cutoff = ambient.now().addingTimeInterval(-(configuration.resumeWindow / .seconds(1)))
        return try await database.transaction(as: .system) { [store] tx in
            try await store.pruneLogs(endedBefore: cutoff, limit: 500, in: tx)
        }
    }
}
