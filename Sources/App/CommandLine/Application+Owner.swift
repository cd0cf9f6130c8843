import Accounts
package import Ambient
package import Failures

extension Application {
    /// For whom the command line works: the account with this email, or of whoever registered first.
    package func owner(email: String?) async throws -> (id: UserID, email: String) {
        let accounts = try feature(AccountsFeature.self).service
        if let email {
            guard let user = try await accounts.user(email: email) else { throw OwnerFailure(.unknown(email)) }
            return (user.id, user.email)
        }
        guard let user = try await accounts.firstUser() else { throw OwnerFailure(.none) }
        return (user.id, user.email)
    }
}

/// There is nobody to work for.
package struct OwnerFailure: Failure {
    package enum Kind: Sendable {
        case none
        case unknown(String)
    }

    package let kind: Kind
    package init(_ kind: Kind) { self.kind = kind }
    package var code: FailureCode { .notFound }
    package var message: String {
        switch kind {
        case .none:
            "There is no account yet. Make one with `lm account add you@example.org`, or run `lm serve` and open its address."
        case .unknown(let email): "There is no account \(email)."
        }
    }
}
