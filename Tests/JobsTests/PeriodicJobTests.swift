import Database
import DatabaseTesting
import Foundation
import Jobs
import Lifecycle
import Testing

@Suite(.timeLimit(.minutes(3)))
struct PeriodicJobTests {
    private static let hourly = PeriodicJob(PeriodicJob.Kind("test.hourly"), every: .seconds(3600))
    private static let daily = PeriodicJob(PeriodicJob.Kind("test.daily"), every: .seconds(86_400))
    /// 2027-01-15 08:00:00 UTC.
    private static let start: Int64 = 1_800_000_000

    @Test("A slot has one run, also when several processes look at once", arguments: Dialect.allCases)
    func once(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: JobsMigrations.all) { first, second in
            let shops = [Workshop(first), Workshop(second)]
            for shop in shops { shop.handlers.add(JobHandler(Self.hourly.kind) { _, _ in nil }) }
            for hour in 0..<3 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for shop in shops + shops {
                        group.addTask {
                            let schedule = PeriodicSchedule([Self.hourly], queue: shop.queue)
                            _ = try await schedule.tick(atSecond: Self.start + Int64(hour) * 3600)
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await shops[0].worker().drain() == 1)
            }
            #expect(try await shops[0].queue.counts() == [.succeeded: 3])
        }
    }

    @Test("Each kind has its own slots; what was missed is made up for once", arguments: Dialect.allCases)
    func slots(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            let ran = Journal<String>()
            shop.handlers.add(
                JobHandler(Self.hourly.kind) { _, _ in
                    ran.add("hourly")
                    return nil
                })
            shop.handlers.add(
                JobHandler(Self.daily.kind) { _, _ in
                    ran.add("daily")
                    return nil
                })
            let schedule = PeriodicSchedule([Self.hourly, Self.daily], queue: shop.queue)
            let pause = try await schedule.tick(atSecond: Self.start + 60)
            #expect(pause == .seconds(3540))
            try await shop.worker().drain()
            #expect(ran.entries.sorted() == ["daily", "hourly"])
            try await schedule.tick(atSecond: Self.start + 120)
            #expect(try await shop.worker().drain() == 0)
            try await schedule.tick(atSecond: Self.start + 5 * 3600)
            try await shop.worker().drain()
            #expect(ran.entries.sorted() == ["daily", "hourly", "hourly"])
        }
    }

    @Test("A run that goes on keeps the next from being added", arguments: Dialect.allCases)
    func long(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            let schedule = PeriodicSchedule([Self.hourly], queue: shop.queue)
            for hour in 0..<4 { try await schedule.tick(atSecond: Self.start + Int64(hour) * 3600) }
            #expect(try await shop.queue.counts() == [.pending: 1])
        }
    }

    @Test("Jobs that ended long ago go, in batches; live ones and young ones stay", arguments: Dialect.allCases)
    func retention(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            let errand = JobKind<Errand>("test.errand", maxAttempts: 1)
            shop.handlers.add(
                JobHandler(errand) { errand, _ in
                    if errand.name == "bad" { throw CancellationError() }
                    return nil
                })
            for number in 0..<7 { try await shop.queue.enqueue(errand, Errand(name: "\(number)"), user: shop.user) }
            try await shop.queue.enqueue(errand, Errand(name: "bad"), user: shop.user)
            try await shop.worker().drain()
            #expect(try await shop.queue.counts() == [.succeeded: 7, .dead: 1])
            var retention = JobRetention(database: database, ambient: shop.clock.ambient)
            retention.batch = 2
            #expect(try await retention.prune() == 0)
            shop.clock.advance(8 * 86_400)
            try await shop.queue.enqueue(errand, Errand(name: "new"), user: shop.user)
            #expect(try await retention.prune() == 7)
            #expect(try await shop.queue.counts() == [.dead: 1, .pending: 1])
            shop.clock.advance(30 * 86_400)
            #expect(try await retention.prune() == 1)
            #expect(try await shop.queue.counts() == [.pending: 1])
        }
    }
}
