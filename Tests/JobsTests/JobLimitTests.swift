import Database
import DatabaseTesting
import Foundation
import Jobs
import Synchronization
import Testing

@Suite("Limits of kinds over all processes", .timeLimit(.minutes(3)))
struct JobLimitTests {
    private static let heavy = JobKind<Errand>("test.heavy", atMost: 2)
    private static let light = JobKind<Errand>("test.light")

    @Test("Two processes together never run more of a kind than it allows; nothing else waits for it", arguments: Dialect.allCases)
    func together(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: JobsMigrations.all) { first, second in
            let shops = [Workshop(first), Workshop(second)]
            let running = Mutex((now: 0, most: 0))
            let done = Journal<String>()
            for shop in shops {
                shop.handlers.add(
                    JobHandler(Self.heavy) { errand, _ in
                        running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                        for _ in 0..<50 { await Task.yield() }
                        running.withLock { $0.now -= 1 }
                        done.add(errand.name)
                        return nil
                    })
                shop.handlers.add(
                    JobHandler(Self.light) { errand, _ in
                        done.add(errand.name)
                        return nil
                    })
            }
            for number in 0..<30 { try await shops[0].queue.enqueue(Self.heavy, Errand(name: "heavy \(number)"), user: nil) }
            for number in 0..<10 { try await shops[0].queue.enqueue(Self.light, Errand(name: "light \(number)"), user: nil) }
            let workers = shops.map { $0.worker(places: 8) { $0.pollInterval = .milliseconds(20) } }
            try await shops[0].running(workers[0]) {
                try await shops[1].running(workers[1]) { await done.wait(for: 40) }
            }
            #expect(Set(done.entries).count == 40)
            #expect(running.withLock { $0.most } == 2)
        }
    }

    @Test("A claim takes nothing of a full kind, and of a limited one what is free", arguments: Dialect.allCases)
    func claims(_ dialect: Dialect) async throws {
        try await withWorkshop(dialect) { shop in
            for kind in [Self.heavy, Self.light] { shop.handlers.add(JobHandler(kind) { _, _ in nil }) }
            for number in 0..<6 { try await shop.queue.enqueue(Self.heavy, Errand(name: "\(number)"), user: nil) }
            for number in 0..<3 { try await shop.queue.enqueue(Self.light, Errand(name: "\(number)"), user: nil) }
            let first = try await shop.worker(places: 4).claim()
            #expect(first.map(\.kind) == ["test.heavy", "test.heavy", "test.light", "test.light"])
            let second = try await shop.worker(places: 4).claim()
            #expect(second.map(\.kind) == ["test.light"])
            // A setting says otherwise.
            let third = try await shop.worker(places: 4) { $0.limits = ["test.heavy": 3] }.claim()
            #expect(third.map(\.kind) == ["test.heavy"])
            #expect(try await shop.worker(places: 4) { $0.limits = ["test.heavy": 3, "test.light": 1] }.claim().isEmpty)
        }
    }
}
