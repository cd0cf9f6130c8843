import Ambient
import Database
import DatabaseTesting
import FoundationEssentials
import Jobs
import Lifecycle
import Synchronization

/// A clock that stands until it is moved.
final class StoppedClock: Sendable {
    private let date = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var ambient: Ambient { Ambient(now: { self.now }, newUUID: { UUIDv7.make(at: Date()) }) }
    var now: Date { date.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { date.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// A list that many tasks write to and a test may wait for.
final class Journal<Entry: Sendable & Equatable>: Sendable {
    private struct State {
        var entries: [Entry] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var entries: [Entry] { state.withLock { $0.entries } }

    func add(_ entry: Entry) {
        let ready = state.withLock { state in
            state.entries.append(entry)
            let ready = state.waiters.filter { $0.count <= state.entries.count }
            state.waiters.removeAll { $0.count <= state.entries.count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    /// Returns when there are that many entries.
    func wait(for count: Int) async {
        await withCheckedContinuation { continuation in
            let now = state.withLock { state -> Bool in
                if state.entries.count >= count { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if now { continuation.resume() }
        }
    }
}

struct Errand: Codable, Sendable, Equatable {
    var name: String
}

/// A queue over a fresh database, with everything that a test may turn.
struct Workshop: Sendable {
    let database: any Database
    let clock = StoppedClock()
    let handlers = JobHandlers()
    let queue: JobQueue
    let user = UserID(UUIDv7.make(at: Date()))

    init(_ database: any Database) {
        self.database = database
        queue = JobQueue(database: database, handlers: handlers, ambient: clock.ambient, clock: .process)
    }

    /// Jitter is off, so delays are the whole back-off.
    func worker(
        places: Int = 4, _ change: (inout JobWorker.Configuration) -> Void = { _ in },
        onUpdate: @escaping @Sendable (JobUpdate) -> Void = { _ in }
    ) -> JobWorker {
        var configuration = JobWorker.Configuration()
        configuration.queues = ["default": places]
        change(&configuration)
        return JobWorker(queue: queue, configuration: configuration, random: { 1 }, onUpdate: onUpdate)
    }

    func state(_ id: JobID) async throws -> JobState { try await queue.job(id, of: user).state }

    /// Runs the worker as the program does while `body` runs, then stops it.
    func running(_ worker: JobWorker, _ body: () async throws -> Void) async throws {
        let shutdown = ShutdownSignal()
        // Awaited below.
        let task = Task { try await worker.run(until: shutdown) }
        do { try await body() } catch {
            shutdown.trigger()
            try await task.value
            throw error
        }
        shutdown.trigger()
        try await task.value
    }
}

func withWorkshop(_ dialect: Dialect, _ body: (Workshop) async throws -> Void) async throws {
    try await withDatabase(dialect, migrations: JobsMigrations.all) { try await body(Workshop($0)) }
}

let errand = JobKind<Errand>("test.errand", maxAttempts: 3, backoff: JobBackoff(base: .seconds(10), cap: .seconds(100)))
