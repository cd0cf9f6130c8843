/// For which rows a user may do something, as a condition that PostgreSQL checks on every row.
///
/// The settings of the transaction are read in sub-selects, so that the server evaluates them once a statement and not once a row.
package struct RowRule: Sendable {
    let condition: String

    /// - Parameter condition: SQL that may use `RowRule.me`.
    package init(_ condition: String) { self.condition = condition }

    /// The user for whom the transaction runs, as a `uuid`; NULL where there is none.
    package static let me = "(SELECT nullif(current_setting('\(RowSecurity.userSetting)', true), '')::uuid)"

    /// Every row.
    package static let all = RowRule("true")

    /// Rows whose `column` (a `uuid`) is the user.
    package static func owner(_ column: String = "user_id") -> RowRule { RowRule("\(column) = \(me)") }

    /// Every row, for whoever has the role.
    package static func role(_ name: String) -> RowRule {
        RowRule("'\(name)' = ANY (SELECT unnest(string_to_array(current_setting('\(RowSecurity.rolesSetting)', true), ',')))")
    }

    /// Rows for which another table has one that names them and the user: a course's material, for its members.
    ///
    /// - Parameters:
    ///   - table: of the members; its own rules let a user see their own rows.
    ///   - key: its column that equals `column` of ours.
    ///   - member: its column that names the user.
    package static func member(of table: String, key: String, column: String, member: String = "user_id") -> RowRule {
        RowRule("\(column) IN (SELECT m.\(key) FROM \(table) m WHERE m.\(member) = \(me))")
    }

    package func or(_ other: RowRule) -> RowRule { RowRule("(\(condition)) OR (\(other.condition))") }
}
