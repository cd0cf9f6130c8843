import Ambient
import Database
import FoundationEssentials
import Jobs

/// How long a claim takes while very many jobs of a thousand users wait.
struct ClaimGrowth {
    private struct Errand: Codable, Sendable { var name: String }

    let database: any Database
    let waiting: Int

    func run() async throws {
        try await Migrator(database: database).apply(JobsMigrations.all)
        let kind = JobKind<Errand>("bench.errand")
        let handlers = JobHandlers()
        handlers.add(JobHandler(kind) { _, _ in nil })
        let queue = JobQueue(database: database, handlers: handlers)
        let users = (0..<1000).map { _ in UserID(UUIDv7.make(at: Date())) }
        let clock = ContinuousClock()
        var chance = Chance(3)
        for start in stride(from: 0, to: waiting, by: 1000) {
            let count = min(1000, waiting - start)
            // A few bring most of them.
            let owners = (0..<count).map { _ in
                users[min(Int.random(in: 0..<1000, using: &chance), Int.random(in: 0..<1000, using: &chance))]
            }
            try await database.transaction(as: .system) { transaction in
                for owner in owners { try await queue.enqueue(kind, Errand(name: "errand"), user: owner, in: transaction) }
            }
        }
        if database.dialect == .postgres { try await database.transaction(as: .system) { try await $0.execute("ANALYZE") } }
        var times: [Double] = []
        for _ in 0..<101 {
            // A worker of its own, with four free places.
            let worker = JobWorker(queue: queue)
            times.append(Figures.milliseconds(try await clock.measure { _ = try await worker.claim() }))
        }
        let later = Array(times.dropFirst())
        Figures.print([
            "waiting": Double(waiting), "first_ms": times[0], "p50_ms": Figures.quantile(later, 0.5),
            "p95_ms": Figures.quantile(later, 0.95),
        ])
    }
}
