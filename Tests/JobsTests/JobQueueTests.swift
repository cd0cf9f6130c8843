import Ambient
import Database
import Failures
import FoundationEssentials
import Jobs
import Testing

@Suite("The queue", .timeLimit(.minutes(3)))
struct JobQueueTests {
    private struct Refused: Error {}

    @Test("A job exists exactly if its transaction is committed", arguments: Dialect.allCases)
    func transactional(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            await #expect(throws: Refused.self) {
                try await shop.database.transaction(as: .user(shop.user)) { transaction in
                    try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user, in: transaction)
                    throw Refused()
                }
            }
            #expect(try await shop.queue.jobs(of: shop.user).total == 0)
            let id = try await shop.database.transaction(as: .user(shop.user)) { transaction in
                try await shop.queue.enqueue(errand, Errand(name: "b"), user: shop.user, in: transaction)
            }
            let job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == .pending)
            #expect(job.attempt == 0)
            #expect(job.createdAt == shop.clock.now)
        }
    }

    @Test("A key has one live job; when that is over, there may be another", arguments: Dialect.allCases)
    func uniqueKey(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in nil })
            let first = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user, uniqueKey: "k")
            #expect(try await shop.queue.enqueue(errand, Errand(name: "b"), user: shop.user, uniqueKey: "k") == first)
            #expect(try await shop.queue.enqueue(errand, Errand(name: "c"), user: shop.user, uniqueKey: "other") != first)
            try await shop.worker().drain()
            let second = try await shop.queue.enqueue(errand, Errand(name: "d"), user: shop.user, uniqueKey: "k")
            #expect(second != first)
            #expect(try await shop.queue.jobs(of: shop.user).total == 3)
        }
    }

    @Test("Many who enqueue the same key at once get the same job", arguments: Dialect.allCases)
    func uniqueKeyRace(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let ids = try await withThrowingTaskGroup(of: JobID.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user, uniqueKey: "k") }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }

    @Test("Another user's job is not there: to see, to cancel, to repeat", arguments: Dialect.allCases)
    func ownership(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let other = UserID(UUIDv7.make(at: Date()))
            for attempt in [
                { _ = try await shop.queue.job(id, of: other) }, { _ = try await shop.queue.cancel(id, of: other) },
                { _ = try await shop.queue.retry(id, of: other) },
            ] as [@Sendable () async throws -> Void] {
                await #expect { try await attempt() } throws: { FailureCode(of: $0) == .notFound }
            }
            #expect(try await shop.queue.jobs(of: other).total == 0)
            #expect(try await shop.state(id) == .pending)
        }
    }

    @Test("Row-level security hides jobs and their lines even from a query without a predicate")
    func rowSecurity() async throws {
        try await withWorkshop(.postgres) { shop in
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    context.log("a line")
                    return nil
                })
            try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            for (actor, count) in [(Actor.system, 1), (.user(shop.user), 1), (.user(UserID(UUIDv7.make(at: Date()))), 0)] {
                let found = try await shop.database.read(as: actor) { transaction in
                    let jobs = try await transaction.query("SELECT id FROM jobs").count
                    return [jobs, try await transaction.query("SELECT number FROM job_log_lines").count]
                }
                #expect(found == [count, count])
            }
            await #expect(throws: DatabaseFailure.self) {
                try await shop.database.transaction(as: .user(UserID(UUIDv7.make(at: Date())))) { transaction in
                    try await shop.queue.enqueue(errand, Errand(name: "b"), user: shop.user, in: transaction)
                }
            }
        }
    }

    @Test("A waiting job is cancelled at once, its hook runs, and it can be tried again", arguments: Dialect.allCases)
    func cancelAndRetry(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let ended = Journal<String>()
            shop.handlers.add(
                JobHandler(errand, onDead: { job, _ in ended.add("\(job.state.rawValue) \(job.errorCode)") }) { _, _ in nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            #expect(try await shop.queue.cancel(id, of: shop.user).state == .cancelled)
            #expect(ended.entries == ["cancelled Cancelled"])
            await #expect { try await shop.queue.cancel(id, of: shop.user) } throws: { FailureCode(of: $0) == .conflict }
            #expect(try await shop.worker().drain() == 0)
            #expect(try await shop.queue.retry(id, of: shop.user).state == .pending)
            #expect(try await shop.worker().drain() == 1)
            #expect(try await shop.state(id) == .succeeded)
            await #expect { try await shop.queue.retry(id, of: shop.user) } throws: { FailureCode(of: $0) == .conflict }
        }
    }

    @Test("A job is not repeated while a newer one does the same", arguments: Dialect.allCases)
    func retryConflict(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let old = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user, uniqueKey: "k")
            try await shop.queue.cancel(old, of: shop.user)
            try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user, uniqueKey: "k")
            await #expect { try await shop.queue.retry(old, of: shop.user) } throws: { FailureCode(of: $0) == .conflict }
        }
    }

    @Test("Priority goes before age; a delayed job waits for its time", arguments: Dialect.allCases)
    func order(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let order = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    order.add(payload.name)
                    return nil
                })
            try await shop.queue.enqueue(errand, Errand(name: "later"), user: nil, delay: .seconds(60))
            try await shop.queue.enqueue(errand, Errand(name: "first"), user: nil)
            try await shop.queue.enqueue(errand, Errand(name: "second"), user: nil)
            try await shop.queue.enqueue(errand, Errand(name: "urgent"), user: nil, priority: 10)
            #expect(try await shop.worker(places: 1).drain() == 3)
            #expect(order.entries == ["urgent", "first", "second"])
            shop.clock.advance(61)
            try await shop.worker(places: 1).drain()
            #expect(order.entries.last == "later")
        }
    }

    @Test("Users take turns: a long queue of one does not keep another waiting", arguments: Dialect.allCases)
    func turns(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let order = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    order.add(payload.name)
                    shop.clock.advance(1)
                    return nil
                })
            let other = UserID(UUIDv7.make(at: Date()))
            for name in ["a1", "a2", "a3"] { try await shop.queue.enqueue(errand, Errand(name: name), user: shop.user) }
            for name in ["b1", "b2"] { try await shop.queue.enqueue(errand, Errand(name: name), user: other) }
            #expect(try await shop.worker(places: 1).drain() == 5)
            #expect(order.entries == ["a1", "b1", "a2", "b2", "a3"])
        }
    }

    @Test("A user's jobs go with the user", arguments: Dialect.allCases)
    func deleteAll(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.queue.enqueue(errand, Errand(name: "b"), user: nil)
            try await shop.database.transaction(as: .system) { try await shop.queue.deleteAll(of: shop.user, in: $0) }
            #expect(try await shop.queue.jobs(of: shop.user).total == 0)
            #expect(try await shop.queue.counts() == [.pending: 1])
        }
    }
}
