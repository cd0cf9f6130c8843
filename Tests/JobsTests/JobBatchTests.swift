import Database
import Failures
import Foundation
import HTTPServing
import HTTPServingTesting
@testable import Jobs
import Testing

@Suite("Ends of jobs written together, snoozing, and what failed for good", .timeLimit(.minutes(3)))
struct JobBatchTests {
    @Test("Hundreds that end at once are all written, each with its own result", arguments: Dialect.allCases)
    func many(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            shop.handlers.add(
                JobHandler(errand) { payload, _ in payload.name.hasSuffix("0") ? nil : ["name": payload.name] })
            var ids: [JobID] = []
            for number in 0..<450 {
                ids.append(try await shop.queue.enqueue(errand, Errand(name: "\(number)"), user: shop.user))
            }
            #expect(try await shop.worker(places: 450).drain() == 450)
            for (number, id) in ids.enumerated() {
                let job = try await shop.queue.job(id, of: shop.user)
                #expect(job.state == .succeeded && job.finishedAt != nil)
                #expect(job.result == (number % 10 == 0 ? nil : ["name": "\(number)"]))
            }
        }
    }

    @Test("An attempt that is not the worker's any more is not written with the others", arguments: Dialect.allCases)
    func lost(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in nil })
            for name in ["a", "b", "c"] { try await shop.queue.enqueue(errand, Errand(name: name), user: shop.user) }
            let worker = shop.worker()
            let jobs = try await worker.claim()
            // One is taken over by another, and one was claimed again by this worker itself.
            try await shop.database.transaction(as: .system) {
                try await $0.execute("UPDATE jobs SET worker = 'another' WHERE id = \(jobs[0].id)")
                try await $0.execute("UPDATE jobs SET attempt = 2 WHERE id = \(jobs[1].id)")
            }
            let kept = try await worker.store.succeed(jobs.map { .init(job: $0, result: nil) })
            #expect(kept == [jobs[2].id])
            #expect(try await shop.state(jobs[0].id) == .running)
            #expect(try await shop.state(jobs[1].id) == .running)
        }
    }

    @Test("One that snoozes comes again later, as often as it likes, without using its attempts up", arguments: Dialect.allCases)
    func snooze(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let attempts = Journal<Int>()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    attempts.add(context.attempt)
                    if attempts.entries.count < 10 { throw JobSnooze(for: .seconds(60)) }
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "wait"), user: shop.user)
            let worker = shop.worker()
            for turn in 1...10 {
                #expect(try await worker.drain() == 1)
                #expect(try await shop.state(id) == (turn < 10 ? .pending : .succeeded))
                #expect(try await worker.drain() == 0)
                shop.clock.advance(59)
                #expect(try await worker.drain() == 0)
                shop.clock.advance(1)
            }
            #expect(attempts.entries == Array(repeating: 1, count: 10))
        }
    }

    @Test("An administrator sees everybody's dead jobs and has them tried again", arguments: Dialect.allCases)
    func dead(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let mended = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    guard mended.entries.isEmpty else { return nil }
                    throw JobFailure(.unprocessable, "It cannot be done: \(payload.name).")
                })
            for name in ["a", "b"] {
                try await shop.queue.enqueue(errand, Errand(name: name), user: shop.user, uniqueKey: "same")
                try await shop.worker().drain()
            }
            let single = try await shop.queue.enqueue(errand, Errand(name: "c"), user: nil)
            try await shop.worker().drain()
            let client = TestClient(
                Router(
                    mounts: [RouteMount(["/api/v1"], [JobAdministrationRoutes(queue: shop.queue)])],
                    authenticator: TestAuthenticator([
                        "boss": Principal(userID: shop.user, isAdministrator: true),
                        "me": Principal(userID: shop.user, isAdministrator: false),
                    ])))
            #expect(try await client.bearing("me").get("/api/v1/admin/jobs").status != 200)
            let boss = client.bearing("boss")
            let list: Page<JobEntryView> = try await boss.get("/api/v1/admin/jobs?state=dead").json()
            #expect(list.data.count == 3 && list.data.allSatisfy { $0.error != nil })
            let queues: JobQueuesView = try await boss.get("/api/v1/admin/jobs/queues").json()
            #expect(queues.data.map(\.queue) == ["default"] && queues.data[0].dead == 3)
            mended.add("now")
            #expect(try await boss.post("/api/v1/admin/jobs/\(single)/retry").status == 200)
            #expect(try await boss.post("/api/v1/admin/jobs/\(single)/retry").status == 409)
            // Of the two with one key the newer is enough.
            #expect(try await shop.queue.retryDead(kind: errand.name) == 1)
            #expect(try await shop.worker().drain() == 2)
            #expect(try await shop.queue.counts() == [.succeeded: 2, .dead: 1])
            #expect(try await shop.queue.retryDead(kind: "another") == 0)
        }
    }
}
