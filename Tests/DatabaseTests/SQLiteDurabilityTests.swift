import Database
import FoundationEssentials
import Glibc
import SQLiteDatabase
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SQLiteDurabilityTests {
    /// The child finds the folder by its parent's id, since a process that exits takes no captures.
    private static func folder(_ parent: pid_t) -> String { "/tmp/lm-crash-\(parent)" }

    @Test("What was acknowledged survives SIGKILL, and what was not is gone")
    func survivesKill() async throws {
        let folder = Self.folder(getpid())
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let database = SQLiteDatabase(path: Self.folder(getppid()) + "/crash.sqlite")
            try await database.transaction(as: .system) { try await $0.execute("CREATE TABLE numbers (n bigint PRIMARY KEY)") }
            for number in 0..<100 {
                try await database.transaction(as: .system) { try await $0.execute("INSERT INTO numbers (n) VALUES (\(number))") }
            }
            try await database.transaction(as: .system) { transaction in
                try await transaction.execute("INSERT INTO numbers (n) VALUES (\(1000))")
                kill(getpid(), SIGKILL)
            }
        }
        let database = SQLiteDatabase(path: folder + "/crash.sqlite")
        let rows = try await database.read(as: .system) { try await $0.query("SELECT n FROM numbers ORDER BY n") }
        #expect(try rows.map { try $0.get("n", as: Int.self) } == Array(0..<100))
        await database.close()
    }

    @Test("The file is its owner's alone")
    func permissions() async throws {
        let folder = "/tmp/lm-mode-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = SQLiteDatabase(path: folder + "/db.sqlite")
        try await database.transaction(as: .system) { try await $0.execute("CREATE TABLE t (n bigint)") }
        for name in ["db.sqlite", "db.sqlite-wal", "db.sqlite-shm"] {
            var status = stat()
            #expect(stat("\(folder)/\(name)", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600, "\(name)")
        }
        await database.close()
    }

    @Test("A folder that is not there, and a file that is no database, are clear failures")
    func cannotOpen() async throws {
        let missing = SQLiteDatabase(path: "/nonexistent/lm.sqlite")
        let first = await #expect(throws: DatabaseFailure.self) { try await missing.check() }
        #expect(first?.kind == .connection)
        let path = "/tmp/lm-garbage-\(UUID().uuidString)"
        try Data(repeating: 65, count: 8192).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let second = await #expect(throws: DatabaseFailure.self) { try await SQLiteDatabase(path: path).check() }
        #expect(second?.kind == .connection)
    }
}
