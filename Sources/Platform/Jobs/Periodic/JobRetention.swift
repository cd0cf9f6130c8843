package import Ambient
package import Database
import FoundationEssentials
package import Telemetry

/// Removes jobs that ended long ago, a bounded number in each transaction.
package struct JobRetention: Sendable {
    package static let prune = PeriodicJob(PeriodicJob.Kind("jobs.prune", queue: "maintenance"), every: .seconds(3600))

    /// How long jobs that succeeded or were cancelled are kept, and those that failed for good.
    package var keepSucceeded: Duration = .seconds(7 * 86_400)
    package var keepDead: Duration = .seconds(30 * 86_400)
    package var batch = 1000

    private let database: any Database
    private let store = JobRetentionStore()
    private let ambient: Ambient
    private let logger: Logger

    package init(database: any Database, ambient: Ambient = .live, logger: Logger = .silent) {
        self.database = database
        self.ambient = ambient
        self.logger = logger.labelled("jobs")
    }

    package var handler: JobHandler {
        JobHandler(Self.prune.kind) { _, context in
            let count = try await prune { try context.checkCancelled() }
            return ["removed": "\(count)"]
        }
    }

    /// Returns how many went.
    @discardableResult
    package func prune(between: () throws -> Void = {}) async throws -> Int {
        let now = ambient.now()
        let succeeded = now.addingTimeInterval(-keepSucceeded.inSeconds)
        let dead = now.addingTimeInterval(-keepDead.inSeconds)
        var count = 0
        while true {
            try between()
            let gone = try await database.transaction(as: .system) {
                try await store.deleteEnded(succeededBefore: succeeded, deadBefore: dead, limit: batch, in: $0)
            }
            count += gone
            if gone < batch { break }
        }
        if count > 0 { logger.info("old jobs removed", ["count": "\(count)"]) }
        return count
    }
}
