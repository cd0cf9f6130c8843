import CSQLite
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import Glibc
@testable import SQLiteDatabase
import Testing

/// What an administrator has to mend is told as such, and passes when it is mended.
@Suite(.timeLimit(.minutes(3)))
struct SQLiteDiskTests {
    @Test("A full file refuses a write, keeps what it has, and takes writes again when there is room")
    func full() async throws {
        try await withTemporaryFolder { folder in
            let database = SQLiteDatabase(path: folder + "/full.sqlite")
            func insert(pages: Int) async throws {
                try await database.transaction(as: .system) { transaction in
                    _ = try await transaction.query("PRAGMA max_page_count = \(unsafe: "\(pages)")")
                    try await transaction.execute("INSERT INTO texts (text) VALUES (\(String(repeating: "x", count: 200_000)))")
                }
            }
            try await database.transaction(as: .system) { try await $0.execute("CREATE TABLE texts (text text)") }
            try await insert(pages: 1000)
            let failure = await #expect(throws: DatabaseFailure.self) { try await insert(pages: 60) }
            #expect(failure?.kind == .full)
            #expect(failure?.code == .insufficientStorage)
            try await insert(pages: 1000)
            #expect(try await database.read(as: .system) { try await $0.query("SELECT text FROM texts") }.count == 2)
            await database.close()
        }
    }

    @Test("A file that may not be written refuses writes until it may")
    func readOnly() async {
        await #expect(processExitsWith: .success) {
            // To root every file is writable, so this process, which is the test's own, becomes somebody else.
            if geteuid() == 0 { #expect(setgid(65534) == 0 && setuid(65534) == 0) }
            let folder = "/tmp/lm-readonly-\(getpid())-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let path = folder + "/db.sqlite"
            let first = SQLiteDatabase(path: path)
            try await first.transaction(as: .system) { try await $0.execute("CREATE TABLE numbers (n bigint)") }
            await first.close()
            #expect(chmod(path, 0o400) == 0)

            let database = SQLiteDatabase(path: path)
            func insert() async throws {
                try await database.transaction(as: .system) { try await $0.execute("INSERT INTO numbers (n) VALUES (1)") }
            }
            let failure = await #expect(throws: DatabaseFailure.self) { try await insert() }
            #expect(failure?.kind == .readOnly)
            #expect(failure?.code == .unavailable)
            #expect(chmod(path, 0o600) == 0)
            try await insert()
            await database.close()
        }
    }

    @Test(
        "What the system says of the file is told",
        arguments: [
            (SQLITE_FULL, Int32(0), true, DatabaseFailure.Kind.full), (SQLITE_IOERR, ENOSPC, true, .full),
            (SQLITE_IOERR, EDQUOT, true, .full),
            (SQLITE_IOERR, EROFS, true, .readOnly), (SQLITE_CANTOPEN, EACCES, true, .readOnly),
            (SQLITE_CANTOPEN, ENOENT, true, .connection),
            (SQLITE_READONLY, 0, false, .readOnly), (SQLITE_READONLY, 0, true, .statement),
            (SQLITE_READONLY | 6 << 8, 0, true, .readOnly),
        ])
    func kinds(_ code: Int32, _ systemError: Int32, _ isWritable: Bool, _ kind: DatabaseFailure.Kind) {
        #expect(SQLiteFailure.kind(code, systemError: systemError, isWritable: isWritable) == kind)
    }
}
