import CLinux
import Concurrency
import CPostgreSQL
import Database
import FoundationEssentials
import Glibc
import Telemetry

/// Owns one `PGconn` and alone calls libpq on it, on a thread of its own.
actor PostgresConnection: DatabaseConnection {
    nonisolated let dialect = Dialect.postgres
    nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private struct Prepared {
        let name: String
        var columns: PostgresColumns?
    }

    private let configuration: PostgresDatabase.Configuration
    private let logger: Logger
    private let warnings: PrivilegeWarning
    /// Readable when the statement in hand is to stop.
    private nonisolated let interruption = Interruption()
    private var handle: OpaquePointer?
    private var statements = StatementCache<Prepared>(capacity: 256)
    private var named = 0

    init(configuration: PostgresDatabase.Configuration, number: Int, logger: Logger, warnings: PrivilegeWarning) {
        self.configuration = configuration
        self.logger = logger
        self.warnings = warnings
        executor = ThreadExecutor(name: "postgres-\(number)")
    }

    func begin(_ access: TransactionAccess, as actor: Actor) throws(DatabaseFailure) {
        _ = try connected()
        interruption.clear()
        let setting =
            switch actor {
            case .user(let id): "set_config('\(RowSecurity.userSetting)', '\(id)', true)"
            case .system: "set_config('\(RowSecurity.systemSetting)', 'on', true)"
            }
        let begin = access == .write ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        do throws(DatabaseFailure) {
            // One round trip. Both settings end with the transaction.
            _ = try simple("\(begin); SELECT \(setting)")
        } catch {
            rollback()
            throw error
        }
    }

    func run(_ sql: SQL) -> Result<StatementResult, DatabaseFailure> {
        do throws(DatabaseFailure) {
            let rendered = try sql.rendered(for: .postgres)
            guard rendered.isCacheable else {
                guard rendered.values.isEmpty else { return .success(try runOnce(rendered)) }
                return .success(try PostgresColumns.decode(simple(rendered.text)).result)
            }
            return .success(try runPrepared(rendered))
        } catch {
            if error.kind == .connection { drop() }
            return .failure(error)
        }
    }

    func commit() throws(DatabaseFailure) {
        // An interrupt that came too late for its statement must not hit this one.
        interruption.clear()
        do throws(DatabaseFailure) {
            let result = try simple("COMMIT")
            // A transaction that failed answers COMMIT with ROLLBACK, and no error.
            guard String(cString: PQcmdStatus(result.pointer)) == "COMMIT" else {
                throw DatabaseFailure(.statement, "the server rolled the transaction back")
            }
        } catch {
            rollback()
            throw error
        }
    }

    func rollback() {
        guard let handle else { return }
        if PQtransactionStatus(handle) == PQTRANS_IDLE { return }
        interruption.clear()
        do throws(DatabaseFailure) { _ = try simple("ROLLBACK") } catch { drop() }
        if PQtransactionStatus(handle) != PQTRANS_IDLE { drop() }
    }

    func administer(_ sql: SQL) -> Result<Void, DatabaseFailure> {
        do throws(DatabaseFailure) {
            _ = try connected()
            _ = try simple(sql.rendered(for: .postgres).text)
            return .success(())
        } catch {
            if error.kind == .connection { drop() }
            return .failure(error)
        }
    }

    func close() { drop() }

    nonisolated func interrupt() { interruption.raise() }

    // MARK: - Statements

    private func runPrepared(_ rendered: SQL.Rendered) throws(DatabaseFailure) -> StatementResult {
        var prepared: Prepared
        if let known = statements.find(rendered.text) {
            prepared = known
        } else {
            named += 1
            prepared = Prepared(name: "s\(named)", columns: nil)
            _ = try exchange { PQsendPrepare($0, prepared.name, rendered.text, 0, nil) }
            if let evicted = statements.keep(prepared, for: rendered.text) {
                _ = try simple("DEALLOCATE \(evicted.name)")
            }
            // An interrupt may have been spent on the preparation.
            if Task.isCancelled { throw DatabaseFailure(.cancelled, "the task was cancelled") }
        }
        do throws(DatabaseFailure) {
            let result = try exchange { handle in
                PostgresParameters.withPointers(rendered.values) { count, values, lengths, formats in
                    PQsendQueryPrepared(handle, prepared.name, count, values, lengths, formats, 0)
                }
            }
            let decoded = PostgresColumns.decode(result, known: prepared.columns)
            if prepared.columns == nil, let columns = decoded.columns {
                prepared.columns = columns
                _ = statements.keep(prepared, for: rendered.text)
            }
            return decoded.result
        } catch {
            // The plan no longer fits the tables, or a pooler gave us another session: all are prepared anew, on a new connection.
            if error.kind == .contention, error.detail.contains("prepared") || error.detail.contains("cached plan") { drop() }
            throw error
        }
    }

    private func runOnce(_ rendered: SQL.Rendered) throws(DatabaseFailure) -> StatementResult {
        let result = try exchange { handle in
            PostgresParameters.withPointers(rendered.values) { count, values, lengths, formats in
                PQsendQueryParams(handle, rendered.text, count, nil, values, lengths, formats, 0)
            }
        }
        return PostgresColumns.decode(result).result
    }

    private func simple(_ text: String) throws(DatabaseFailure) -> PostgresResult {
        try exchange { PQsendQuery($0, text) }
    }

    /// Sends, then waits for the last result or an interrupt.
    private func exchange(_ send: (OpaquePointer) -> Int32) throws(DatabaseFailure) -> PostgresResult {
        guard let handle else { throw DatabaseFailure(.connection, "not connected") }
        guard send(handle) == 1 else { throw PostgresFailure.make(handle) }
        var last: PostgresResult?
        var failure: DatabaseFailure?
        while true {
            while PQisBusy(handle) != 0 {
                try wait(on: handle)
                guard PQconsumeInput(handle) == 1 else { throw PostgresFailure.make(handle, lost: true) }
            }
            guard let pointer = PQgetResult(handle) else { break }
            let result = PostgresResult(pointer)
            switch PQresultStatus(pointer) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: last = result
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                throw DatabaseFailure(.connection, "COPY is not spoken here")
            default: failure = failure ?? PostgresFailure.make(result)
            }
        }
        if PQstatus(handle) == CONNECTION_BAD { throw failure ?? PostgresFailure.make(handle, lost: true) }
        if let failure { throw failure }
        guard let last else { throw DatabaseFailure(.connection, "no result") }
        return last
    }

    private func wait(on handle: OpaquePointer) throws(DatabaseFailure) {
        var descriptors = [
            pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0),
            pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, nfds_t(descriptors.count), -1) >= 0 || errno == EINTR else {
            throw DatabaseFailure(.connection, "poll: \(String(cString: strerror(errno)))")
        }
        guard descriptors[1].revents != 0 else { return }
        interruption.clear()
        // Opens a connection of its own to the server; the statement then fails as cancelled, if it was not done already.
        guard let cancel = PQgetCancel(handle) else { return }
        defer { PQfreeCancel(cancel) }
        var text = [CChar](repeating: 0, count: 256)
        if PQcancel(cancel, &text, Int32(text.count)) == 0 { logger.warning("a statement could not be cancelled") }
    }

    // MARK: - Connecting

    private func connected() throws(DatabaseFailure) -> OpaquePointer {
        if let handle, PQstatus(handle) == CONNECTION_OK { return handle }
        drop()
        let seconds = max(2, configuration.connectTimeout.components.seconds)
        var settings: [(String, String)] = [
            ("connect_timeout", "\(seconds)"), ("application_name", "lm"), ("client_encoding", "UTF8"),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"), ("tcp_user_timeout", "30000"),
            ("dbname", configuration.url),
        ]
        if let user = configuration.user { settings.append(("user", user)) }
        if let password = configuration.password { settings.append(("password", password)) }
        let (names, values) = (settings.map { strdup($0.0) }, settings.map { strdup($0.1) })
        defer { (names + values).forEach { free($0) } }
        var nameList = names.map { UnsafePointer<CChar>($0) }
        var valueList = values.map { UnsafePointer<CChar>($0) }
        if let database = configuration.database {
            // A second dbname is taken as a plain name, since only the first is expanded.
            return try connect(names: &nameList, values: &valueList, database: database)
        }
        return try connect(names: &nameList, values: &valueList, database: nil)
    }

    private func connect(
        names: inout [UnsafePointer<CChar>?], values: inout [UnsafePointer<CChar>?], database: String?
    ) throws(DatabaseFailure) -> OpaquePointer {
        let (name, value) = (strdup("dbname"), database.flatMap { strdup($0) })
        defer {
            free(name)
            free(value)
        }
        if value != nil {
            names.append(UnsafePointer(name))
            values.append(UnsafePointer(value))
        }
        names.append(nil)
        values.append(nil)
        guard let opened = PQconnectdbParams(names, values, 1) else { throw DatabaseFailure(.connection, "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            defer { PQfinish(opened) }
            throw DatabaseFailure(.connection, PostgresFailure.text(PQerrorMessage(opened)))
        }
        guard PQserverVersion(opened) >= 150_000 else {
            defer { PQfinish(opened) }
            throw DatabaseFailure(.statement, "PostgreSQL \(PQserverVersion(opened)) is older than 15")
        }
        // Notices ("already exists, skipping") would go to standard error.
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
        handle = opened
        do throws(DatabaseFailure) {
            let limit = configuration.statementTimeout.components.seconds * 1000
            let look = warnings.claim()
            let result = try simple(
                """
                SET search_path TO \(DatabaseSchema.searchPath); SET statement_timeout = \(limit);
                SET idle_in_transaction_session_timeout = '5min'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO';
                SET bytea_output = 'hex'; SET IntervalStyle = 'iso_8601';
                SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user
                """)
            let row = PostgresColumns.decode(result).result.rows.first
            if look, try row?.get("free", as: Bool.self) == true { warnings.raise() }
        } catch {
            drop()
            throw error
        }
        return opened
    }

    private func drop() {
        _ = statements.removeAll()
        if let handle { PQfinish(handle) }
        handle = nil
    }
}
