import Ambient
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
@testable import Jobs
import Testing

@Suite("The line of those that wait", .timeLimit(.minutes(3)))
struct JobTurnsTests {
    @Test("Who comes late is in line with the first, and not behind all of another's", arguments: Dialect.allCases)
    func lateComers(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let order = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    order.add(payload.name)
                    return nil
                })
            let worker = shop.worker(places: 1)
            let other = UserID(UUIDv7.make(at: Date()))
            for number in 1...4 { try await shop.queue.enqueue(errand, Errand(name: "a\(number)"), user: shop.user) }
            for job in try await worker.claim() { await worker.run(job) }
            for job in try await worker.claim() { await worker.run(job) }
            for number in 1...3 { try await shop.queue.enqueue(errand, Errand(name: "b\(number)"), user: other) }
            try await shop.queue.enqueue(errand, Errand(name: "system"), user: nil)
            #expect(try await worker.drain() == 6)
            #expect(order.entries == ["a1", "a2", "a3", "b1", "system", "a4", "b2", "b3"])
        }
    }

    @Test("One that waits to be tried again does not hold up those that are due", arguments: Dialect.allCases)
    func turnsOfRetries(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let order = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, context in
                    order.add(payload.name)
                    if payload.name == "a1", context.attempt == 1 { throw JobFailure(.unavailable, "Not now.") }
                    return nil
                })
            let worker = shop.worker(places: 1)
            for name in ["a1", "a2", "a3"] { try await shop.queue.enqueue(errand, Errand(name: name), user: shop.user) }
            for _ in 1...2 { for job in try await worker.claim() { await worker.run(job) } }
            shop.clock.advance(11)
            #expect(try await worker.drain() == 2)
            #expect(order.entries == ["a1", "a2", "a3", "a1"])
        }
    }

    @Test("More jobs than one statement lines up keep their order", arguments: Dialect.allCases)
    func longLine(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in nil })
            let other = UserID(UUIDv7.make(at: Date()))
            try await shop.database.transaction(as: .system) { transaction in
                for number in 1...2300 {
                    try await shop.queue.enqueue(errand, Errand(name: "\(number)"), user: shop.user, in: transaction)
                }
            }
            shop.clock.advance(1)
            try await shop.queue.enqueue(errand, Errand(name: "other"), user: other)
            let claimed = try await shop.worker(places: 4).claim()
            let names = try claimed.map { try JSONDecoder().decode(Errand.self, from: Data($0.payload.utf8)).name }
            #expect(names == ["1", "2", "3", "other"])
        }
    }

    @Test("By the database's clock a job is due at once, and its lease runs from there", arguments: Dialect.allCases)
    func databaseClock(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            // A process whose clock is an hour behind.
            let behind = Ambient(now: { Date().addingTimeInterval(-3600) }, newUUID: { UUIDv7.make(at: Date()) })
            let handlers = JobHandlers()
            handlers.add(JobHandler(errand) { _, _ in nil })
            let early = JobQueue(database: database, handlers: handlers, ambient: behind)
            let right = JobQueue(database: database, handlers: handlers)
            try await early.enqueue(errand, Errand(name: "a"), user: nil)
            #expect(try await JobWorker(queue: early).claim().count == 1)
            // On one machine there is one clock; between machines the database's.
            let taken = try await JobWorker(queue: right).store.reclaim(all: false)
            #expect(taken == (dialect == .postgres ? 0 : 1))
        }
    }

    @Test("Each is told its place, also those who came while nobody could take them", arguments: Dialect.allCases)
    func places(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in nil })
            let worker = shop.worker(places: 1)
            let other = UserID(UUIDv7.make(at: Date()))
            var jobs: [JobID] = []
            for number in 1...3 { jobs.append(try await shop.queue.enqueue(errand, Errand(name: "a\(number)"), user: shop.user)) }
            let running = try await worker.claim()
            #expect(running.map(\.id) == [jobs[0]])
            jobs.append(try await shop.queue.enqueue(errand, Errand(name: "b"), user: other))
            #expect(try await worker.claim().isEmpty)
            let line = try await shop.queue.line(of: errand)
            // The other's first goes before this one's third.
            #expect(jobs.map(line.place) == [nil, 1, 3, 2])
            for job in running { await worker.run(job) }
        }
    }
}
