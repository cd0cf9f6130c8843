import Accounts
import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// Signing in by other services: `/auth/providers`, `/auth/authorize`, `/auth/callback`, `/users/me/identities`.
package struct FederatedSignInRoutes: RouteCollection {
    private let service: FederatedSignInService

    package init(service: FederatedSignInService) { self.service = service }

    package var routes: [Route] { [providers, authorize, callback, identities, unlink] }

    private static let tag = "Accounts"

    private var providers: Route {
        .get(
            "/auth/providers", "List the services by which one may sign in", tag: Self.tag, access: .anyone,
            returns: Page<ProviderView>.self, limit: .session
        ) { [service] _ in
            let views = service.providers.map { ProviderView(name: $0.name, title: $0.title) }
            return Page(data: views, page: 1, limit: max(1, views.count), total: views.count)
        }
    }

    private var authorize: Route {
        .post(
            "/auth/authorize", "Begin to sign in by another service", tag: Self.tag, access: .anyone, body: AuthorizationBody.self,
            returns: AuthorizationView.self, failures: [.notFound, .unauthenticated, .badGateway, .rateLimited],
            limit: .registration
        ) { [service] call, input in
            let purpose = input.purpose ?? .signIn
            var user: UserID?
            if purpose != .signIn {
                let person = try call.user()
                let shown = call.shown(input.password, input.code)
                switch purpose {
                case .signIn, .link: try await service.accounts.proveOwner(person, shown)
                // To come by the provider is the proof.
                case .password, .prove: try await service.accounts.provePasswordless(person, shown)
                }
                user = person
            }
            let binding = Self.binding(of: call, input.binding) ?? BrowserBinding()
            let address = try await service.begin(
                purpose, at: input.provider, as: user, returnTo: input.returnTo, invitation: input.invitation,
                binding: binding)
            let asCookie = SignInAnswer.goesByCookie(call)
            if asCookie { Self.cookie.set(binding.text, seconds: SignInFlow.lifetime, on: call) }
            return AuthorizationView(address: address, binding: asCookie ? nil : binding.text)
        }.described(
            "The browser goes to `address`, and comes back to the app's `/sign-in/{provider}` with what `POST /auth/callback` wants. With "
                + "`purpose` `link`, `password` or `prove` somebody who is signed in begins, and shows their password where they have one; who has "
                + "none proves by `prove` that it is they, for what asks for the password, and for `link`.")
    }

    private var callback: Route {
        .post(
            "/auth/callback", "Come back from another service", tag: Self.tag, access: .anyone, body: CallbackBody.self,
            returns: CallbackView.self,
            failures: [.unauthenticated, .forbidden, .notFound, .conflict, .badGateway, .rateLimited], limit: .login
        ) { [service] call, input in
            let outcome = try await service.complete(
                .init(
                    provider: input.provider, state: input.state, code: input.code, issuer: input.iss, error: input.error,
                    secondFactor: input.secondFactor, session: call.session),
                as: call.principal?.userID,
                binding: Self.binding(of: call, input.binding),
                from: .init(userAgent: call.request.headers["User-Agent"] ?? "", address: call.clientAddress))
            switch outcome {
            case .signedIn(let grant, let page):
                return CallbackView(
                    outcome: .signIn, page: page, grant: try await SignInAnswer.view(grant, to: call, by: service.accounts))
            case .linked(let page): return CallbackView(outcome: .link, page: page)
            case .proved(let page): return CallbackView(outcome: .prove, page: page)
            case .password(let token): return CallbackView(outcome: .password, page: "/reset", token: token)
            }
        }.described(
            "Good once. Where a second factor is on, the answer is 401 with `details.code`; the same is sent again with `second_factor`. "
                + "Else `details.reason` says why not: "
                + FederatedSignInFailure.Reason.allCases.map(\.rawValue).joined(separator: ", ")
                + ".")
    }

    private var identities: Route {
        .get(
            "/users/me/identities", "List the ways into your account", tag: Self.tag, returns: IdentitiesView.self
        ) { [service] call in
            let ways = try await service.ways(of: try call.user())
            return IdentitiesView(
                hasPassword: ways.hasPassword,
                data: ways.identities.map { identity in
                    IdentityView(identity, title: service.providers.first { $0.name == identity.provider }?.title)
                }, providers: service.providers.map { ProviderView(name: $0.name, title: $0.title) })
        }
    }

    private var unlink: Route {
        .raw(
            .delete, "/users/me/identities/:id", "Sign in by another service no longer", tag: Self.tag, body: UnlinkBody.self,
            status: 204, failures: [.notFound, .conflict, .rateLimited], limit: .login
        ) { [service] call in
            let input = try await call.request.body.length == 0 ? UnlinkBody() : call.body(as: UnlinkBody.self)
            let id: LinkedIdentityID = try call.parameter("id")
            // Nobody is asked for a password over what is not there.
            guard try await service.ways(of: try call.user()).identities.contains(where: { $0.id == id }) else {
                throw FederatedSignInFailure.noIdentity
            }
            try await service.accounts.proveOwner(try call.user(), call.shown(input.password, input.code))
            try await service.unlink(id, of: try call.user())
            return HTTPResponse(status: 204)
        }.described(
            "The last way into an account stays. Who has a password shows it, unless the session was proved a moment ago.")
    }

    // MARK: - The browser's secret

    /// Of the folder of `/auth`, as the refresh token's.
    private static let cookie = BrowserCookie("lm_sign_in")

    private static func binding(of call: Call, _ shown: String?) -> BrowserBinding? {
        (SignInAnswer.goesByCookie(call) ? cookie.value(of: call) : shown).flatMap { BrowserBinding($0) }
    }
}
