import Ambient
import Cryptography
import Failures
import HTTPMessages
package import HTTPServing

/// `/users/me/passkeys` and `/auth/passkey`: keys on devices in the place of a password.
package struct PasskeyRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    private static let path = "/users/me/passkeys"

    package var routes: [Route] { own + door }

    private var own: [Route] {
        [
            .get(Self.path, "List your passkeys", tag: "Accounts", returns: Page<PasskeyView>.self) { [service] call in
                let views = try await service.passkeys(of: try call.user()).map(PasskeyView.init)
                return Page(data: views, page: 1, limit: Passkey.most, total: views.count)
            },
            .post(
                "\(Self.path)/options", "Begin to make a passkey", tag: "Accounts", body: SecondFactorProof.self,
                returns: PasskeyCreationOptions.self, failures: [.conflict, .rateLimited], limit: .login
            ) { [service] call, input in
                PasskeyCreationOptions(
                    try await service.beginPasskey(of: try call.user(), call.shown(input.password, input.code)),
                    party: try service.relyingParty())
            }.described("For `PublicKeyCredential.parseCreationOptionsFromJSON`. The challenge is good for five minutes, once."),
            .post(
                Self.path, "Keep a passkey that was made", tag: "Accounts", body: NewPasskeyRequest.self, returns: PasskeyView.self,
                status: 201, failures: [.conflict, .notFound]
            ) { [service] call, input in
                let response = input.credential.response
                guard let client = Base64URL.decode(response.clientDataJSON),
                    let object = Base64URL.decode(response.attestationObject)
                else { throw AccountsFailure.invalid("credential", "is not in base 64 for URLs") }
                return PasskeyView(
                    try await service.addPasskey(
                        of: try call.user(), name: input.name, clientData: client, attestationObject: object))
            },
            .patch(
                "\(Self.path)/:id", "Name a passkey", tag: "Accounts", body: PasskeyRenameRequest.self, returns: PasskeyView.self,
                failures: [.notFound]
            ) { [service] call, input in
                PasskeyView(try await service.renamePasskey(try call.parameter("id"), of: try call.user(), to: input.name))
            },
            .raw(
                .delete, "\(Self.path)/:id", "Remove a passkey", tag: "Accounts", body: SecondFactorProof.self, status: 204,
                failures: [.notFound, .rateLimited], limit: .login
            ) { [service] call in
                let input = try await call.body(as: SecondFactorProof.self)
                try await service.removePasskey(
                    try call.parameter("id"), of: try call.user(), call.shown(input.password, input.code))
                return HTTPResponse(status: 204)
            },
            .post(
                "/users/me/proof/options", "Begin to prove that it is you with a passkey", tag: "Accounts",
                returns: PasskeyRequestOptions.self, failures: [.notFound, .conflict]
            ) { [service] call in
                let begun = try await service.beginPasskeyProof(of: try call.user())
                return PasskeyRequestOptions(
                    challenge: begun.challenge, known: begun.known, party: try service.relyingParty())
            },
        ]
    }

    private var door: [Route] {
        [
            .post(
                "/auth/passkey/options", "Begin to sign in with a passkey", tag: "Accounts", access: .anyone,
                returns: PasskeyRequestOptions.self, failures: [.conflict], limit: .session
            ) { [service] _ in
                PasskeyRequestOptions(
                    challenge: try await service.beginPasskeySignIn(), party: try service.relyingParty())
            }.described("The same for everybody: nobody is named, and the device finds the passkey."),
            .post(
                "/auth/passkey", "Sign in with a passkey", tag: "Accounts", access: .anyone, body: PasskeySignInRequest.self,
                returns: GrantView.self, failures: [.unauthenticated, .notFound, .conflict], limit: .login
            ) { [service] call, input in
                guard let assertion = input.credential.assertion else {
                    throw AccountsFailure.invalid("credential", "is not in base 64 for URLs")
                }
                let grant = try await service.logIn(
                    with: assertion, userAgent: call.request.headers["User-Agent"] ?? "", address: call.clientAddress)
                return try await SignInAnswer.view(grant, to: call, by: service)
            }.described("No code is asked for: the device has made sure who is before it."),
        ]
    }
}
