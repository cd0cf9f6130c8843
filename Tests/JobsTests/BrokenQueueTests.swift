import Ambient
import Database
import DatabaseTesting
import Jobs
import Signals
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct BrokenQueueTests {
    /// A database that refuses a transaction when told to.
    private final class Refusing: Database {
        let base: any Database
        /// How many more transactions that write succeed; nil for all.
        let left = Mutex<Int?>(nil)

        init(_ base: any Database) { self.base = base }

        var dialect: Dialect { base.dialect }
        var signals: any SignalChannel { base.signals }

        @discardableResult
        func transaction<Value: Sendable>(
            as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
        ) async throws -> Value {
            let isRefused = left.withLock { left in
                guard let some = left else { return false }
                left = max(0, some - 1)
                return some == 0
            }
            if isRefused { throw DatabaseFailure(.connection, "refused by the test") }
            return try await base.transaction(as: actor, body)
        }

        @discardableResult
        func read<Value: Sendable>(
            as actor: Actor, _ body: @Sendable (any Transaction) async throws -> Value
        ) async throws -> Value { try await base.read(as: actor, body) }

        func check() async throws { try await base.check() }
        func close() async { await base.close() }
    }

    @Test func `jobs that are claimed run, though the database goes away before the next queue is looked at`() async throws {
        try await withDatabase(.sqlite, migrations: JobsMigrations.all) { base in
            let database = Refusing(base)
            let handlers = JobHandlers()
            let queue = JobQueue(database: database, handlers: handlers)
            let (first, second) = (JobKind<Errand>("test.first", queue: "a"), JobKind<Errand>("test.second", queue: "b"))
            for kind in [first, second] { handlers.add(JobHandler(kind) { _, _ in nil }) }
            try await queue.enqueue(first, Errand(name: "x"), user: nil)
            try await queue.enqueue(second, Errand(name: "y"), user: nil)
            var configuration = JobWorker.Configuration()
            configuration.queues = ["a": 1, "b": 1]
            let worker = JobWorker(queue: queue, configuration: configuration)

            database.left.withLock { $0 = 1 }
            #expect(try await worker.claim().map(\.kind) == ["test.first"])
            database.left.withLock { $0 = nil }
            #expect(try await worker.claim().map(\.kind) == ["test.second"])
        }
    }
}
