package import Database

/// A column of secrets that are sealed: what has to be wrapped anew when the installation's key changes.
package struct SealedColumn: Sendable {
    package let table: SQL
    /// The table's primary key, of one column.
    package let key: SQL
    package let column: SQL

    package init(_ column: SQL, of table: SQL, key: SQL) { (self.column, self.table, self.key) = (column, table, key) }
}
