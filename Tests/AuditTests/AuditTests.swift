import Ambient
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

/// What a test moves.
private final class Clock: Sendable {
    private let now = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
    var ambient: Ambient {
        Ambient(now: { self.now.withLock { $0 } }, newUUID: { UUIDv7.make(at: self.now.withLock { $0 }) })
    }
    func advance(_ seconds: TimeInterval) { now.withLock { $0 += seconds } }
}

@Suite("The audit log", .timeLimit(.minutes(2)))
struct AuditTests {
    struct Changed: Codable, Sendable { var what: String }

    private func with(
        _ dialect: Dialect, _ body: (any Database, AuditService, EventOutbox, Clock) async throws -> Void
    ) async throws {
        let migrations = JobsMigrations.all + EventsMigrations.all + AuditMigrations.all
        try await withDatabase(dialect, migrations: migrations) { database in
            let clock = Clock()
            let recorder = AuditRecorder(kinds: ["user.changed"])
            let outbox = EventOutbox(bus: EventBus(), ambient: clock.ambient) { try await recorder.record($0, in: $1) }
            try await body(database, AuditService(database: database, days: 30, ambient: clock.ambient), outbox, clock)
        }
    }

    private func change(
        _ what: String, _ user: UserID?, _ outbox: EventOutbox, in database: any Database, type: String = "user.changed"
    ) async throws {
        let actor = user.map { Actor.user($0) } ?? .system
        try await database.transaction(as: actor) { transaction in
            _ = try await outbox.append(EventDraft(type: type, userID: user, payload: Changed(what: what)), in: transaction)
        }
    }

    @Test("An entry is there exactly if its event is, with who did it and from which network", arguments: Dialect.allCases)
    func written(_ dialect: Dialect) async throws {
        try await with(dialect) { database, service, outbox, _ in
            let (user, admin) = (UserID(UUID()), UserID(UUID()))
            let span = Tracer.silent.span(
                "PATCH /users", .server, parent: nil, requestID: "r-1", clientAddress: "198.51.100.23")
            span.identify(user: admin)
            try await span.run { try await change("ada@example.org is new", user, outbox, in: database) }
            try await change("nothing of safety", user, outbox, in: database, type: "deck.created")
            struct Off: Error {}
            await #expect(throws: Off.self) {
                try await database.transaction(as: .system) { transaction in
                    _ = try await outbox.append(
                        EventDraft(type: "user.changed", userID: user, payload: Changed(what: "b")), in: transaction)
                    throw Off()
                }
            }
            let (entries, total) = try await service.entries(AuditFilter(), offset: 0, limit: 10)
            let entry = try #require(entries.first)
            #expect(total == 1 && entry.kind == "user.changed" && entry.subjectID == user && entry.actorID == admin)
            #expect(entry.network == "198.51.100.0" && entry.requestID == "r-1" && entry.traceID == span.context.traceID.text)
            #expect(!entry.details.contains("example.org") && entry.details.contains("is new"))
            #expect(try await service.entries(AuditFilter(person: admin), offset: 0, limit: 10).total == 1)
            #expect(try await service.entries(AuditFilter(person: UserID(UUID())), offset: 0, limit: 10).total == 0)
            #expect(try await service.entries(AuditFilter(kind: "user.deleted"), offset: 0, limit: 10).total == 0)
            let seen = try await database.read(as: .user(user)) { try await $0.query("SELECT id FROM audit_entries").count }
            #expect(seen == (dialect == .postgres ? 0 : 1), "row-level security shows it to nobody")
        }
    }

    @Test("Three processes that chain at once leave one whole chain", arguments: Dialect.allCases)
    func chained(_ dialect: Dialect) async throws {
        try await with(dialect) { database, service, outbox, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<10 { try await change("\(writer).\(number)", UserID(UUID()), outbox, in: database) }
                    }
                }
                for _ in 0..<3 { group.addTask { for _ in 0..<10 { try await service.seal(limit: 7) } } }
                try await group.waitForAll()
            }
            let report = try await service.verify(batch: 9)
            #expect(report.problem == nil && report.entries == 40 && report.head.lastSequence == 40)
            let known = (sequence: Int64(40), hash: report.head.lastHash)
            #expect(try await service.verify(knowing: known).problem == nil)
            let other = (sequence: Int64(40), hash: String(repeating: "a", count: 64))
            #expect(try await service.verify(knowing: other).problem?.contains("made anew") == true)
        }
    }

    @Test("The database itself refuses to change, remove or forge an entry", arguments: Dialect.allCases)
    func appendOnly(_ dialect: Dialect) async throws {
        try await with(dialect) { database, service, outbox, _ in
            for number in 0..<3 { try await change("\(number)", UserID(UUID()), outbox, in: database) }
            try await service.seal()
            try await change("waits", UserID(UUID()), outbox, in: database)
            let forged: [SQL] = [
                "UPDATE audit_entries SET details = 'x' WHERE sequence = 2", "DELETE FROM audit_entries WHERE sequence = 2",
                "DELETE FROM audit_entries WHERE sequence IS NULL", "UPDATE audit_entries SET details = 'x' WHERE sequence IS NULL",
                "UPDATE audit_entries SET sequence = 9, previous = 'a', hash = 'b', kind = 'x' WHERE sequence IS NULL",
                "UPDATE audit_head SET last_sequence = 1 WHERE id = 1", "DELETE FROM audit_head",
                """
                INSERT INTO audit_entries (id, sequence, occurred_at, kind, network, request_id, trace_id, details, previous, hash)
                VALUES (\(UserID(UUID())), 7, \(Date()), 'a', '', '', '', '{}', 'a', 'b')
                """,
            ]
            for statement in forged {
                await #expect(throws: DatabaseFailure.self, "\(statement)") {
                    try await database.transaction(as: .system) { try await $0.execute(statement) }
                }
            }
            if dialect == .postgres {
                await #expect(throws: DatabaseFailure.self) {
                    try await database.transaction(as: .system) { try await $0.execute("TRUNCATE audit_entries") }
                }
            }
            #expect(try await service.verify().problem == nil)
        }
    }

    @Test("Who takes the guards away is found out by the chain", arguments: Dialect.allCases, ["changed", "removed", "cut"])
    func tampered(_ dialect: Dialect, _ how: String) async throws {
        try await with(dialect) { database, service, outbox, _ in
            for number in 0..<5 { try await change("\(number)", UserID(UUID()), outbox, in: database) }
            try await service.seal()
            try await database.transaction(as: .system) { transaction in
                if dialect == .postgres {
                    try await transaction.execute("ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_guarded")
                } else {
                    for name in ["adding", "changing", "removing"] {
                        try await transaction.execute("DROP TRIGGER \(unsafe: "audit_entries_" + name)")
                    }
                }
                switch how {
                case "changed":
                    try await transaction.execute(
                        "UPDATE audit_entries SET details = replace(details, '2', '9') WHERE sequence = 3")
                case "removed": try await transaction.execute("DELETE FROM audit_entries WHERE sequence = 3")
                default: try await transaction.execute("DELETE FROM audit_entries WHERE sequence = 5")
                }
            }
            let report = try await service.verify()
            #expect(
                report.problem == ["changed": "Entry 3 is not as it was written.", "removed": "Entry 3 is missing."][how]
                    ?? "The chain ends at entry 4, and should at 5.")
        }
    }

    @Test("What is too old goes, and the rest still can be checked", arguments: Dialect.allCases)
    func pruned(_ dialect: Dialect) async throws {
        try await with(dialect) { database, service, outbox, clock in
            for day in 0..<40 {
                try await change("\(day)", UserID(UUID()), outbox, in: database)
                clock.advance(86_400)
            }
            try await service.seal()
            #expect(try await service.prune() == 10)
            #expect(try await service.prune() == 0)
            let report = try await service.verify()
            #expect(report.problem == nil && report.entries == 30 && report.head.firstSequence == 10)
            try await change("more", UserID(UUID()), outbox, in: database)
            #expect(try await service.verify().entries == 31)
            clock.advance(100 * 86_400)
            #expect(try await service.prune() == 31)
            let empty = try await service.verify()
            #expect(empty.problem == nil && empty.entries == 0 && empty.head.lastSequence == 41)
        }
    }

    @Test("An export has all, in order, as a table and as lines", arguments: Dialect.allCases)
    func exported(_ dialect: Dialect) async throws {
        try await with(dialect) { database, service, outbox, clock in
            for text in ["=1+1, \"quoted\"", "b", "c"] {
                try await change(text, UserID(UUID()), outbox, in: database)
                clock.advance(60)
            }
            try await service.seal()
            let rows = Mutex<[String]>([])
            let since = Date(timeIntervalSince1970: 1_800_000_030)
            try await service.export(AuditFilter(), batch: 2) { entries in
                for entry in entries { rows.withLock { $0.append(AuditTable.row(entry)) } }
            }
            #expect(rows.withLock { $0.map { $0.prefix(2) } } == ["1,", "2,", "3,"])
            #expect(rows.withLock { $0[0] }.contains(#""{""what"":""=1+1, \""quoted\""""}""#))
            let late = Mutex(0)
            try await service.export(AuditFilter(since: since)) { entries in late.withLock { $0 += entries.count } }
            #expect(late.withLock { $0 } == 2)
            let line = try AuditTable.line(
                try #require(try await service.entries(AuditFilter(), offset: 2, limit: 1).entries.first))
            #expect(line.contains(#""sequence":1"#) && line.contains(#""kind":"user.changed""#) && !line.contains("\n"))
        }
    }
}
