import Database
import DatabaseTesting
import FoundationEssentials
import Jobs
import Lifecycle
import Signals
import Testing

/// A server that enqueues and a worker in another process, on one database. Nothing but signals is in time.
@Suite(.timeLimit(.minutes(3)))
struct JobSignalTests {
    @Test("A job that one process adds runs in the other at once, and one cancelled there stops", arguments: Dialect.allCases)
    func runsAndStops(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: JobsMigrations.all) { first, second in
            let (front, back) = (Workshop(first), Workshop(second))
            let events = Journal<String>()
            back.handlers.add(
                JobHandler(errand, onDead: { ended, _ in events.add(ended.state.rawValue) }) { payload, _ in
                    events.add(payload.name)
                    if payload.name == "long" { try await Task.sleep(for: .seconds(600)) }
                    return nil
                })
            let worker = back.worker { configuration in
                configuration.pollInterval = .seconds(600)
                configuration.heartbeat = .seconds(600)
            }
            let listener = SignalListener(channel: second.signals)
            back.queue.follow(listener)
            let (listening, begun) = AsyncStream<Void>.makeStream()
            listener.on(SignalTopic("test")) { _ in begun.yield() }
            let shutdown = ShutdownSignal()
            try await back.running(worker) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.run(until: shutdown) }
                    for await _ in listening { break }
                    try await front.queue.enqueue(errand, Errand(name: "short"), user: front.user)
                    await events.wait(for: 1)
                    let id = try await front.queue.enqueue(errand, Errand(name: "long"), user: front.user)
                    await events.wait(for: 2)
                    try await front.queue.cancel(id, of: front.user)
                    await events.wait(for: 3)
                    #expect(events.entries == ["short", "long", "cancelled"])
                    shutdown.trigger()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("A handler that ends its job in its own transaction: both are seen at once, or neither", arguments: Dialect.allCases)
    func succeedsWithin(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let seen = Journal<String>()
            let updates = Journal<JobState>()
            let worker = shop.worker(onUpdate: { updates.add($0.state) })
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    context.log("first")
                    struct Stop: Error {}
                    // Rolled back, it has not succeeded.
                    try? await shop.database.transaction(as: .system) { transaction in
                        try await context.succeed(with: ["try": "1"], in: transaction)
                        throw Stop()
                    }
                    let before = try await shop.state(context.jobID)
                    seen.add(before.rawValue)
                    try await shop.database.transaction(as: .system) { transaction in
                        try await context.succeed(with: ["try": "2"], in: transaction)
                    }
                    let after = try await shop.state(context.jobID)
                    seen.add(after.rawValue)
                    context.log("last")
                    // The heartbeat does not find it running, and lets its handler finish all the same.
                    try await worker.beat()
                    try context.checkCancelled()
                    seen.add("let go on")
                    // Too late to matter.
                    throw Stop()
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await worker.drain()
            let (job, lines) = try await shop.queue.jobWithLog(id, of: shop.user)
            #expect(seen.entries == ["running", "succeeded", "let go on"])
            #expect(job.state == .succeeded)
            #expect(job.result == ["try": "2"])
            #expect(lines.map(\.text) == ["first", "last"])
            #expect(updates.entries == [.running, .succeeded])
        }
    }

    @Test("An attempt that does not own its job any more cannot end it", arguments: Dialect.allCases)
    func succeedsFenced(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            let failures = Journal<String>()
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    try await shop.database.transaction(as: .system) {
                        try await $0.execute("UPDATE jobs SET attempt = attempt + 1 WHERE id = \(context.jobID)")
                    }
                    do {
                        try await shop.database.transaction(as: .system) { try await context.succeed(in: $0) }
                    } catch {
                        failures.add("refused")
                        throw error
                    }
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            #expect(failures.entries == ["refused"])
            #expect(try await shop.state(id) == .running)
        }
    }
}
