import Database
import FoundationEssentials
import Glibc
import SQLiteDatabase
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SQLiteDurabilityTests {
    /// The child finds the folder by its parent's id, since a process that exits takes no captures.
    private static func folder(_ parent: pid_t) -> String { "/tmp/lm-crash-\(parent)" }

    /// Whether this process holds a lock on a file. The system's list is no snapshot: while locks of others come and go, one may be missed,
    /// so it is looked for again before the answer is no.
    private static func holdsLock(on path: String) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(50)
        while try !listsLock(on: path) {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(10))
        }
        return true
    }

    /// Whether the list has it: `1: POSIX ADVISORY READ PID MAJOR:MINOR:INODE …`.
    private static func listsLock(on path: String) throws -> Bool {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.contains("\(getpid())") && fields.contains { $0.hasSuffix(":\(status.st_ino)") }
        }
    }

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
        #expect(second?.kind == .damaged)
    }

    @Test("Another process that comes, writes and goes takes nothing with it, and what it wrote is seen")
    func passingProcess() async throws {
        let folder = Self.folder(getpid()) + "-passing"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = SQLiteDatabase(path: folder + "/shared.sqlite")
        try await database.transaction(as: .system) { try await $0.execute("CREATE TABLE numbers (n bigint PRIMARY KEY)") }
        // A reader that connects while the writer is connected: making it must not drop the writer's locks.
        #expect(try await database.read(as: .system) { try await $0.query("SELECT n FROM numbers") }.isEmpty)
        #expect(try await Self.holdsLock(on: folder + "/shared.sqlite"))
        await #expect(processExitsWith: .success) {
            let database = SQLiteDatabase(path: Self.folder(getppid()) + "-passing/shared.sqlite")
            try await database.transaction(as: .system) { try await $0.execute("INSERT INTO numbers (n) VALUES (1)") }
            _ = try await database.read(as: .system) { try await $0.query("SELECT n FROM numbers") }
            await database.close()
        }
        try await database.transaction(as: .system) { try await $0.execute("INSERT INTO numbers (n) VALUES (2)") }
        let rows = try await database.read(as: .system) { try await $0.query("SELECT n FROM numbers ORDER BY n") }
        #expect(try rows.map { try $0.get("n", as: Int.self) } == [1, 2])
        await database.close()
        let again = SQLiteDatabase(path: folder + "/shared.sqlite")
        let kept = try await again.read(as: .system) { try await $0.query("SELECT n FROM numbers ORDER BY n") }
        #expect(try kept.map { try $0.get("n", as: Int.self) } == [1, 2])
        await again.close()
    }
}
