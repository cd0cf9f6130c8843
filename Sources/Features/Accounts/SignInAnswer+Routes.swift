package import HTTPServing

/// How a sign-in is answered by whichever route makes it: the refresh token goes where the caller wants it.
package enum SignInAnswer {
    /// The session that the browser's cookie had ends: nobody can show its token any more.
    ///
    /// - Parameter call: to an address of the folder `/auth`, which the cookie belongs to.
    package static func view(_ grant: Grant, to call: Call, by service: AccountsService) async throws -> GrantView {
        if let former = RefreshCookie.token(of: call) { try await service.logOut(refreshToken: former) }
        return RefreshCookie.answer(grant, to: call, lifetime: service.policy.refreshLifetime)
    }

    /// Whether the caller is the web app, which keeps its secrets in cookies.
    package static func goesByCookie(_ call: Call) -> Bool { RefreshCookie.isWanted(by: call) }
}
