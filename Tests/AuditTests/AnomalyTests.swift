import Ambient
import Assembly
@testable import Audit
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import Jobs
import Lifecycle
import Synchronization
import Telemetry
import Testing

@Suite("What is not as it always is", .timeLimit(.minutes(2)))
struct AnomalyTests {
    struct SignIn: Codable, Sendable { var device: String }
    struct Told: Sendable, Equatable {
        let anomaly: Anomaly
        let user: UserID
    }

    /// Runs what reacts to security events while `body` stores some; then all of it has been worked on.
    private func with(
        _ dialect: Dialect, limit: Int = 5,
        _ body: (_ store: @Sendable (String, UserID?, String) async throws -> Void, DownloadWatch) async throws -> Void
    ) async throws -> [Told] {
        let told = Mutex<[Told]>([])
        let migrations = JobsMigrations.all + EventsMigrations.all + AuditMigrations.all
        try await withDatabase(dialect, migrations: migrations) { database in
            let handlers = JobHandlers()
            let queue = JobQueue(database: database, handlers: handlers)
            let kinds = Set(AuditFeature.manifest.reactions.map(\.event) + Anomaly.allCases.map(\.rawValue))
            let recorder = AuditRecorder(kinds: kinds)
            let reactions = AuditFeature.manifest.reactions
            let outbox = EventOutbox(bus: EventBus()) { event, transaction in
                try await recorder.record(event, in: transaction)
                for reaction in reactions where reaction.event == event.type {
                    try await queue.enqueue(reaction.kind, event, user: event.userID, in: transaction)
                }
            }
            let service = AuditService(database: database, days: 30)
            let watch = AnomalyWatch(service: service, outbox: outbox) { anomaly, _, user, _ in
                told.withLock { $0.append(Told(anomaly: anomaly, user: user)) }
            }
            for handler in watch.handlers { handlers.add(handler) }
            var configuration = JobWorker.Configuration()
            configuration.queues = [AuditFeature.queue.name: 1]
            let worker = JobWorker(queue: queue, configuration: configuration)
            let shutdown = ShutdownSignal()
            async let running: Void = worker.run(until: shutdown)
            let result: Result<Void, any Error>
            do {
                try await body(
                    { kind, user, device in
                        try await database.transaction(as: .system) { transaction in
                            _ = try await outbox.append(
                                EventDraft(type: kind, userID: user, payload: SignIn(device: device)), in: transaction)
                        }
                    }, DownloadWatch(watch, limit: limit))
                let end = ContinuousClock.now + .seconds(60)
                while ContinuousClock.now < end {
                    let counts = try await queue.counts()
                    if [.pending, .running, .failed].allSatisfy({ (counts[$0] ?? 0) == 0 }) { break }
                    try await Task.sleep(for: .milliseconds(20))
                }
                let found = try await database.read(as: .system) { transaction in
                    try await transaction.query(
                        "SELECT kind, subject_id FROM audit_entries WHERE kind LIKE 'anomaly.%' ORDER BY id"
                    )
                    .map { row in
                        Told(
                            anomaly: try #require(Anomaly(rawValue: try row.get("kind"))),
                            user: try row.get("subject_id"))
                    }
                }
                told.withLock { told in
                    for each in found where !told.contains(each) { told.append(each) }
                }
                result = .success(())
            } catch { result = .failure(error) }
            shutdown.trigger()
            try await running
            try result.get()
        }
        return told.withLock { $0 }
    }

    @Test("Ten wrong passwords are told of, once; nine, and those of nobody, are not", arguments: Dialect.allCases)
    func failures(_ dialect: Dialect) async throws {
        let (ann, ben) = (UserID(UUID()), UserID(UUID()))
        let told = try await with(dialect) { store, _ in
            for _ in 0..<14 { try await store("user.sign_in_failed", ann, "other") }
            for _ in 0..<9 { try await store("user.sign_in_failed", ben, "other") }
            for _ in 0..<12 { try await store("user.sign_in_failed", nil, "other") }
        }
        #expect(told == [Told(anomaly: .signInFailures, user: ann)])
    }

    @Test("A spent token that comes again is told of", arguments: Dialect.allCases)
    func reuse(_ dialect: Dialect) async throws {
        let ann = UserID(UUID())
        let told = try await with(dialect) { store, _ in
            try await store("user.refresh_token_reused", ann, "other")
            try await store("user.refresh_token_reused", ann, "other")
        }
        #expect(told == [Told(anomaly: .tokenReused, user: ann)])
    }

    @Test("Many documents within minutes are told of, one that is read again and again is not", arguments: Dialect.allCases)
    func downloads(_ dialect: Dialect) async throws {
        let (ann, ben) = (UserID(UUID()), UserID(UUID()))
        let told = try await with(dialect) { _, watch in
            for _ in 0..<20 { watch.opened("/api/v1/documents/1/file", by: ben) }
            for number in 0..<9 { await watch.opened("/api/v1/documents/\(number)/file", by: ann)?.value }
        }
        #expect(told == [Told(anomaly: .massDownload, user: ann)])
    }
}
