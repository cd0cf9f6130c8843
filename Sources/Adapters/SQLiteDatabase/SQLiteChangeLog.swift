package import Backup
package import Concurrency
import CSQLite
import Database
import Glibc

/// Reads the pages that transactions add to the write-ahead log, and alone moves them into the database's file, so that none is written over
/// before it was read.
///
/// Both are done while nobody writes: what is read is committed, and what is moved was read. A log is begun anew by a writer only when all of
/// it is in the file, which only we bring about; another program that does so, or a log that grew past the limit of the other connections
/// between two looks, is found by the numbers in the log's head and in what is left of the old one.
package actor SQLiteChangeLog: ChangeLog {
    package nonisolated let executor = ThreadExecutor(name: "sqlite-log")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// From how many bytes on the log is moved into the file, as SQLite would by itself.
    private static let moveFrom = 4 << 20

    private let path: String
    /// Holds writers off.
    private var guarding: OpaquePointer?
    /// Moves pages; it must not be in a transaction.
    private var moving: OpaquePointer?
    private var reader: WriteAheadLogReader?
    /// All of the log is in the file: it may be begun anew.
    private var isMoved = false
    private var version: Int64?

    /// - Parameter path: of the database.
    package init(path: String) { self.path = path }

    package func begin() throws {
        if guarding == nil {
            guarding = try SQLiteHandle.open(path, flags: SQLITE_OPEN_READWRITE)
            moving = try SQLiteHandle.open(path, flags: SQLITE_OPEN_READWRITE)
            for handle in [guarding, moving] { try SQLiteHandle.execute("PRAGMA wal_autocheckpoint = 0", on: handle) }
        }
        (isMoved, version, reader) = (false, nil, nil)
        try whileNobodyWrites {
            reader = try WriteAheadLogReader(atEndOf: path + "-wal")
            moveIntoFile()
        }
    }

    package func take() throws -> LoggedChanges? {
        // Another number as soon as any other connection has committed.
        let now: Int64? = try SQLiteHandle.rows("PRAGMA data_version", on: moving).first?.get("data_version")
        if let version, version == now { return nil }
        do {
            let pages = try whileNobodyWrites { try next() }
            version = now
            return pages
        } catch let failure as DatabaseFailure where failure.kind == .contention {
            // Somebody writes for long: what they commit comes with the next look.
            return nil
        }
    }

    package func close() {
        for handle in [guarding, moving] { sqlite3_close_v2(handle) }
        (guarding, moving, reader) = (nil, nil, nil)
        executor.retire()
    }

    private func next() throws -> LoggedChanges? {
        guard var reader else { throw ChangeLogBroken() }
        let fresh = try WriteAheadLogReader(atStartOf: path + "-wal")
        var pages: [UInt8] = []
        if let fresh, fresh.salts != reader.salts {
            guard isMoved || reader.isBeforeFirst, reader.isFollowed(by: fresh) else { throw ChangeLogBroken() }
            var next = fresh
            pages = try next.read(path + "-wal")
            // What is left of the old one behind the new tells whether there was more of it than was read.
            guard reader.isBeforeFirst || next.end <= reader.end, try !reader.hasMore(path + "-wal") else {
                throw ChangeLogBroken()
            }
            (reader, isMoved) = (next, false)
        } else if fresh == nil, !reader.isBeforeFirst {
            // Cut off: whoever did that had moved all of it, but when is not known.
            guard isMoved else { throw ChangeLogBroken() }
            return nil
        } else {
            pages = try reader.read(path + "-wal")
            if !pages.isEmpty { isMoved = false }
        }
        self.reader = reader
        if reader.end >= Self.moveFrom, !isMoved { moveIntoFile() }
        return pages.isEmpty ? nil : LoggedChanges(pageSize: reader.pageSize, pages: pages)
    }

    /// Does not wait for those who still read an older state: then the next look moves the rest.
    private func moveIntoFile() {
        guard let reader else { return }
        var (logged, moved): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(moving, nil, SQLITE_CHECKPOINT_PASSIVE, &logged, &moved)
        isMoved = code == SQLITE_OK && logged == moved && Int(logged) == reader.frames
    }

    private func whileNobodyWrites<Value>(_ body: () throws -> Value) throws -> Value {
        try SQLiteHandle.execute("BEGIN IMMEDIATE", on: guarding)
        defer { sqlite3_exec(guarding, "ROLLBACK", nil, nil, nil) }
        return try body()
    }
}
