/// One numbered change of a feature's tables, written once for both databases.
///
/// Column types are PostgreSQL's (`uuid`, `timestamptz`, `boolean`, `bigint`, `double precision`, `text`, `bytea`, `jsonb`): SQLite
/// takes any type name. `jsonb` columns hold objects or arrays, never a bare number.
package struct Migration: Sendable {
    /// The feature, which is also the PostgreSQL schema's tenant: `accounts`.
    package let feature: String
    /// Rises by one within the feature.
    package let number: Int
    /// What it does, in a few words.
    package let name: String
    /// Statements for both.
    package let statements: [String]
    /// Further statements for one: indexes of a kind only it has, row-level security.
    package let only: [Dialect: [String]]

    package init(_ feature: String, _ number: Int, _ name: String, _ statements: [String], only: [Dialect: [String]] = [:]) {
        self.feature = feature
        self.number = number
        self.name = name
        self.statements = statements
        self.only = only
    }
}
