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
                "/users/me/proof", "Prove that it is you", tag: "Accounts", body: SecondFactorProof.self, returns: ProofView.self,
                failures: [.rateLimited], limit: .login
            ) { [service] call, input in
                guard let session = call.session else { throw AccountsFailure.sessionOver }
                guard let password = input.password else { throw AccountsFailure.invalid("password", "is required") }
                return ProofView(
                    until: try await service.prove(try call.user(), password: password, code: input.code, session: session))
            }.described("For ten minutes what asks for the password, and a code, takes this session without them.")
        ]
    }
}

/// Until when nothing more is asked for.
struct ProofView: APIType {
    var until: Date
}

extension Call {
    /// The session of the access token that came with the call.
    var session: SessionID? { principal?.session.flatMap { SessionID($0) } }

    func shown(_ password: String?, _ code: String?) -> ShownProof {
        ShownProof(password: password, code: code, session: session)
    }
}
