import CPostgreSQL
import Database
import Glibc
import Telemetry

extension PostgresSession {
    /// The names of statements that every session has prepared.
    static let beginWriting = "begin_write"
    static let beginReading = "begin_read"
    static let commit = "commit"
    static let setLocally = "set_locally"
    static let notify = "notify"

    /// Connects, checks the server's version and prepares the session.
    static func open(
        _ configuration: PostgresDatabase.Configuration, interruption: Interruption, logger: Logger, warnings: PrivilegeWarning
    ) throws(DatabaseFailure) -> PostgresSession {
        let opened = try connect(configuration)
        let session = PostgresSession(opened, interruption: interruption, logger: logger)
        let version = PQserverVersion(opened)
        guard version >= 150_000 else {
            throw DatabaseFailure(.unsupported, "PostgreSQL \(PostgresVersion.text(version)) is older than 15")
        }
        let limit = configuration.statementTimeout.components.seconds * 1000
        let result = try session.simple(
            """
            SET search_path TO \(DatabaseSchema.searchPath); SET statement_timeout = \(limit);
            SET idle_in_transaction_session_timeout = '5min'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO';
            SET bytea_output = 'hex'; SET IntervalStyle = 'iso_8601';
            SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user
            """)
        let row = PostgresColumns.decode(result).result.rows.first
        if warnings.claim(), try row?.get("free", as: Bool.self) == true { warnings.raise() }
        _ = try session.pipeline([
            { PQsendPrepare($0, beginWriting, "BEGIN", 0, nil) },
            { PQsendPrepare($0, beginReading, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0, nil) },
            { PQsendPrepare($0, commit, "COMMIT", 0, nil) },
            { PQsendPrepare($0, setLocally, "SELECT set_config($1, $2, true)", 0, nil) },
            { PQsendPrepare($0, notify, "SELECT pg_notify($1, $2)", 0, nil) },
        ])
        return session
    }

    private static func connect(_ configuration: PostgresDatabase.Configuration) throws(DatabaseFailure) -> OpaquePointer {
        // Later ones win. Only the first `dbname` may be a URL; a second is a plain name.
        var settings: [(name: String, value: String)] = [
            ("connect_timeout", "\(max(2, configuration.connectTimeout.components.seconds))"), ("application_name", "lm"),
            ("client_encoding", "UTF8"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
        ]
        if let mode = PostgresTransport(url: configuration.url).mode { settings.append(("sslmode", mode)) }
        settings.append(("dbname", configuration.url))
        if let user = configuration.user { settings.append(("user", user)) }
        if let password = configuration.password { settings.append(("password", password)) }
        if let database = configuration.database { settings.append(("dbname", database)) }
        let names = settings.map { strdup($0.name) }
        let values = settings.map { strdup($0.value) }
        defer { (names + values).forEach { free($0) } }
        let nameList = names.map { UnsafePointer<CChar>($0) } + [nil]
        let valueList = values.map { UnsafePointer<CChar>($0) } + [nil]
        guard let opened = PQconnectdbParams(nameList, valueList, 1) else { throw DatabaseFailure(.connection, "out of memory") }
        guard PQstatus(opened) == CONNECTION_OK else {
            defer { PQfinish(opened) }
            // It quotes a URL that it cannot read, the password too.
            let said = PostgresFailure.text(PQerrorMessage(opened)).replacing(configuration.url, with: "(the address)")
            throw DatabaseFailure(.connection, said)
        }
        return opened
    }
}
