@testable import Backup
import CSQLite
import Database
import FoundationEssentials
import Glibc
@testable import SQLiteDatabase
import Testing

/// SQLite's log as it is brought to the back-ups: whatever is committed, what is put together of a copy and the log is the database.
@Suite struct ChangeLogTests {
    private final class Place: Sendable {
        let folder = "/tmp/lm-change-log-\(UUID().uuidString)"
        let database: SQLiteDatabase
        let log: SQLiteChangeLog
        var path: String { folder + "/a.db" }

        init() async throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var configuration = SQLiteDatabase.Configuration()
            configuration.isLogKept = true
            database = SQLiteDatabase(path: folder + "/a.db", configuration: configuration)
            log = SQLiteChangeLog(path: folder + "/a.db")
            try await database.transaction(as: .system) { try await $0.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x blob)") }
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func write(_ count: Int, bytes: Int) async throws {
            try await database.transaction(as: .system) { transaction in
                for _ in 0..<count {
                    try await transaction.execute(
                        "INSERT INTO t (x) VALUES (\((0..<bytes).map { _ in UInt8.random(in: 0...255) }))")
                }
            }
        }

        func copy(to name: String) async throws -> [String: Int] {
            try await database.copy(to: "\(folder)/\(name)", whenAbout: {}, whenStanding: {}, onProgress: { _, _ in })
        }

        func dump(_ name: String) throws -> [String] {
            let handle = try SQLiteHandle.open("\(folder)/\(name)", flags: SQLITE_OPEN_READWRITE)
            defer { sqlite3_close_v2(handle) }
            let said: String? = try SQLiteHandle.rows("PRAGMA integrity_check", on: handle).first?.get("integrity_check")
            return [said ?? "nothing"]
                + (try SQLiteHandle.rows("SELECT id, hex(x) AS x FROM t ORDER BY id", on: handle).map {
                    "\(try $0.get("id", as: Int.self)) \(try $0.get("x", as: String.self))"
                })
        }
    }

    @Test func `a copy and all that was logged since is the database`() async throws {
        let place = try await Place()
        try await place.log.begin()
        var parts: [LoggedChanges] = []
        try await place.write(20, bytes: 300)
        // The log begins before the copy: what is in both does no harm.
        _ = try await place.copy(to: "b.db")
        for round in 0..<40 {
            // Some rounds are larger than the log may become, so it is moved and begun anew again and again.
            try await place.write(round % 7 == 0 ? 1500 : 30, bytes: round % 7 == 0 ? 4000 : 200)
            if round % 3 == 0 {
                try await place.database.transaction(as: .system) { _ = try await $0.execute("DELETE FROM t WHERE id % 5 = 0") }
            }
            if let part = try await place.log.take() { parts.append(part) }
        }
        #expect(parts.count == 40)
        #expect(try await place.log.take() == nil)
        for part in parts { try LogReplay.apply(part, to: place.folder + "/b.db") }
        let (first, second) = (try place.dump("a.db"), try place.dump("b.db"))
        #expect(first.first == "ok" && first == second && first.count > 1000)
        var status = stat()
        stat(place.path + "-wal", &status)
        // It did not grow for ever.
        #expect(status.st_size < 80 << 20)
        await place.log.close()
        await place.database.close()
    }

    @Test func `while others write at the same time, nothing is missed`() async throws {
        let place = try await Place()
        try await place.log.begin()
        _ = try await place.copy(to: "b.db")
        let writers = (0..<3).map { _ in Task { for _ in 0..<60 { try await place.write(20, bytes: 2000) } } }
        var parts: [LoggedChanges] = []
        for _ in 0..<100 { if let part = try await place.log.take() { parts.append(part) } }
        for writer in writers { try await writer.value }
        if let part = try await place.log.take() { parts.append(part) }
        for part in parts { try LogReplay.apply(part, to: place.folder + "/b.db") }
        #expect(try place.dump("a.db") == place.dump("b.db"))
        await place.log.close()
        await place.database.close()
    }

    @Test func `a log that somebody else moved is noticed`() async throws {
        let place = try await Place()
        try await place.log.begin()
        try await place.write(10, bytes: 100)
        _ = try await place.log.take()
        try await place.write(10, bytes: 100)
        // As the shell does it: all of the log into the file, and the next writer begins it anew.
        let other = try SQLiteHandle.open(place.path, flags: SQLITE_OPEN_READWRITE)
        try SQLiteHandle.execute("PRAGMA wal_checkpoint(RESTART)", on: other)
        sqlite3_close_v2(other)
        try await place.write(1, bytes: 100)
        await #expect(throws: ChangeLogBroken.self) { try await place.log.take() }
        // And goes on from there.
        try await place.log.begin()
        _ = try await place.copy(to: "b.db")
        try await place.write(5, bytes: 100)
        let part = try #require(try await place.log.take())
        try LogReplay.apply(part, to: place.folder + "/b.db")
        #expect(try place.dump("a.db") == place.dump("b.db"))
        await place.log.close()
        await place.database.close()
    }

    @Test func `half a transaction is not applied`() async throws {
        let place = try await Place()
        try await place.log.begin()
        _ = try await place.copy(to: "b.db")
        try await place.write(100, bytes: 4000)
        let part = try #require(try await place.log.take())
        let before = try place.dump("b.db")
        // All but the last page, which ends the transaction.
        let cut = try #require(LoggedChanges(Array(part.bytes.dropLast(part.pageSize + LoggedChanges.headSize))))
        try LogReplay.apply(cut, to: place.folder + "/b.db")
        #expect(try place.dump("b.db") == before)
        #expect(LoggedChanges([]) == nil && LoggedChanges(Array(part.bytes.dropLast())) == nil)
        await place.log.close()
        await place.database.close()
    }
}
