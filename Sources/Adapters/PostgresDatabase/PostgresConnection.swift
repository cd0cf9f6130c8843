import Ambient
import Concurrency
import CPostgreSQL
import Database
import Signals
import Telemetry

/// One connection of the pool: sessions come and go, transactions run one after the other on a thread of its own.
///
/// `BEGIN` travels with the first statement and a read's `COMMIT` is not waited for, so a read of one statement takes one round trip.
actor PostgresConnection: DatabaseConnection {
    nonisolated let dialect = Dialect.postgres
    nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private struct Prepared {
        let name: String
        var columns: PostgresColumns?
    }

    private struct Opening {
        let access: TransactionAccess
        let actor: Actor
    }

    private let configuration: PostgresDatabase.Configuration
    private let signals: PostgresSignals
    private let logger: Logger
    private let warnings: PrivilegeWarning
    /// Readable when the statement in hand is to stop.
    private nonisolated let interruption = Interruption()
    private var session: PostgresSession?
    private var statements = StatementCache<Prepared>(capacity: 256)
    private var named = 0
    /// Statements that made room in the cache; freed with the next round trip.
    private var evicted: [String] = []
    /// The transaction in hand, and whether the server knows of it.
    private var access = TransactionAccess.write
    private var opening: Opening?

    init(
        configuration: PostgresDatabase.Configuration, signals: PostgresSignals, number: Int, logger: Logger,
        warnings: PrivilegeWarning
    ) {
        self.configuration = configuration
        self.signals = signals
        self.logger = logger
        self.warnings = warnings
        executor = ThreadExecutor(name: "postgres-\(number)")
    }

    func begin(_ access: TransactionAccess, as actor: Actor) throws(DatabaseFailure) {
        _ = try connected()
        interruption.clear()
        self.access = access
        opening = Opening(access: access, actor: actor)
    }

    func run(_ sql: SQL) -> Result<StatementResult, DatabaseFailure> {
        do throws(DatabaseFailure) {
            let rendered = try sql.rendered(for: .postgres)
            guard let session else { throw DatabaseFailure(.connection, "the connection was lost") }
            if rendered.isCacheable { return .success(try runPrepared(rendered, on: session)) }
            if !rendered.values.isEmpty {
                return .success(try PostgresColumns.decode(session.pipeline(openers() + [once(rendered)])).result)
            }
            let openers = openers()
            if !openers.isEmpty { _ = try session.pipeline(openers) }
            return .success(try PostgresColumns.decode(session.simple(rendered.text)).result)
        } catch {
            if error.kind == .connection { drop() }
            guard error.kind == .readOnly else { return .failure(error) }
            // To write where we said that we read is a fault of ours.
            if access == .read { return .failure(DatabaseFailure(.statement, error.detail)) }
            // The next connection may find a server that takes writes.
            drop()
            return .failure(error)
        }
    }

    func commit() throws(DatabaseFailure) {
        if opening != nil {
            // Nothing was asked of the server.
            opening = nil
            return
        }
        guard let session else { throw DatabaseFailure(.connection, "the connection was lost") }
        // An interrupt that came too late for its statement must not hit this one.
        interruption.clear()
        do throws(DatabaseFailure) {
            if access == .read { return try session.sendAhead(call(PostgresSession.commit, [])) }
            let result = try session.simple("COMMIT")
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
        if opening != nil {
            opening = nil
            return
        }
        guard let session else { return }
        guard session.isAlive else { return drop() }
        if session.isIdle { return }
        interruption.clear()
        do throws(DatabaseFailure) { _ = try session.simple("ROLLBACK") } catch { drop() }
        if !session.isIdle { drop() }
    }

    func administer(_ sql: SQL) -> Result<Void, DatabaseFailure> {
        do throws(DatabaseFailure) {
            _ = try connected().simple(sql.rendered(for: .postgres).text)
            return .success(())
        } catch {
            if error.kind == .connection { drop() }
            return .failure(error)
        }
    }

    func close() { drop() }

    nonisolated func announcement(of signals: [Signal]) -> [SQL] { [] }

    /// In a transaction of its own. The server commits those that notify one after the other, each under a lock on all databases; in the
    /// writer's transaction that lock would be held while its commit waits for the disk. This one need not outlive the server, and
    /// does not wait for it.
    func tell(_ signals: [Signal]) {
        var commands = [call(PostgresSession.setLocally, [.text("synchronous_commit"), .text("off")])]
        for payload in self.signals.payloads(of: signals) {
            commands.append(call(PostgresSession.notify, [.text(PostgresSignals.channel), .text(payload)]))
        }
        for isLast in [false, true] {
            do throws(DatabaseFailure) {
                let session = try connected()
                interruption.clear()
                _ = try session.pipeline(commands)
                return
            } catch {
                // Where nothing but signals was to be said, this may be the first to find that the server was away.
                let isLost = error.kind == .connection
                if isLost { drop() }
                if isLost, !isLast { continue }
                return logger.failure("other processes cannot be told of a change", error)
            }
        }
    }

    nonisolated func interrupt() { interruption.raise() }

    /// The commands that go before the next one: beginning, and freeing statements.
    private func openers() -> [PostgresSession.Send] {
        var commands: [PostgresSession.Send] = []
        if let opening {
            let name = opening.access == .write ? PostgresSession.beginWriting : PostgresSession.beginReading
            var settings: [(name: String, value: String)]
            switch opening.actor {
            case .user(let id, let roles):
                settings = [(RowSecurity.userSetting, id.description)]
                if !roles.isEmpty { settings.append((RowSecurity.rolesSetting, roles.sorted().joined(separator: ","))) }
            case .system: settings = [(RowSecurity.systemSetting, "on")]
            }
            // They end with the transaction.
            commands = [call(name, [])]
            commands += settings.map { call(PostgresSession.setLocally, [.text($0.name), .text($0.value)]) }
        }
        opening = nil
        for name in evicted { commands.append { PQsendQueryParams($0, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 0) } }
        evicted = []
        return commands
    }

    private func runPrepared(_ rendered: SQL.Rendered, on session: PostgresSession) throws(DatabaseFailure) -> StatementResult {
        var commands = openers()
        let known = statements.find(rendered.text)
        let name: String
        if let known {
            name = known.name
        } else {
            named += 1
            name = "s\(named)"
            commands.append { PQsendPrepare($0, name, rendered.text, 0, nil) }
        }
        commands.append(call(name, rendered.values))
        do throws(DatabaseFailure) {
            let decoded = PostgresColumns.decode(try session.pipeline(commands), known: known?.columns)
            if known?.columns == nil { keep(Prepared(name: name, columns: decoded.columns), for: rendered.text) }
            return decoded.result
        } catch {
            // Prepared, though its first run failed.
            if known == nil, session.completed == commands.count - 1 {
                keep(Prepared(name: name, columns: nil), for: rendered.text)
            }
            // The plan no longer fits the tables, or a pooler gave us another session: all are prepared anew, on a new connection.
            if error.kind == .contention, error.detail.contains("prepared") || error.detail.contains("cached plan") { drop() }
            throw error
        }
    }

    private func keep(_ prepared: Prepared, for text: String) {
        if let gone = statements.keep(prepared, for: text) { evicted.append(gone.name) }
    }

    private func call(_ name: String, _ values: [SQLValue]) -> PostgresSession.Send {
        { handle in
            PostgresParameters.withPointers(values) { count, pointers, lengths, formats in
                PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 0)
            }
        }
    }

    private func once(_ rendered: SQL.Rendered) -> PostgresSession.Send {
        { handle in
            PostgresParameters.withPointers(rendered.values) { count, pointers, lengths, formats in
                PQsendQueryParams(handle, rendered.text, count, nil, pointers, lengths, formats, 0)
            }
        }
    }

    private func connected() throws(DatabaseFailure) -> PostgresSession {
        if let session, session.isAlive { return session }
        drop()
        let opened = try PostgresSession.open(
            configuration, interruption: interruption, logger: logger, warnings: warnings)
        session = opened
        return opened
    }

    private func drop() {
        _ = statements.removeAll()
        evicted = []
        session = nil
    }
}
