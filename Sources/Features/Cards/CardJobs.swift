import Ambient
import Assembly
import Concurrency
import Database
import FoundationEssentials
import Jobs
import Spacing

/// The jobs of cards.
enum CardJobs {
    struct Payload: Codable, Sendable {}

    /// Of its own: a fit computes for seconds.
    static let queue = WorkQueue("cards", width: 1)
    static let fit = JobKind<Payload>("cards.fit", queue: queue.name, maxAttempts: 3, timeout: .seconds(600))

    struct Taken: Codable, Sendable {
        let importID: CardImportID
        private enum CodingKeys: String, CodingKey { case importID = "import_id" }
    }

    static let take = JobKind<Taken>("cards.import", queue: queue.name, maxAttempts: 3, timeout: .seconds(1800))

    static let removeFiles = JobKind<LeftFiles>("cards.remove_files", queue: "maintenance")
    static let sweep = PeriodicJob(PeriodicJob.Kind("cards.sweep", queue: "maintenance"), every: .seconds(3_600))

    /// Cards that are written anew in one transaction, so that others get their turn.
    private static let batch = 500

    static func handlers(_ service: ReviewService, _ exchange: CardExchange) -> [JobHandler] {
        let pool = BlockingPool(name: "cards", threads: 1)
        return [
            JobHandler(sweep.kind) { _, _ in ["removed": "\(try await exchange.media.sweep())"] },
            JobHandler(removeFiles) { left, _ in
                for digest in left.digests { try await exchange.media.removeUnused(digest) }
                return nil
            },
            JobHandler(
                take,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    let taken: Taken = try JSONColumn.value(ended.job.payload)
                    try await exchange.noteUnread(taken.importID, message: ended.message, user: user, in: transaction)
                },
                run: { taken, context in try await exchange.read(taken.importID, on: pool, context) }),
            JobHandler(fit) { _, context in
                guard let user = context.userID else { return nil }
                let logged = try await service.database.read(as: context.actor) {
                    try await service.reviews.histories(of: user, in: $0)
                }
                // Of a card that was learned elsewhere, nobody knows how it began.
                let whole = logged.filter(\.isWhole)
                let fit = ParameterFit(whole.map { ReviewHistory($0.entries) })
                let tests = fit.tests
                guard tests >= ParameterFit.fewest else { return ["reviews": "\(tests)", "fitted": "false"] }
                context.progress(stage: "fitting", done: 0, total: whole.count)
                let (parameters, before, after) = await pool.run { () -> (SpacingParameters, Double, Double) in
                    let parameters = fit.fitted()
                    return (parameters, fit.loss(.standard) ?? 0, fit.loss(parameters) ?? 0)
                }
                let fitted = FittedParameters(
                    weights: parameters.weights, reviews: tests, lossBefore: before, lossAfter: after)
                let model = ForgettingModel(weights: parameters.weights)
                for start in stride(from: 0, to: whole.count, by: batch) {
                    let part = whole[start..<min(start + batch, whole.count)]
                    try await context.keep(in: service.database) { transaction in
                        for history in part {
                            guard let memory = history.memory(model) else { continue }
                            try await service.cards.setMemory(
                                memory, of: history.card, reps: history.entries.count, user: user, in: transaction)
                        }
                    }
                    context.progress(stage: "fitting", done: start + part.count, total: whole.count)
                }
                try await context.keep(in: service.database) { transaction in
                    try await service.reviews.set(fitted, at: service.ambient.now(), of: user, in: transaction)
                    try await service.events.appendFitted(fitted, user: user, in: transaction)
                }
                return ["reviews": "\(tests)", "fitted": "true"]
            },
        ]
    }
}

extension LoggedHistory {
    /// What the model makes of all its answers.
    fileprivate func memory(_ model: ForgettingModel<Double>) -> MemoryState<Double>? {
        guard let first = entries.first else { return nil }
        return entries.dropFirst().reduce(model.first(first.grade)) { model.next($0, $1.grade, after: $1.days) }
    }
}
