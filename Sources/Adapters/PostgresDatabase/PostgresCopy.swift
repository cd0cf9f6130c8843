package import Backup
import CPostgreSQL
import Concurrency
import Database
import Failures
import FoundationEssentials

extension PostgresDatabase: CopyableDatabase {
    package var form: BackupDatabaseForm { .postgres }

    /// By `pg_dump`, in a snapshot that this program's own transaction holds: so the rows that are counted are those that are copied, and
    /// row-level security, which `pg_dump` meets too, hides none of them unseen.
    package func copy(
        to path: String, whenAbout: @Sendable () async throws -> Void, whenStanding: @Sendable () async throws -> Void,
        onProgress: @escaping @Sendable (_ done: Int, _ total: Int) throws -> Void
    ) async throws -> [String: Int] {
        let program = try PostgresProgram("pg_dump", for: configuration)
        return try await read(as: .system) { transaction in
            try await whenAbout()
            try await transaction.withoutTimeLimit()
            try await transaction.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            let snapshot: String? = try await transaction.first("SELECT pg_export_snapshot() AS name")?.get("name")
            guard let snapshot else { throw DatabaseFailure(.statement, "no snapshot") }
            try await whenStanding()
            try onProgress(0, 0)
            let counts = try await Self.rowCounts(in: transaction)
            try await program.run(
                [
                    "--format=custom", "--no-owner", "--no-privileges", "--enable-row-security", "--snapshot=\(snapshot)",
                    "--file=\(path)",
                ]
                    + DatabaseSchema.allCases.map { "--schema=\($0.rawValue)" })
            return counts
        }
    }

    /// How many rows each table has, by its name with its schema.
    static func rowCounts(in transaction: any Transaction) async throws -> [String: Int] {
        let schemas = DatabaseSchema.allCases.map(\.rawValue)
        let tables = try await transaction.query(
            """
            SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
            WHERE schemaname IN \(list: schemas) ORDER BY 1
            """)
        var counts: [String: Int] = [:]
        for row in tables {
            let name: String = try row.get("name")
            counts[name] = try await transaction.first("SELECT count(*) AS n FROM \(unsafe: name)")?.get("n")
        }
        return counts
    }
}

/// Puts an archive of `pg_dump` into an empty database, in one transaction.
package struct PostgresRestoration: RestorableDatabase {
    private let configuration: PostgresDatabase.Configuration
    private let database: PostgresDatabase

    package init(_ database: PostgresDatabase) {
        self.database = database
        configuration = database.configuration
    }

    package var form: BackupDatabaseForm { .postgres }

    package func checkEmpty() async throws {
        let row = try await database.read(as: .system) { transaction in
            try await transaction.first(
                """
                SELECT n.nspname AS name FROM pg_namespace n
                WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'public') AND n.nspname NOT LIKE 'pg\\_%'
                UNION ALL
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S') LIMIT 1
                """)
        }
        if let name: String = try row?.get("name") {
            throw BackupFailure(
                .conflict, "The database is not empty (\(name)). Nothing is written over what lives: make a new one.")
        }
    }

    package func restore(from path: String) async throws -> [String: Int] {
        let program = try PostgresProgram("pg_restore", for: configuration)
        // All but the schema that every database has.
        let list = path + ".list"
        try await program.run(["--list", "--file=\(list)", path])
        let lines = try String(contentsOf: URL(filePath: list), encoding: .utf8).split(separator: "\n")
        try lines.filter { !$0.contains(" SCHEMA - public ") }.joined(separator: "\n").write(
            to: URL(filePath: list), atomically: false, encoding: .utf8)
        try await program.run(
            ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--use-list=\(list)"], file: path)
        try FileManager.default.removeItem(atPath: list)
        return try await database.read(as: .system) { transaction in
            try await transaction.withoutTimeLimit()
            return try await PostgresDatabase.rowCounts(in: transaction)
        }
    }
}
