import Ambient
import Failures
import FoundationEssentials
package import HTTPServing

/// `/users/me/proof`: that it is still they who sit there.
package struct ProofRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    package var routes: [Route] {
        [
            .post(
                "/users/me/proof", "Prove that it is you", tag: "Accounts", body: ProofRequest.self, returns: ProofView.self,
                failures: [.notFound, .rateLimited], limit: .login
            ) { [service] call, input in
                guard let session = call.session else { throw AccountsFailure.sessionOver }
                if let credential = input.passkey {
                    guard let assertion = credential.assertion else {
                        throw AccountsFailure.invalid("passkey", "is not in base 64 for URLs")
                    }
                    return ProofView(until: try await service.prove(try call.user(), with: assertion, session: session))
                }
                guard let password = input.password else { throw AccountsFailure.invalid("password", "is required") }
                return ProofView(
                    until: try await service.prove(try call.user(), password: password, code: input.code, session: session))
            }.described("For ten minutes what asks for the password, and a code, takes this session without them.")
        ]
    }
}

/// `POST /users/me/proof`
struct ProofRequest: APIType {
    var password: String?
    var code: String?
    var passkey: PasskeyCredential?

    static var constraints: [Constraint<ProofRequest>] {
        [
            .length(\.password, "password", 1...4096), .writeOnly("password"), .length(\.code, "code", 1...40), .writeOnly("code"),
            .describe("passkey", "In the place of password and code, an answer to `POST /users/me/proof/options`."),
        ]
    }
}

/// Until when nothing more is asked for.
struct ProofView: APIType {
    var until: Date
}

extension Call {
    /// The session of the access token that came with the call.
    package var session: SessionID? { principal?.session.flatMap { SessionID($0) } }

    /// What a body shows, with the session that asks; an empty password is none.
    package func shown(_ password: String?, _ code: String?) -> ShownProof {
        ShownProof(password: password.flatMap { $0.isEmpty ? nil : $0 }, code: code, session: session)
    }
}
