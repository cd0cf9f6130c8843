import Ambient
import Database
import JSON

/// The SQL of what a person says of themselves.
struct ProfileStore: Sendable {
    private let accounts = AccountStore()

    /// - Parameter locking: holds it until the end of the transaction, so that of two changes at once both are kept.
    func find(_ id: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Profile? {
        let row = try await transaction.first(
            "SELECT subjects, preferences FROM users WHERE id = \(id)\(locking ? transaction.dialect.forUpdate : "")")
        guard let row, let user = try await accounts.user(id, in: transaction) else { return nil }
        return Profile(
            user: user, subjects: try JSONColumn.value(try row.get("subjects")),
            preferences: try JSONColumn.value(try row.get("preferences")))
    }

    func save(_ profile: Profile, in transaction: any Transaction) async throws {
        let user = profile.user
        try await transaction.execute(
            """
            UPDATE users SET display_name = \(user.displayName), avatar_colour = \(user.avatarColour),
                   subjects = \(try JSONColumn.text(profile.subjects)), preferences = \(try JSONColumn.text(profile.preferences))
            WHERE id = \(user.id)
            """)
    }
}
