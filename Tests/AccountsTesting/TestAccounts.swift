import Accounts
package import Ambient
package import Database
import Events
import Jobs

/// Accounts for tests of rooms whose tables belong to people: the rows alone, which nobody can sign in to.
package enum TestAccounts {
    /// The tables of accounts and those they stand on, with these people in them. Goes before the migrations under test.
    package static func migrations(of people: [UserID]) -> [Migration] {
        EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all + [
            Migration("people", 1, "people of a test", people.map(insertion), schema: .authentication)
        ]
    }

    private static func insertion(of person: UserID) -> String {
        """
        INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
        VALUES ('\(person)', '\(person)@example.org', '\(person)@example.org', 'Somebody', 'student', '', '2026-01-01 00:00:00+00',
                '2026-01-01 00:00:00+00')
        """
    }
}
