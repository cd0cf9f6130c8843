/// A foreign key for a table that was made without one, so that its rows go with the row that they belong to.
///
/// A new table names it in its own `CREATE TABLE` instead: `user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE`.
package enum ForeignKey {
    /// Statements for `Migration.only`: rows of `table` whose `column` names no row of `owner` go now, all others with that row.
    ///
    /// Give the column an index: whoever removes an owner looks for its rows. PostgreSQL reads the table once, under a lock that
    /// keeps writers out. SQLite cannot add a key to a table; copying it would first take away the rows that refer to it, so its
    /// declaration is edited where it is kept, the way its manual describes (https://sqlite.org/lang_altertable.html, section 7).
    package static func add(table: String, column: String = "user_id", owner: String = "users") -> [Dialect: [String]] {
        let constraint = "FOREIGN KEY (\(column)) REFERENCES \(owner) (id) ON DELETE CASCADE"
        let orphans = """
            DELETE FROM \(table)
            WHERE \(column) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(owner) WHERE \(owner).id = \(table).\(column))
            """
        return [
            .postgres: [orphans, "ALTER TABLE \(table) ADD CONSTRAINT \(table)_\(column)_fkey \(constraint)"],
            .sqlite: [
                orphans,
                // Any change of the tables tells the other connections to read the declarations again; this one leaves nothing.
                "CREATE TABLE changed_declaration (id integer)", "DROP TABLE changed_declaration",
                "PRAGMA writable_schema = ON",
                """
                UPDATE sqlite_schema SET sql = substr(sql, 1, length(sql) - 1) || ', \(constraint))'
                WHERE type = 'table' AND name = '\(table)'
                """,
                // Reads the declarations anew here, and allows no more editing.
                "PRAGMA writable_schema = RESET",
            ],
        ]
    }

    /// Joins the statements of several tables.
    package static func all(_ parts: [Dialect: [String]]...) -> [Dialect: [String]] {
        parts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
}
