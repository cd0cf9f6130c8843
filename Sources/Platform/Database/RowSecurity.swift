/// Row-level security of a table that holds users' rows. PostgreSQL enforces it even on the tables' owner; SQLite has no such thing.
package enum RowSecurity {
    /// The session setting that holds the user for whom a transaction runs.
    package static let userSetting = "lm.user_id"
    /// The session setting that is `on` in the program's own transactions.
    package static let systemSetting = "lm.system"

    /// Statements for `Migration.only`: a transaction for a user sees and writes the rows whose `userColumn` (a `uuid`) is that user,
    /// one of the system sees all, any other sees none.
    ///
    /// The settings are read in sub-selects, so that the server evaluates them once a statement and not once a row.
    package static func enable(table: String, userColumn: String = "user_id") -> [Dialect: [String]] {
        enable(table: table, where: "\(userColumn) = (SELECT nullif(current_setting('\(userSetting)', true), '')::uuid)")
    }

    /// The same for a table whose rows belong to another table's: `owner` is that table, `key` its column and `column` ours.
    package static func enable(table: String, column: String, owner: String, key: String = "id") -> [Dialect: [String]] {
        // The sub-select is itself under the owner's policy, which lets through this user's rows only.
        enable(table: table, where: "EXISTS (SELECT 1 FROM \(owner) o WHERE o.\(key) = \(table).\(column))")
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
