package import Ambient
package import Database

/// Adds people to a database that has the tables of Accounts, for tests of what belongs to them.
package func addUsers(_ users: UserID..., to database: any Database) async throws {
    try await database.transaction(as: .system) { transaction in
        for user in users {
            try await transaction.execute(
                """
                INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
                VALUES (\(user), \(user.description), \(user.description), 'Somebody', 'student', '',
                        '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')
                """)
        }
    }
}
