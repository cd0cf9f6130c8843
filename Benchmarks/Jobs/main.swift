import Database
import Glibc
import Jobs
import Lifecycle
import PostgresDatabase
import SQLiteDatabase
import Synchronization

// How many durable jobs a second the queue takes in and works off, and how long one waits at a steady rate.
//   jobs-bench (URL|FILE) [JOBS [WIDTH [RATE [SECONDS]]]]    prints one line of JSON

/// When it was enqueued, in nanoseconds of the monotonic clock.
struct Stamp: Codable, Sendable { var at: Int64 }

func nanoseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

let words = CommandLine.arguments
guard words.count > 1 else {
    print("usage: jobs-bench (URL|FILE) [JOBS [WIDTH [RATE [SECONDS]]]]")
    exit(64)
}
func number(_ index: Int, _ fallback: Int) -> Int { words.count > index ? Int(words[index]) ?? fallback : fallback }
let (count, width, rate, duration) = (number(2, 10_000), number(3, 20), number(4, 200), number(5, 10))

let database: any Database
if words[1].hasPrefix("postgres") {
    database = PostgresDatabase(url: words[1])
} else {
    // As the setting of the product says.
    var configuration = SQLiteDatabase.Configuration()
    configuration.durability = getenv("LM_DURABILITY").map { String(cString: $0) } == "process" ? .processDeath : .powerLoss
    database = SQLiteDatabase(path: words[1], configuration: configuration)
}
_ = try await Migrator(database: database).apply(JobsMigrations.all)

let kind = JobKind<Stamp>("bench.job", queue: "bench")
let handlers = JobHandlers()
let waits = Mutex<[Double]>([])
let done = Atomic(0)
handlers.add(
    JobHandler(kind) { stamp, _ in
        let wait = Double(nanoseconds() - stamp.at) / 1e6
        waits.withLock { $0.append(wait) }
        done.add(1, ordering: .relaxed)
        return nil
    })
let queue = JobQueue(database: database, handlers: handlers)
var configuration = JobWorker.Configuration()
configuration.queues = ["bench": width]
let worker = JobWorker(queue: queue, configuration: configuration)

func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

/// Each in a transaction of its own, from eight tasks at once.
func enqueue(_ count: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for part in 0..<8 {
            group.addTask {
                for _ in stride(from: part, to: count, by: 8) { try await queue.enqueue(kind, Stamp(at: nanoseconds()), user: nil) }
            }
        }
        try await group.waitForAll()
    }
}

func waitUntilDone(_ count: Int) async throws {
    while true {
        let left = try await queue.counts()
        if left[.succeeded, default: 0] >= count { return }
        try await Task.sleep(for: .milliseconds(5))
    }
}

let clock = ContinuousClock()
var began = clock.now
try await enqueue(count)
let enqueued = Double(count) / seconds(clock.now - began)

let shutdown = ShutdownSignal()
let running = Task { try await worker.run(until: shutdown) }
began = clock.now
try await waitUntilDone(count)
let worked = Double(count) / seconds(clock.now - began)

// At a steady rate, with the worker waiting.
waits.withLock { $0 = [] }
began = clock.now
for index in 0..<rate * duration {
    let due = began + .microseconds(index * 1_000_000 / rate)
    if due > clock.now { try await Task.sleep(until: due) }
    _ = Task { try await queue.enqueue(kind, Stamp(at: nanoseconds()), user: nil) }
}
try await waitUntilDone(count + rate * duration)
let steady = waits.withLock { $0 }
shutdown.trigger()
try await running.value
await database.close()

print(
    """
    {"enqueued": \(enqueued), "worked": \(worked), "p50": \(quantile(steady, 0.5)), "p95": \(quantile(steady, 0.95)), "p99": \(quantile(steady, 0.99))}
    """)
