import Concurrency
import CSQLite
import Database
import FoundationEssentials
import Glibc
import Signals

/// Owns one `sqlite3` handle and alone calls SQLite on it, on a thread of its own.
actor SQLiteConnection: DatabaseConnection {
    enum Role: String { case writer, reader }

    nonisolated let dialect = Dialect.sqlite
    nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let path: String
    private let role: Role
    private let configuration: SQLiteDatabase.Configuration
    private let signals: SQLiteSignals
    private let interrupter = SQLiteInterrupter()
    private var handle: OpaquePointer?
    private var statements = StatementCache<SQLiteStatement>(capacity: 256)

    init(path: String, role: Role, number: Int, configuration: SQLiteDatabase.Configuration, signals: SQLiteSignals) {
        self.path = path
        self.role = role
        self.configuration = configuration
        self.signals = signals
        executor = ThreadExecutor(name: "sqlite-\(role.rawValue)\(number)")
    }

    func begin(_ access: TransactionAccess, as actor: Actor) throws(DatabaseFailure) {
        let handle = try opened()
        interrupter.clear()
        // A reader sees the state of its first SELECT until its end. IMMEDIATE takes the write lock now, so no transaction finds out
        // half-way that another process was faster.
        try execute(access == .write ? "BEGIN IMMEDIATE" : "BEGIN", on: handle)
    }

    func run(_ sql: SQL) -> Result<StatementResult, DatabaseFailure> {
        do throws(DatabaseFailure) {
            let rendered = try sql.rendered(for: .sqlite)
            guard let handle else { throw DatabaseFailure(.connection, "not connected") }
            guard rendered.isCacheable else {
                if rendered.values.isEmpty {
                    try execute(rendered.text, on: handle)
                    return .success(StatementResult(rows: [], changed: 0))
                }
                let statement = try SQLiteStatement(rendered.text, on: handle)
                defer { statement.finalize() }
                return .success(try statement.run(rendered.values))
            }
            if let statement = statements.find(rendered.text) { return .success(try statement.run(rendered.values)) }
            let statement = try SQLiteStatement(rendered.text, on: handle)
            statements.keep(statement, for: rendered.text)?.finalize()
            return .success(try statement.run(rendered.values))
        } catch {
            return .failure(error)
        }
    }

    func commit() throws(DatabaseFailure) {
        guard let handle else { throw DatabaseFailure(.connection, "not connected") }
        interrupter.clear()
        do throws(DatabaseFailure) {
            try execute("COMMIT", on: handle)
        } catch {
            rollback()
            throw error
        }
    }

    func rollback() {
        // Some errors (a full disk) end the transaction by themselves.
        guard let handle, sqlite3_get_autocommit(handle) == 0 else { return }
        interrupter.clear()
        if sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) != SQLITE_OK { close() }
    }

    func close() {
        interrupter.detach()
        for statement in statements.removeAll() { statement.finalize() }
        guard let handle else { return }
        if role == .writer { sqlite3_exec(handle, "PRAGMA optimize", nil, nil, nil) }
        sqlite3_close_v2(handle)
        self.handle = nil
    }

    nonisolated func announcement(of signals: [Signal]) -> [SQL] { self.signals.announcement(of: signals) }

    func tell(_ signals: [Signal]) {}

    /// Another number as soon as any other connection, of whatever process, has committed a change. Connects if need be.
    func dataVersion() throws(DatabaseFailure) -> Int64 {
        let statement = try SQLiteStatement("PRAGMA data_version", on: try opened())
        defer { statement.finalize() }
        guard let row = try statement.run([]).rows.first else { throw DatabaseFailure(.statement, "no data version") }
        return try row.get("data_version")
    }

    nonisolated func interrupt() { interrupter.interrupt() }

    private func opened() throws(DatabaseFailure) -> OpaquePointer {
        if let handle { return handle }
        guard sqlite3_libversion_number() >= 3_040_000 else {
            throw DatabaseFailure(.unsupported, "SQLite \(String(cString: sqlite3_libversion())) is older than 3.40")
        }
        guard sqlite3_compileoption_used("ENABLE_FTS5") != 0 else {
            throw DatabaseFailure(.unsupported, "SQLite was built without FTS5")
        }
        try SQLiteFile.make(path)

        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            defer { sqlite3_close_v2(opened) }
            throw SQLiteFailure.make(code, opened)
        }
        do throws(DatabaseFailure) {
            // SQLite opens a file that cannot be written for reading alone, and would stay with that when it has been mended.
            if role == .writer, sqlite3_db_readonly(opened, "main") == 1 {
                throw DatabaseFailure(.readOnly, "\(path) cannot be opened for writing")
            }
            try SQLiteFunctions.add(to: opened)
            sqlite3_busy_timeout(opened, Int32(clamping: configuration.busyTimeout.components.seconds * 1000))
            let synchronous = configuration.durability == .powerLoss ? "FULL" : "NORMAL"
            try execute(
                """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = \(synchronous); PRAGMA foreign_keys = ON;
                PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 67108864;
                PRAGMA trusted_schema = OFF;
                """, on: opened)
            if configuration.isLogKept { try execute("PRAGMA wal_autocheckpoint = 16384", on: opened) }
            switch role {
            case .writer: try execute(SQLiteSignals.table, on: opened)
            case .reader: try execute("PRAGMA query_only = ON", on: opened)
            }
        } catch {
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        interrupter.attach(opened)
        return opened
    }

    private func execute(_ text: String, on handle: OpaquePointer) throws(DatabaseFailure) {
        let code = sqlite3_exec(handle, text, nil, nil, nil)
        if code != SQLITE_OK { throw SQLiteFailure.make(code, handle) }
    }
}
