import Ambient
import Database
import Failures
import FoundationEssentials
@testable import Jobs
import Lifecycle
import Synchronization
import Testing

private struct Trouble: Failure {
    var code: FailureCode
    var message = "The thing did not work."
    var retryAfter: Duration?
}

@Suite("The worker", .timeLimit(.minutes(3)))
struct JobWorkerTests {
    @Test("A job runs once, and leaves result, progress and log", arguments: Dialect.allCases)
    func success(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let seen = Journal<Errand>()
            shop.handlers.add(
                JobHandler(errand) { payload, context in
                    seen.add(payload)
                    #expect(context.userID == shop.user)
                    #expect(context.attempt == 1)
                    context.log("began")
                    for unit in 1...40 { context.progress(stage: "walking", done: unit, total: 40) }
                    context.log("ended")
                    return ["place": "the market"]
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "buy"), user: shop.user)
            #expect(try await shop.worker().drain() == 1)
            let (job, lines) = try await shop.queue.jobWithLog(id, of: shop.user)
            #expect(seen.entries == [Errand(name: "buy")])
            #expect(job.state == .succeeded)
            #expect(job.result == ["place": "the market"])
            #expect(job.progress == JobProgress(stage: "walking", done: 40, total: 40))
            #expect(lines.map(\.text) == ["began", "ended"])
            #expect(job.finishedAt == shop.clock.now)
        }
    }

    @Test("Watchers hear of each state and of progress, not of each unit")
    func updates() async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    for unit in 0...10_000 { context.progress(stage: "counting", done: unit, total: 10_000) }
                    return nil
                })
            try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let updates = Journal<JobUpdate>()
            try await shop.worker(onUpdate: { updates.add($0) }).drain()
            let heard = updates.entries
            #expect(heard.first?.state == .running)
            #expect(heard.last?.state == .succeeded)
            #expect(heard.compactMap(\.progress).last?.done == 10_000)
            #expect((90...110).contains(heard.compactMap(\.progress).count))
        }
    }

    @Test("A failure that may pass is tried again after 10, then 20 seconds, then the job is dead", arguments: Dialect.allCases)
    func retries(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let ended = Journal<String>()
            shop.handlers.add(
                JobHandler(errand, onDead: { job, _ in ended.add("\(job.state.rawValue): \(job.message)") }) { _, _ in
                    throw Trouble(code: .unavailable)
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let worker = shop.worker()
            #expect(try await worker.drain() == 1)
            var job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == .failed)
            #expect(job.errorCode == "ServiceUnavailable")
            #expect(job.availableAt == shop.clock.now.addingTimeInterval(10))
            shop.clock.advance(9)
            #expect(try await worker.drain() == 0)
            shop.clock.advance(1)
            #expect(try await worker.drain() == 1)
            job = try await shop.queue.job(id, of: shop.user)
            #expect(job.availableAt == shop.clock.now.addingTimeInterval(20))
            #expect(ended.entries.isEmpty)
            shop.clock.advance(20)
            #expect(try await worker.drain() == 1)
            job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == .dead)
            #expect(job.attempt == 3)
            #expect(ended.entries == ["dead: The thing did not work."])
            shop.clock.advance(1000)
            #expect(try await worker.drain() == 0)
        }
    }

    @Test(
        "The failure's code decides what becomes of the job",
        arguments: [
            (FailureCode.unprocessable, JobState.dead), (.notFound, .dead), (.insufficientStorage, .failed),
            (.rateLimited, .failed),
            (.internal, .failed), (.cancelled, .failed),
        ])
    func codes(code: FailureCode, state: JobState) async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in throw Trouble(code: code, message: "secret?") })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            let job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == state)
            #expect(job.errorMessage == (code == .internal ? "Something went wrong on our side." : "secret?"))
        }
    }

    @Test("A failure that names its time is not tried before it")
    func retryAfter() async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in throw Trouble(code: .rateLimited, retryAfter: .seconds(3600)) })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            #expect(try await shop.queue.job(id, of: shop.user).availableAt == shop.clock.now.addingTimeInterval(3600))
        }
    }

    @Test("A payload that cannot be read is dead at once")
    func payload() async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in nil })
            let id = try await shop.queue.enqueue(JobKind<[Int]>(errand.name), [1], user: shop.user)
            try await shop.worker().drain()
            #expect(try await shop.state(id) == .dead)
        }
    }

    @Test("A kind without a handler in this process is left for others")
    func unknownKind() async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(JobHandler(errand) { _, _ in nil })
            let id = try await shop.queue.enqueue(JobKind<Errand>("test.other"), Errand(name: "a"), user: shop.user)
            #expect(try await shop.worker().drain() == 0)
            #expect(try await shop.state(id) == .pending)
        }
    }

    @Test("An attempt that takes too long is ended and tried again")
    func timeout() async throws {
        try await withWorkshop(.sqlite) { shop in
            let hasty = JobKind<Errand>("test.hasty", timeout: .milliseconds(20))
            shop.handlers.add(
                JobHandler(hasty) { _, _ in
                    try await Task.sleep(for: .seconds(3600))
                    return nil
                })
            let id = try await shop.queue.enqueue(hasty, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            let job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == .failed)
            #expect(job.errorCode == "RequestTimeout")
        }
    }

    @Test("Several workers never take the same job", arguments: Dialect.allCases)
    func claims(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let done = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    done.add(payload.name)
                    return nil
                })
            try await shop.database.transaction(as: .system) { transaction in
                for number in 0..<200 {
                    try await shop.queue.enqueue(errand, Errand(name: "\(number)"), user: nil, in: transaction)
                }
            }
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 { group.addTask { try await shop.worker(places: 5).drain() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.reduce(0, +) == 200)
            #expect(done.entries.count == 200)
            #expect(Set(done.entries).count == 200)
            #expect(try await shop.queue.counts() == [.succeeded: 200])
        }
    }

    @Test("What a killed worker held is taken over when its lease is over, and the attempt counts", arguments: Dialect.allCases)
    func killed(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            shop.handlers.add(JobHandler(errand) { _, context in ["attempt": "\(context.attempt)"] })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            // Claims and is never heard of again.
            #expect(try await shop.worker().claim().count == 1)
            let successor = shop.worker()
            shop.clock.advance(14)
            #expect(try await successor.drain() == 0)
            #expect(try await shop.state(id) == .running)
            shop.clock.advance(2)
            #expect(try await successor.drain() == 1)
            #expect(try await shop.queue.job(id, of: shop.user).result == ["attempt": "2"])
        }
    }

    @Test("A job that kills its worker each time is dead in the end", arguments: Dialect.allCases)
    func poison(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let ended = Journal<JobState>()
            shop.handlers.add(JobHandler(errand, onDead: { job, _ in ended.add(job.state) }) { _, _ in nil })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            for attempt in 1...JobStore.mostStops {
                #expect(try await shop.state(id) != .dead)
                // Most stops are not its doing: beyond its attempts it is tried again, but later each time.
                if attempt > errand.maxAttempts {
                    #expect(try await shop.worker().claim().isEmpty)
                    shop.clock.advance(60)
                }
                #expect(try await shop.worker().claim().map(\.attempt) == [attempt])
                shop.clock.advance(16)
                // An idle worker with no place of its own for the job does the looking after.
                _ = try await shop.worker(places: 0).drain()
            }
            #expect(try await shop.state(id) == .dead)
            #expect(ended.entries == [.dead])
        }
    }

    @Test("A worker that is alone takes over at its start, lease or no lease", arguments: Dialect.allCases)
    func alone(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let done = Journal<Int>()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    done.add(context.attempt)
                    return nil
                })
            try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            #expect(try await shop.worker().claim().count == 1)
            try await shop.running(shop.worker { $0.isAlone = true }) { await done.wait(for: 1) }
            #expect(done.entries == [2])
        }
    }

    @Test("A new job wakes a running worker at once, without waiting for the next poll")
    func bell() async throws {
        try await withWorkshop(.sqlite) { shop in
            let done = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    done.add(payload.name)
                    return nil
                })
            try await shop.running(shop.worker { $0.pollInterval = .seconds(3600) }) {
                for number in 1...20 {
                    try await shop.queue.enqueue(errand, Errand(name: "\(number)"), user: nil)
                    await done.wait(for: number)
                }
            }
            #expect(done.entries.count == 20)
        }
    }

    @Test("Cancelling a running job stops it at once in the same process", arguments: Dialect.allCases)
    func cancelRunning(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let events = Journal<String>()
            shop.handlers.add(
                JobHandler(errand, onDead: { job, _ in events.add(job.state.rawValue) }) { _, _ in
                    events.add("began")
                    try await Task.sleep(for: .seconds(3600))
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.running(shop.worker { $0.heartbeat = .seconds(3600) }) {
                await events.wait(for: 1)
                let job = try await shop.queue.cancel(id, of: shop.user)
                #expect(job.isCancelRequested)
                await events.wait(for: 2)
            }
            #expect(events.entries == ["began", "cancelled"])
            #expect(try await shop.state(id) == .cancelled)
        }
    }

    @Test("Cancelled elsewhere, a running job stops at its worker's next heartbeat", arguments: Dialect.allCases)
    func cancelElsewhere(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let events = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { _, _ in
                    events.add("began")
                    try await Task.sleep(for: .seconds(3600))
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let elsewhere = JobQueue(database: shop.database, handlers: shop.handlers, ambient: shop.clock.ambient, clock: .process)
            let worker = shop.worker { $0.heartbeat = .seconds(3600) }
            try await shop.running(worker) {
                await events.wait(for: 1)
                try await elsewhere.cancel(id, of: shop.user)
                let state = try await shop.state(id)
                #expect(state == .running)
                try await worker.beat()
            }
            #expect(try await shop.state(id) == .cancelled)
        }
    }

    @Test("A heartbeat keeps a long job's lease", arguments: Dialect.allCases)
    func heartbeat(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let began = Journal<Int>()
            let release = ShutdownSignal()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    began.add(context.attempt)
                    await release.wait()
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let worker = shop.worker { $0.heartbeat = .seconds(3600) }
            try await shop.running(worker) {
                await began.wait(for: 1)
                for _ in 0..<5 {
                    shop.clock.advance(10)
                    try await worker.beat()
                    let count = try await shop.worker().drain()
                    #expect(count == 0)
                }
                release.trigger()
            }
            #expect(began.entries == [1])
            #expect(try await shop.state(id) == .succeeded)
        }
    }

    @Test("A worker that was believed dead writes nothing over its successor's work", arguments: Dialect.allCases)
    func fencing(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let began = Journal<Int>()
            let release = ShutdownSignal()
            let refused = Journal<Bool>()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    began.add(context.attempt)
                    guard context.attempt == 1 else { return ["by": "the second"] }
                    await release.wait()
                    do {
                        try await shop.database.transaction(as: .system) { try await context.fence(in: $0) }
                        refused.add(false)
                    } catch { refused.add(true) }
                    return ["by": "the first"]
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.running(
                shop.worker(places: 1) {
                    $0.heartbeat = .seconds(3600); $0.pollInterval = .seconds(3600)
                }
            ) {
                await began.wait(for: 1)
                shop.clock.advance(16)
                let count = try await shop.worker().drain()
                #expect(count == 1)
                release.trigger()
            }
            #expect(refused.entries == [true])
            let job = try await shop.queue.job(id, of: shop.user)
            #expect(job.result == ["by": "the second"])
            #expect(job.attempt == 2)
        }
    }

    @Test(
        "After the machine slept a worker goes on with what it has in hand, and starts it no second time",
        arguments: Dialect.allCases)
    func sleep(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let began = Journal<String>()
            let release = ShutdownSignal()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    began.add(payload.name)
                    if payload.name == "long" { await release.wait() }
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "long"), user: shop.user)
            let worker = shop.worker { $0.heartbeat = .seconds(3600) }
            try await shop.running(worker) {
                await began.wait(for: 1)
                shop.clock.advance(3600)
                // Makes the worker look at the table at least once after the clock has moved.
                try await shop.queue.enqueue(errand, Errand(name: "short"), user: shop.user)
                await began.wait(for: 2)
                release.trigger()
            }
            #expect(began.entries == ["long", "short"])
            let job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == .succeeded)
            #expect(job.attempt == 1)
        }
    }

    @Test("At shutdown what runs may finish", arguments: Dialect.allCases)
    func graceful(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let began = Journal<String>()
            let shutdown = ShutdownSignal()
            shop.handlers.add(
                JobHandler(errand) { payload, _ in
                    began.add(payload.name)
                    await shutdown.wait()
                    return nil
                })
            let first = try await shop.queue.enqueue(errand, Errand(name: "first"), user: shop.user)
            let second = try await shop.queue.enqueue(errand, Errand(name: "second"), user: shop.user)
            let worker = shop.worker(places: 1)
            async let run: Void = worker.run(until: shutdown)
            await began.wait(for: 1)
            shutdown.trigger()
            try await run
            #expect(try await shop.state(first) == .succeeded)
            #expect(try await shop.state(second) == .pending)
        }
    }

    @Test("What does not finish in time is handed back at once, and the attempt does not count", arguments: Dialect.allCases)
    func released(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let began = Journal<Int>()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    began.add(context.attempt)
                    if began.entries.count == 1 { try await Task.sleep(for: .seconds(3600)) }
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.running(shop.worker { $0.grace = .zero }) { await began.wait(for: 1) }
            let job = try await shop.queue.job(id, of: shop.user)
            #expect(job.state == .pending)
            #expect(job.attempt == 0)
            #expect(try await shop.worker().drain() == 1)
            #expect(began.entries == [1, 1])
        }
    }

    @Test("A task cancelled from outside hands its jobs back too", arguments: Dialect.allCases)
    func hardStop(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let began = Journal<Int>()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    began.add(context.attempt)
                    try await Task.sleep(for: .seconds(3600))
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let worker = shop.worker()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run(until: ShutdownSignal()) }
                await began.wait(for: 1)
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try await shop.state(id) == .pending)
        }
    }

    @Test("A hook that fails does not keep the job alive")
    func badHook() async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(
                JobHandler(errand, onDead: { _, _ in throw Trouble(code: .internal) }) { _, _ in
                    throw Trouble(code: .unprocessable)
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            #expect(try await shop.state(id) == .dead)
        }
    }

    @Test("A queue runs no more at once than it has places")
    func places() async throws {
        try await withWorkshop(.sqlite) { shop in
            let level = Mutex((now: 0, most: 0))
            let done = Journal<Int>()
            shop.handlers.add(
                JobHandler(errand) { _, _ in
                    level.withLock {
                        $0.now += 1
                        $0.most = max($0.most, $0.now)
                    }
                    await Task.yield()
                    level.withLock { $0.now -= 1 }
                    done.add(1)
                    return nil
                })
            for _ in 0..<30 { try await shop.queue.enqueue(errand, Errand(name: "a"), user: nil) }
            try await shop.running(shop.worker(places: 3)) { await done.wait(for: 30) }
            #expect((1...3).contains(level.withLock { $0.most }))
        }
    }

    @Test(
        "The back-off doubles up to its cap; chance takes up to half of it away",
        arguments: [(1, 1.0, 10.0), (1, 0, 5), (2, 1, 20), (3, 0.5, 30), (4, 1, 80), (5, 1, 100), (60, 1, 100), (60, 0, 50)])
    func backoff(attempt: Int, random: Double, seconds: Double) {
        #expect(errand.backoff.delay(afterAttempt: attempt, random: random) == .seconds(seconds))
    }
}
