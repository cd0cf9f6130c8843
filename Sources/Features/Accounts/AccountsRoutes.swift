import Ambient
import Cryptography
import Failures
import HTTPMessages
package import HTTPServing
import WebAuthn
import Places

/// `/auth` and `/users/me`; what administrators do is in `AdministrationRoutes`.
package struct AccountsRoutes: RouteCollection {
    private let service: AccountsService
    private let authenticator: TokenAuthenticator

    package init(service: AccountsService) {
        self.service = service
        authenticator = TokenAuthenticator(service)
    }

    package var routes: [Route] { SignUpRoutes(service: service).routes + door + person }

    /// What needs no token.
    private var door: [Route] {
        [
            .get(
                "/auth/status", "Ask whether accounts can be made", tag: "Accounts", access: .anyone,
                returns: AccountsStatusView.self, limit: .session
            ) {
                [service] _ in
                let status = try await service.status()
                return AccountsStatusView(
                    isRegistrationOpen: status.isRegistrationOpen, registration: service.policy.registration,
                    hasUsers: status.hasUsers, mailsResets: status.mailsResets, passkeyOrigin: service.party?.origin)
            },
            .post(
                "/auth/login", "Sign in", tag: "Accounts", access: .anyone, body: LoginRequest.self, returns: GrantView.self,
                failures: [.unauthenticated, .rateLimited], limit: .login
            ) { [service] call, input in
                let second = try input.second
                let grant = try await call.limited(.signIn, by: "password") {
                    try await call.limited(.account, by: service.tag(of: input.email)) {
                        try await service.logIn(
                            email: input.email, password: input.password, second: second,
                            userAgent: call.request.headers["User-Agent"] ?? "", address: call.clientAddress)
                    }
                }
                return try await SignInAnswer.view(grant, to: call, by: service)
            }.described(
                "Where a second factor is on and `code` is missing or wrong, the answer is 401 with `details.code`; with `details.passkey` where a `passkey` may stand in its place."
            ),
            .post(
                "/auth/forgot", "Have a link to a new password mailed", tag: "Accounts", access: .anyone,
                body: ForgottenPasswordRequest.self, failures: [.forbidden, .rateLimited], limit: .registration
            ) { [service] _, input in
                try await service.requestReset(email: input.email)
            }.described(
                "The answer is the same whether or not there is such an account. The old password stays good until another is chosen."
            ),
            .post(
                "/auth/reset", "Choose a new password with a one-time link", tag: "Accounts", access: .anyone,
                body: PasswordResetRequest.self, returns: GrantView.self, failures: [.notFound, .unauthenticated, .rateLimited],
                limit: .login
            ) { [service] call, input in
                let grant = try await service.choosePassword(
                    input.password, with: input.token, code: input.code, userAgent: call.request.headers["User-Agent"] ?? "",
                    address: call.clientAddress)
                return try await SignInAnswer.view(grant, to: call, by: service)
            }.described(
                "Signs in. `POST /auth/forgot` mails the link, an administrator or `lm account reset` gives it; it is good for an hour."
            ),
            .raw(
                .post, "/auth/refresh", "Trade a refresh token for new tokens", tag: "Accounts", access: .anyone,
                body: RefreshRequest.self, returns: GrantView.self, failures: [.unauthenticated], limit: .session
            ) { [service] call in
                guard let token = try await refreshToken(of: call) else {
                    throw AccountsFailure(.unauthenticated, "There is no refresh token; sign in.")
                }
                let grant = try await service.refresh(token, address: call.clientAddress)
                return try .json(RefreshCookie.answer(grant, to: call, lifetime: service.policy.refreshLifetime))
            },
            .raw(
                .post, "/auth/logout", "Sign out", tag: "Accounts", access: .anyone, body: RefreshRequest.self, status: 204,
                limit: .session
            ) { [service] call in
                if let token = try await refreshToken(of: call) {
                    try await service.logOut(refreshToken: token)
                } else if let principal = call.principal, let session = session(of: call) {
                    do { try await service.endSession(session, of: principal.userID) } catch let failure as AccountsFailure
                        where failure.code == .notFound
                    {
                        // It ended before: that is what was asked for.
                    }
                }
                RefreshCookie.clear(on: call)
                return HTTPResponse(status: 204)
            },
        ]
    }

    private var person: [Route] {
        [
            .post("/auth/logout-all", "Sign out everywhere", tag: "Accounts") { [service] call in
                try await service.logOutEverywhere(try call.user())
                RefreshCookie.clear(on: call)
            },
            .get("/users/me", "Look at your account", tag: "Accounts", returns: UserView.self) { [service] call in
                UserView(try await service.user(try call.user()))
            },
            .patch(
                "/users/me", "Change how you are called", tag: "Accounts", body: RenameRequest.self, returns: UserView.self
            ) { [service] call, input in
                UserView(try await service.rename(try call.user(), to: input.displayName))
            },
            .post(
                "/users/me/password", "Change your password", tag: "Accounts", body: PasswordChangeRequest.self,
                failures: [.rateLimited], limit: .login
            ) { [service] call, input in
                try await service.changePassword(
                    of: try call.user(), from: input.currentPassword, to: input.newPassword, code: input.code,
                    keeping: session(of: call))
            }.described("Every other session ends."),
            .raw(
                .delete, "/users/me", "Remove your account and everything in it", tag: "Accounts",
                body: AccountDeletionRequest.self, status: 204, failures: [.conflict, .rateLimited], limit: .login
            ) { [service] call in
                let input = try await call.body(as: AccountDeletionRequest.self)
                try await service.delete(try call.user(), by: try call.user(), call.shown(input.password, input.code))
                return HTTPResponse(status: 204)
            },
            .get("/users/me/sessions", "List where you are signed in", tag: "Accounts", returns: Page<SessionView>.self) {
                [service] call in
                let current = session(of: call)
                let views = try await service.sessions(of: try call.user()).map { session in
                    SessionView(
                        id: session.id.description, userAgent: session.userAgent, createdAt: session.createdAt,
                        lastUsedAt: session.lastUsedAt, expiresAt: session.expiresAt, country: session.place?.country,
                        city: session.place?.city, isCurrent: session.id == current)
                }
                return Page(data: views, page: 1, limit: max(1, views.count), total: views.count)
            },
            .delete("/users/me/sessions/:id", "Sign out one of your devices", tag: "Accounts", failures: [.notFound]) {
                [service] call in
                try await service.endSession(try call.parameter("id"), of: try call.user())
            },
        ]
    }

    /// The session of the access token that came with the call.
    private func session(of call: Call) -> SessionID? {
        (try? authenticator.claims(for: call.request)).flatMap { SessionID($0.session) }
    }

    /// From the body, else from the cookie of a caller that says it is the web app.
    private func refreshToken(of call: Call) async throws -> String? {
        if call.request.body.length != 0, let token = try await call.body(as: RefreshRequest.self).refreshToken { return token }
        return RefreshCookie.token(of: call)
    }
}
