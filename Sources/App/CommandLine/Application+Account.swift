import Accounts
import Assembly
package import Telemetry

extension Application {
    package typealias AddedAccount = (email: String, role: String)

    /// Makes an account as the registration page does.
    package func addAccount(email: String, password: String, name: String) async throws -> AddedAccount {
        let user = try await feature(AccountsFeature.self).service.register(
            email: email, password: password, displayName: name, userAgent: "lm"
        ).user
        return (user.email, user.role.rawValue)
    }

    /// The same where the program does not run, and for which it needs no model.
    package static func addAccount(
        email: String, password: String, name: String, configuration: Configuration, logger: Logger
    ) async throws -> AddedAccount {
        let application = try await Application(configuration: configuration, services: [.auth], logger: logger)
        let result: Result<AddedAccount, any Error>
        do {
            result = .success(try await application.addAccount(email: email, password: password, name: name))
        } catch { result = .failure(error) }
        await application.close()
        return try result.get()
    }
}
