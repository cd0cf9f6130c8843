package import Ambient
package import Database

/// What other features ask about people, in a transaction of the system: a person's own sees that person alone.
package struct PeopleDirectory: Sendable {
    private let store = AccountStore()

    package init() {}

    /// Whoever signs in with this address; nil if nobody does.
    package func find(email: String, in transaction: any Transaction) async throws -> User? {
        try await store.credentials(emailKey: EmailAddress(email).key, in: transaction)?.user
    }

    /// Somebody by their id; nil if they are gone. Their own transaction sees them too.
    package func person(_ id: UserID, in transaction: any Transaction) async throws -> User? {
        try await store.user(id, in: transaction)
    }

    /// How these people are called; those that are gone are left out.
    package func names(of people: Set<UserID>, in transaction: any Transaction) async throws -> [UserID: String] {
        try await store.names(of: people.sorted(), in: transaction)
    }
}
