import Accounts
import Assembly
package import Failures
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
        try await alone(configuration, logger: logger) {
            try await $0.addAccount(email: email, password: password, name: name)
        }
    }

    /// A one-time link to a new password.
    package struct ResetLink: Sendable {
        package let email: String
        /// The app's page with the token, from the app's own address on.
        package let page: String
        /// Where that is if nothing stands before the program.
        package let address: String
    }

    /// Takes a person's password away, ends their sessions, and gives the link by which they choose another.
    ///
    /// - Parameter withoutCode: their sign-in takes no code any more either.
    package static func resetAccount(
        email: String, withoutCode: Bool, configuration: Configuration, logger: Logger
    ) async throws -> ResetLink {
        try await alone(configuration, logger: logger) { application in
            let owner = try await application.owner(email: email)
            if withoutCode { try await application.feature(AccountsFeature.self).service.removeSecondFactor(of: owner.id) }
            let reset = try await application.feature(AccountsFeature.self).service.resetPassword(of: owner.id)
            let (host, port) = (configuration.server.host, configuration.server.port)
            let shown = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
            return ResetLink(
                email: reset.user.email, page: "reset#token=\(reset.token)", address: "http://\(shown):\(port)/")
        }
    }

    /// Gives a person another role; returns the account as it is now.
    package static func setRole(
        _ role: String, email: String, configuration: Configuration, logger: Logger
    ) async throws -> AddedAccount {
        guard let role = UserRole(rawValue: role) else { throw UnknownRole(name: role) }
        return try await alone(configuration, logger: logger) { application in
            let owner = try await application.owner(email: email)
            let user = try await application.feature(AccountsFeature.self).service.setRole(role, of: owner.id)
            return (user.email, user.role.rawValue)
        }
    }

    private static func alone<Value: Sendable>(
        _ configuration: Configuration, logger: Logger, _ body: (Application) async throws -> Value
    ) async throws -> Value {
        let application = try await Application(configuration: configuration, services: [.auth], logger: logger)
        let result: Result<Value, any Error>
        do { result = .success(try await body(application)) } catch { result = .failure(error) }
        await application.close()
        return try result.get()
    }
}

/// There is no role of this name.
package struct UnknownRole: Failure {
    let name: String
    package var code: FailureCode { .badRequest }
    package var message: String {
        "There is no role \(name.safeForTerminal); it is \(UserRole.allCases.map(\.rawValue).joined(separator: " or "))."
    }
}
