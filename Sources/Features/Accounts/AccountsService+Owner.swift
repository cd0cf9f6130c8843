import Database

extension AccountsService {
    /// The account with this email, for the command line of the installation's owner.
    package func user(email: String) async throws -> User? {
        try await database.read(as: .system) { try await store.credentials(emailKey: EmailAddress(email).key, in: $0)?.user }
    }

    /// Who registered first; nil before anybody did.
    package func firstUser() async throws -> User? {
        try await database.read(as: .system) { try await store.firstUser(in: $0) }
    }
}
