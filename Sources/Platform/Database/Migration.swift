/// One numbered change of a feature's tables, written once for both databases.
///
/// Column types are PostgreSQL's (`uuid`, `timestamptz`, `boolean`, `bigint`, `double precision`, `text`, `bytea`, `jsonb`): SQLite
/// takes any type name. `jsonb` columns hold objects or arrays, never a bare number.
package struct Migration: Sendable {
    /// What SQL alone cannot say: rows that are rewritten by the program's own rules. It runs after the statements, in their
    /// transaction, as the system.
    package typealias Step = @Sendable (any Transaction) async throws -> Void

    /// The feature whose tables these are: `accounts`.
    package let feature: String
    /// Where unqualified `CREATE TABLE` puts them on PostgreSQL; the same for all migrations of a feature.
    package let schema: DatabaseSchema
    /// Rises by one within the feature.
    package let number: Int
    /// What it does, in a few words.
    package let name: String
    /// Statements for both.
    package let statements: [String]
    /// Further statements for one: indexes of a kind only it has, row-level security.
    package let only: [Dialect: [String]]
    /// Not part of the checksum: like the statements, it never changes once it is released.
    package let step: Step?

    package init(
        _ feature: String, _ number: Int, _ name: String, _ statements: [String], only: [Dialect: [String]] = [:],
        schema: DatabaseSchema = .public, step: Step? = nil
    ) {
        self.feature = feature
        self.schema = schema
        self.number = number
        self.name = name
        self.statements = statements
        self.only = only
        self.step = step
    }
}

extension Migration {
    /// What runs on one database, in order.
    package func statements(for dialect: Dialect) -> [String] { statements + (only[dialect] ?? []) }

    /// Changes when a statement does, and not when only its layout does. FNV-1a, 64 bits: it guards against slips, not against malice.
    package func checksum(for dialect: Dialect) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for statement in statements(for: dialect) {
            for word in statement.split(whereSeparator: \.isWhitespace) {
                word.utf8.forEach(add)
                add(UInt8(ascii: " "))
            }
            add(UInt8(ascii: ";"))
        }
        return String(hash, radix: 16)
    }
}
