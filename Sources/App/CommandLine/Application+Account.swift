import Accounts

extension Application {
    /// Makes an account as the registration page does.
    package func addAccount(email: String, password: String, name: String) async throws -> (email: String, role: String) {
        let user = try await accounts.register(email: email, password: password, displayName: name, userAgent: "lm").user
        return (user.email, user.role.rawValue)
    }
}
