import Database
import DatabaseTesting
import Failures
import Foundation
import HTTPServing
import HTTPServingTesting
import Jobs
import Lifecycle
import Testing
import TimeZones

@Suite(.timeLimit(.minutes(3)))
struct PeriodicJobTests {
    private static let hourly = PeriodicJob(PeriodicJob.Kind("test.hourly"), every: .seconds(3600))
    private static let daily = PeriodicJob(PeriodicJob.Kind("test.daily"), every: .seconds(86_400))
    /// 2027-01-15 08:00:00 UTC.
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func hours(_ count: Double) -> Date { Self.start.addingTimeInterval(count * 3600) }

    @Test("A slot has one run, also when several processes look at once", arguments: Dialect.allCases)
    func once(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: JobsMigrations.all) { first, second in
            let shops = [Workshop(first), Workshop(second)]
            for shop in shops {
                shop.handlers.add(JobHandler(Self.hourly.kind) { _, _ in nil })
                shop.handlers.add(Self.hourly)
            }
            for hour in 0..<3 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for shop in shops + shops {
                        group.addTask {
                            _ = try await PeriodicSchedule(queue: shop.queue).tick(at: hours(Double(hour)))
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
            for job in [Self.hourly, Self.daily] { shop.handlers.add(job) }
            let schedule = PeriodicSchedule(queue: shop.queue)
            #expect(try await schedule.tick(at: Self.start.addingTimeInterval(60)) == .seconds(60))
            #expect(try await schedule.tick(at: Self.start.addingTimeInterval(3590)) == .seconds(10))
            try await shop.worker().drain()
            #expect(ran.entries.sorted() == ["daily", "hourly"])
            try await schedule.tick(at: Self.start.addingTimeInterval(120))
            #expect(try await shop.worker().drain() == 0)
            try await schedule.tick(at: hours(5))
            try await shop.worker().drain()
            #expect(ran.entries.sorted() == ["daily", "hourly", "hourly"])
        }
    }

    @Test("A run that goes on keeps the next from being added", arguments: Dialect.allCases)
    func long(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            shop.handlers.add(Self.hourly)
            let schedule = PeriodicSchedule(queue: shop.queue)
            for hour in 0..<4 { try await schedule.tick(at: hours(Double(hour))) }
            #expect(try await shop.queue.counts() == [.pending: 1])
        }
    }

    @Test("A time of the wall has one run over the night in which clocks are changed", arguments: Dialect.allCases)
    func wall(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            let zone = try #require(ZoneCatalogue.system.zone("Europe/Berlin"))
            shop.handlers.add(JobHandler(Self.daily.kind) { _, _ in nil })
            shop.handlers.add(PeriodicJob(Self.daily.kind, .cron(try CronExpression("30 2 * * *"), in: zone)))
            let schedule = PeriodicSchedule(queue: shop.queue)
            // From noon of 26 October 2027 on, each quarter of an hour of six days; clocks are put back on the 31st.
            let noon = Date(timeIntervalSince1970: 1_824_544_800)
            var runs = 0
            for quarter in 0..<6 * 96 {
                try await schedule.tick(at: noon.addingTimeInterval(Double(quarter) * 900))
                runs += try await shop.worker().drain()
            }
            // The first at once, as it never ran.
            #expect(runs == 1 + 6)
        }
    }

    @Test("A clock that stood a year ahead and was set right does not hold a schedule up", arguments: Dialect.allCases)
    func wrongClock(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            shop.handlers.add(JobHandler(Self.hourly.kind) { _, _ in nil })
            shop.handlers.add(Self.hourly)
            let schedule = PeriodicSchedule(queue: shop.queue)
            for (hour, runs) in [(8760.0, 1), (0, 1), (0.5, 0), (1, 1), (0.9, 0), (1.1, 0), (2, 1)] {
                try await schedule.tick(at: hours(hour))
                #expect(try await shop.worker().drain() == runs, "\(hour)")
            }
        }
    }

    @Test("Administrators see when each is due and what came of it, and have it done now", arguments: Dialect.allCases)
    func administration(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            shop.handlers.add(JobHandler(Self.hourly.kind) { _, _ in throw JobFailure(.unprocessable, "The shelf is empty.") })
            shop.handlers.add(Self.hourly)
            shop.handlers.add(PeriodicJob(Self.daily.kind, .cron(try CronExpression("30 2 * * *"), in: .utc)))
            let client = TestClient(
                Router(
                    mounts: [RouteMount(["/api/v1"], [JobAdministrationRoutes(queue: shop.queue)])],
                    authenticator: TestAuthenticator([
                        "admin": Principal(userID: shop.user, isAdministrator: true),
                        "student": Principal(userID: shop.user, isAdministrator: false),
                    ])))
            let admin = client.bearing("admin")
            let schedules = "/api/v1/admin/jobs/schedules"
            #expect(try await client.bearing("student").get(schedules).status == 403)
            #expect(try await client.bearing("student").post(schedules + "/test.hourly/run").status == 403)
            let before: JobSchedulesView = try await admin.get(schedules).json()
            #expect(before.data.map(\.name) == ["test.daily", "test.hourly"])
            #expect(before.data[0].cron == "30 2 * * *" && before.data[0].timeZone == "UTC" && before.data[0].everySeconds == nil)
            #expect(before.data[1].everySeconds == 3600 && before.data[1].lastDueAt == nil && before.data[1].lastRun == nil)
            #expect(before.data.allSatisfy { $0.nextRunAt.map { $0 > Date() } ?? false })

            try await PeriodicSchedule(queue: shop.queue).tick()
            try await shop.worker().drain()
            let after: JobSchedulesView = try await admin.get(schedules).json()
            #expect(after.data[1].lastRun?.state == .dead)
            #expect(after.data[1].lastRun?.error?.message == "The shelf is empty.")
            let now = try await admin.post(schedules + "/test.hourly/run")
            #expect(now.status == 202)
            let job: JobEntryView = try now.json()
            #expect(job.state == .pending && job.kind == "test.hourly" && job.id != after.data[1].lastRun?.id)
            // One that waits is that one.
            #expect(try await admin.post(schedules + "/test.hourly/run").json(JobEntryView.self).id == job.id)
            #expect(try await admin.post(schedules + "/no.such/run").status == 404)
        }
    }

    @Test("The last run of a schedule is kept, however long ago it was", arguments: Dialect.allCases)
    func kept(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: JobsMigrations.all) { database in
            let shop = Workshop(database)
            shop.handlers.add(JobHandler(Self.daily.kind) { _, _ in nil })
            shop.handlers.add(Self.daily)
            let schedule = PeriodicSchedule(queue: shop.queue)
            for hour in [0.0, 24, 48] {
                try await schedule.tick(at: hours(hour))
                try await shop.worker().drain()
            }
            shop.clock.advance(100 * 86_400)
            #expect(try await JobRetention(database: database, ambient: shop.clock.ambient).prune() == 2)
            #expect(try await shop.queue.schedules().first?.lastRun?.state == .succeeded)
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
