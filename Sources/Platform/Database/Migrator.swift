import Ambient
package import Telemetry

/// Brings a database's tables up to what the program expects.
///
/// Each migration runs in a transaction of its own, under a lock, so programs that start at once apply each exactly once. What has
/// been applied stands in `schema_migrations` with a checksum.
package struct Migrator: Sendable {
    private let database: any Database
    private let ambient: Ambient
    private let logger: Logger

    package init(database: any Database, logger: Logger = .silent) {
        self.init(database: database, ambient: .live, logger: logger)
    }

    init(database: any Database, ambient: Ambient, logger: Logger) {
        self.database = database
        self.ambient = ambient
        self.logger = logger
    }

    /// Applies what is missing, in the order given; returns what it applied.
    ///
    /// Features that the list does not mention are left alone.
    /// - Throws: `MigrationFailure`; `DatabaseFailure` if the database cannot be reached.
    @discardableResult
    package func apply(_ migrations: [Migration]) async throws -> [Migration] {
        let missing = try await pending(migrations)
        var applied: [Migration] = []
        for migration in missing where try await apply(migration) {
            applied.append(migration)
            logger.info(
                "migration applied", ["feature": migration.feature, "number": "\(migration.number)", "name": migration.name])
        }
        return applied
    }

    /// What `apply` would apply.
    package func pending(_ migrations: [Migration]) async throws -> [Migration] {
        var known: [String: Int] = [:]
        for migration in migrations {
            guard migration.number == known[migration.feature, default: 0] + 1 else {
                throw failure(migration, .misnumbered)
            }
            known[migration.feature] = migration.number
        }
        let applied = try await database.transaction(as: .system) { transaction in
            // Another program's migrations may take long.
            try await transaction.withoutTimeLimit()
            try await lock(transaction)
            try await transaction.execute(
                """
                CREATE TABLE IF NOT EXISTS \(table) (
                    feature text NOT NULL, number bigint NOT NULL, name text NOT NULL, checksum text NOT NULL,
                    applied_at timestamptz NOT NULL, PRIMARY KEY (feature, number))
                """)
            return try await recorded(transaction)
        }
        for (key, _) in applied {
            guard let newest = known[key.feature], key.number > newest else { continue }
            throw MigrationFailure(feature: key.feature, number: key.number, reason: .newer(known: newest))
        }
        return try migrations.filter { migration in
            guard let checksum = applied[Key(migration)] else { return true }
            guard checksum == migration.checksum(for: database.dialect) else { throw failure(migration, .changed) }
            return false
        }
    }

    private struct Key: Hashable, Sendable {
        let feature: String
        let number: Int

        init(_ migration: Migration) { (feature, number) = (migration.feature, migration.number) }
        init(_ row: Row) throws { (feature, number) = (try row.get("feature"), try row.get("number")) }
    }

    /// Qualified on PostgreSQL, since the search path changes while migrations run.
    private var table: SQL { database.dialect == .postgres ? "public.schema_migrations" : "schema_migrations" }

    private func apply(_ migration: Migration) async throws -> Bool {
        do {
            return try await database.transaction(as: .system) { transaction in
                try await transaction.withoutTimeLimit()
                try await lock(transaction)
                guard try await recorded(transaction)[Key(migration)] == nil else { return false }
                if transaction.dialect == .postgres {
                    let path = [migration.schema] + DatabaseSchema.allCases.filter { $0 != migration.schema }
                    try await transaction.execute("CREATE SCHEMA IF NOT EXISTS \(unsafe: migration.schema.rawValue)")
                    try await transaction.execute(
                        "SET LOCAL search_path TO \(unsafe: path.map(\.rawValue).joined(separator: ", "))")
                }
                for statement in migration.statements(for: transaction.dialect) {
                    try await transaction.execute(SQL(unsafe: statement))
                }
                try await migration.step?(transaction)
                try await transaction.execute(
                    """
                    INSERT INTO \(table) (feature, number, name, checksum, applied_at)
                    VALUES (\(migration.feature), \(migration.number), \(migration.name),
                            \(migration.checksum(for: transaction.dialect)), \(ambient.now()))
                    """)
                return true
            }
        } catch let error as DatabaseFailure where error.kind != .connection {
            throw failure(migration, .failed(error))
        }
    }

    /// Held to the end of the transaction. SQLite's write transactions exclude each other by themselves.
    private func lock(_ transaction: any Transaction) async throws {
        if transaction.dialect == .postgres {
            // Any constant will do that is not used for something else in the same database.
            _ = try await transaction.query("SELECT pg_advisory_xact_lock(7811887216801)")
        }
    }

    private func recorded(_ transaction: any Transaction) async throws -> [Key: String] {
        var checksums: [Key: String] = [:]
        for row in try await transaction.query("SELECT feature, number, checksum FROM \(table)") {
            checksums[try Key(row)] = try row.get("checksum")
        }
        return checksums
    }

    private func failure(_ migration: Migration, _ reason: MigrationFailure.Reason) -> MigrationFailure {
        MigrationFailure(feature: migration.feature, number: migration.number, reason: reason)
    }
}
