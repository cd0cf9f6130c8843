import Database
import Glibc
import PostgresDatabase
import Signals
import Synchronization

// What signals cost on PostgreSQL: writers commit small transactions as fast as they can, with a signal each and without, in turn.
//   signal-bench URL [WRITERS [TRANSACTIONS [ROUNDS]]]

let words = CommandLine.arguments
guard words.count > 1 else {
    print("usage: signal-bench URL [WRITERS [TRANSACTIONS [ROUNDS]]]")
    exit(64)
}
let writers = words.count > 2 ? Int(words[2]) ?? 8 : 8
let transactions = words.count > 3 ? Int(words[3]) ?? 500 : 500
let rounds = words.count > 4 ? Int(words[4]) ?? 5 : 5

var configuration = PostgresDatabase.Configuration(url: words[1])
configuration.connections = writers
let here = PostgresDatabase(configuration: configuration)
let there = PostgresDatabase(url: words[1])
let topic = SignalTopic("bench.changed")

try await here.transaction(as: .system) {
    try await $0.execute("DROP TABLE IF EXISTS signal_bench")
    try await $0.execute("CREATE TABLE signal_bench (id bigint PRIMARY KEY, words text NOT NULL)")
}

let clock = ContinuousClock()
let began = clock.now
/// When each signal was committed by its number, and how long after that it was heard, in milliseconds.
let committed = Mutex<[Int: Duration]>([:])
let heard = Mutex<[Int: Duration]>([:])
let next = Atomic(0)

func quantile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

/// Transactions a second, and how long each took, in milliseconds.
func write(signalling: Bool) async throws -> (rate: Double, times: [Double]) {
    let start = clock.now
    let times = try await withThrowingTaskGroup(of: [Double].self) { group in
        for _ in 0..<writers {
            group.addTask {
                var times: [Double] = []
                for _ in 0..<transactions {
                    let number = next.add(1, ordering: .relaxed).newValue
                    let from = clock.now
                    try await here.transaction(as: .system) { transaction in
                        try await transaction.execute("INSERT INTO signal_bench (id, words) VALUES (\(number), 'some words')")
                        if signalling { transaction.signal(Signal(topic, "\(number)")) }
                    }
                    let now = clock.now
                    times.append((now - from) / .milliseconds(1))
                    if signalling { committed.withLock { $0[number] = now - began } }
                }
                return times
            }
        }
        return try await group.reduce(into: []) { $0 += $1 }
    }
    return (Double(writers * transactions) / ((clock.now - start) / .seconds(1)), times)
}

func report(_ name: String, _ rates: [Double], _ times: [Double]) {
    print(
        "\(name): \(Int(quantile(rates, 0.5))) transactions/s (median of \(rates.count)), each p50 \(quantile(times, 0.5)) ms, p99 \(quantile(times, 0.99)) ms"
    )
}

try await withThrowingTaskGroup(of: Void.self) { group in
    let (listening, feed) = AsyncStream<Void>.makeStream()
    group.addTask {
        try? await there.signals.listen { news in
            if case .signal(let signal) = news, let number = Int(signal.text) {
                let now = clock.now - began
                heard.withLock { $0[number] = now }
            } else {
                feed.yield()
            }
        }
    }
    for await _ in listening { break }
    var plain: (rates: [Double], times: [Double]) = ([], [])
    var signalled = plain
    _ = try await write(signalling: true)
    for _ in 0..<rounds {
        let without = try await write(signalling: false)
        plain.rates.append(without.rate)
        plain.times += without.times
        let with = try await write(signalling: true)
        signalled.rates.append(with.rate)
        signalled.times += with.times
    }
    report("without signals", plain.rates, plain.times)
    report("with signals", signalled.rates, signalled.times)
    while heard.withLock({ $0.count }) < committed.withLock({ $0.count }) { try await Task.sleep(for: .milliseconds(20)) }
    let arrivals = heard.withLock { $0 }
    let delays = committed.withLock { $0.compactMap { number, at in arrivals[number].map { ($0 - at) / .milliseconds(1) } } }
    print("heard after the commit returned: p50 \(quantile(delays, 0.5)) ms, p99 \(quantile(delays, 0.99)) ms, of \(delays.count)")
    group.cancelAll()
}
await here.close()
await there.close()
