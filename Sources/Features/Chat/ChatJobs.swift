import Jobs

/// The chat's jobs.
enum ChatJobs {
    /// Removes the logs of answers that nobody can be reading on.
    static let prune = PeriodicJob(PeriodicJob.Kind("chat.prune", queue: "maintenance"), every: .seconds(600))

    static func handlers(_ generation: GenerationService) -> [JobHandler] {
        [
            JobHandler(prune.kind) { _, context in
                var removed = 0
                while true {
                    try context.checkCancelled()
                    let gone = try await generation.pruneLogs()
                    removed += gone
                    if gone == 0 { return ["removed": "\(removed)"] }
                }
            }
        ]
    }
}
