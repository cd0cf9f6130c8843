package import Backup
import Concurrency
import CSQLite
import Database
import Failures

extension SQLiteDatabase: CopyableDatabase {
    package var form: BackupDatabaseForm { .sqlite }

    /// By SQLite's own online copy, within one read transaction: writers go on, and their pages stay in the log until it ends.
    package func copy(
        to path: String, whenAbout: @Sendable () async throws -> Void, whenStanding: @Sendable () async throws -> Void,
        onProgress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
    ) async throws -> [String: Int] {
        let copy = SQLiteCopy()
        let result: Result<[String: Int], any Error>
        do {
            try await copy.open(self.path)
            try await whenAbout()
            try await copy.begin()
            try await whenStanding()
            try await copy.write(to: path)
            while let (done, total) = try await copy.step() {
                try Task.checkCancellation()
                try onProgress(done, total)
            }
            result = .success(try await copy.rows())
        } catch { result = .failure(error) }
        await copy.close()
        copy.executor.retire()
        return try result.get()
    }
}

/// One copy of a database's file: two handles on a thread of their own.
actor SQLiteCopy {
    nonisolated let executor = ThreadExecutor(name: "sqlite-copy")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Four megabytes a step, of pages of the usual size.
    private static let pagesOfStep: Int32 = 1024

    private var source: OpaquePointer?
    private var goal: OpaquePointer?
    private var copy: OpaquePointer?
    private var pageSize = 4096

    func open(_ path: String) throws(DatabaseFailure) {
        source = try SQLiteHandle.open(path, flags: SQLITE_OPEN_READWRITE)
        try SQLiteHandle.execute("PRAGMA query_only = ON", on: source)
    }

    /// From the first read on, the transaction sees that state.
    func begin() throws(DatabaseFailure) {
        try SQLiteHandle.execute("BEGIN", on: source)
        guard let first = try SQLiteHandle.rows("PRAGMA page_size", on: source).first else { return }
        pageSize = try first.get("page_size")
        _ = try SQLiteHandle.rows("SELECT count(*) FROM sqlite_schema", on: source)
    }

    func write(to path: String) throws(DatabaseFailure) {
        goal = try SQLiteHandle.open(path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        // The copy is of no use unless it is whole.
        try SQLiteHandle.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", on: goal)
        copy = sqlite3_backup_init(goal, "main", source, "main")
        if copy == nil { throw SQLiteFailure.make(sqlite3_errcode(goal), goal) }
    }

    /// Bytes; nil at the end.
    func step() throws(DatabaseFailure) -> (done: Int, total: Int)? {
        switch sqlite3_backup_step(copy, Self.pagesOfStep) {
        case SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED:
            let (left, total) = (Int(sqlite3_backup_remaining(copy)), Int(sqlite3_backup_pagecount(copy)))
            return ((total - left) * pageSize, total * pageSize)
        case SQLITE_DONE:
            let code = sqlite3_backup_finish(copy)
            copy = nil
            if code != SQLITE_OK { throw SQLiteFailure.make(code, goal) }
            return nil
        case let code: throw SQLiteFailure.make(code, goal)
        }
    }

    /// Of each table, in the state that was copied.
    func rows() throws(DatabaseFailure) -> [String: Int] { try SQLiteHandle.rowCounts(on: source) }

    func close() {
        if let copy { sqlite3_backup_finish(copy) }
        for handle in [goal, source] { sqlite3_close_v2(handle) }
        (copy, goal, source) = (nil, nil, nil)
    }
}
