package import Accounts
package import Ambient
import Cryptography
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

    /// Their accounts, for what asks who they are; hashing costs next to nothing.
    package static func service(on database: any Database, ambient: Ambient) -> AccountsService {
        AccountsService(
            database: database, passwords: PasswordHasher(cost: .init(memoryKiB: 64, passes: 1, lanes: 1)),
            tokens: AccessTokens(keys: SigningKeyRing(current: .random())),
            seal: SecretSeal(keys: SigningKeyRing(current: .random())),
            outbox: EventOutbox(bus: EventBus(), ambient: ambient), ambient: ambient)
    }

    /// Gives somebody a password, as by a mailed link.
    package static func choosePassword(
        _ password: String, of person: UserID, _ accounts: AccountsService, on database: any Database
    )
        async throws
    {
        let token = try await database.transaction(as: .system) { try await accounts.passwordLink(of: person, in: $0) }
        _ = try await accounts.choosePassword(password, with: token)
    }

    private static func insertion(of person: UserID) -> String {
        """
        INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
        VALUES ('\(person)', '\(person)@example.org', '\(person)@example.org', 'Somebody', 'student', '', '2026-01-01 00:00:00+00',
                '2026-01-01 00:00:00+00')
        """
    }
}
