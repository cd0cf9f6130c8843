import FoundationEssentials
import HTTPMessages
import HTTPServing

/// The refresh token of the web app, in a cookie of the folder of sign-in, `…/auth`: only requests to it may give, take or clear it.
///
/// It is given and taken only with the header `X-LM-Session: cookie`, which a form of another site cannot set.
enum RefreshCookie {
    private static let cookie = BrowserCookie("lm_refresh")

    static func isWanted(by call: Call) -> Bool { call.request.headers["X-LM-Session"] == "cookie" }

    /// The answer to a sign-in; the refresh token stands in it, or in a cookie if that is wanted.
    static func answer(_ grant: Grant, to call: Call, lifetime: TimeInterval) -> GrantView {
        let asCookie = isWanted(by: call)
        if asCookie { cookie.set(grant.refreshToken, seconds: lifetime, on: call) }
        return GrantView(
            user: UserView(grant.user), accessToken: grant.accessToken, refreshToken: asCookie ? nil : grant.refreshToken,
            tokenType: "Bearer", expiresIn: grant.expiresIn)
    }

    /// Signed out, the browser forgets the token, and the files that it has kept: they are read by whoever sits there next. What it has
    /// stored for the app stays, such as a recording that was not sent yet.
    static func clear(on call: Call) {
        guard isWanted(by: call) else { return }
        cookie.clear(on: call)
        call.addHeader("Clear-Site-Data", "\"cache\"")
    }

    static func token(of call: Call) -> String? { isWanted(by: call) ? cookie.value(of: call) : nil }
}
