/// Row-level security of a table that holds users' rows. PostgreSQL enforces it even on the tables' owner; SQLite has no such thing.
package enum RowSecurity {
    /// The session setting that holds the user for whom a transaction runs.
    package static let userSetting = "lm.user_id"
    /// The session setting that holds that user's roles, separated by commas.
    package static let rolesSetting = "lm.roles"
    /// The session setting that is `on` in the program's own transactions.
    package static let systemSetting = "lm.system"

    /// Statements for `Migration.only`: a transaction for a user sees and writes the rows whose `userColumn` (a `uuid`) is that user,
    /// one of the system sees all, any other sees none.
    package static func enable(table: String, userColumn: String = "user_id") -> [Dialect: [String]] {
        enable(table: table, where: RowRule.owner(userColumn).condition)
    }

    /// The same for a table whose rows belong to another table's: `owner` is that table, `key` its column and `column` ours.
    package static func enable(table: String, column: String, owner: String, key: String = "id") -> [Dialect: [String]] {
        // The sub-select is itself under the owner's policy, which lets through this user's rows only.
        enable(table: table, where: "EXISTS (SELECT 1 FROM \(owner) o WHERE o.\(key) = \(table).\(column))")
    }

    /// The same with rules of its own for reading and for writing, for what several people see: whoever may write a row may read it.
    /// One of the system sees and writes all.
    package static func enable(table: String, read: RowRule, write: RowRule) -> [Dialect: [String]] {
        let system = "(SELECT current_setting('\(systemSetting)', true)) = 'on'"
        let (reading, writing) = ("(\(system) OR \(read.or(write).condition))", "(\(system) OR \(write.condition))")
        return [
            .postgres: [
                "ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE \(table) FORCE ROW LEVEL SECURITY",
                "CREATE POLICY \(table)_reading ON \(table) FOR SELECT USING \(reading)",
                "CREATE POLICY \(table)_adding ON \(table) FOR INSERT WITH CHECK \(writing)",
                "CREATE POLICY \(table)_changing ON \(table) FOR UPDATE USING \(writing) WITH CHECK \(writing)",
                "CREATE POLICY \(table)_removing ON \(table) FOR DELETE USING \(writing)",
            ]
        ]
    }

    /// Whether the role of the connection passes by row-level security: a superuser, or one with BYPASSRLS. False on SQLite, which has
    /// none to pass by.
    package static func isBypassed(in transaction: any Transaction) async throws -> Bool {
        guard transaction.dialect == .postgres else { return false }
        let row = try await transaction.first(
            "SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user")
        return try row?.get("free") ?? false
    }

    private static func enable(table: String, where condition: String) -> [Dialect: [String]] {
        let rule = "((SELECT current_setting('\(systemSetting)', true)) = 'on' OR \(condition))"
        return [
            .postgres: [
                "ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE \(table) FORCE ROW LEVEL SECURITY",
                "CREATE POLICY \(table)_by_user ON \(table) USING \(rule) WITH CHECK \(rule)",
            ]
        ]
    }

    /// Joins the statements of several tables.
    package static func all(_ parts: [Dialect: [String]]...) -> [Dialect: [String]] {
        parts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
}
