import Ambient
import FoundationEssentials
import HTTPMessages
import HTTPServing

/// The refresh token of the web app: in a cookie that scripts cannot read and that other sites' pages do not send.
///
/// It is given and taken only with the header `X-LM-Session: cookie`, which a form of another site cannot set.
/// It names no path, so a browser keeps it for the folder of the request that it came with, `…/auth`: the address as the browser
/// knows it, whatever prefix a proxy took off. Only requests to that folder may therefore give, take or clear it.
enum RefreshCookie {
    private static let name = "lm_refresh"

    static func isWanted(by call: Call) -> Bool { call.request.headers["X-LM-Session"] == "cookie" }

    /// The answer to a sign-in; the refresh token stands in it, or in a cookie if that is wanted.
    static func answer(_ grant: Grant, to call: Call, lifetime: TimeInterval) -> GrantView {
        let asCookie = isWanted(by: call)
        if asCookie { call.addHeader("Set-Cookie", cookie(grant.refreshToken, seconds: Int(lifetime), for: call)) }
        return GrantView(
            user: UserView(grant.user), accessToken: grant.accessToken, refreshToken: asCookie ? nil : grant.refreshToken,
            tokenType: "Bearer", expiresIn: grant.expiresIn)
    }

    static func clear(on call: Call) {
        if isWanted(by: call) { call.addHeader("Set-Cookie", cookie("", seconds: 0, for: call)) }
    }

    static func token(of call: Call) -> String? {
        guard isWanted(by: call) else { return nil }
        for header in call.request.headers.all("Cookie") {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name, !parts[1].isEmpty else { continue }
                return String(parts[1])
            }
        }
        return nil
    }

    private static func cookie(_ value: String, seconds: Int, for call: Call) -> String {
        var text = "\(name)=\(value); Max-Age=\(seconds); HttpOnly; SameSite=Strict"
        // What a client says of itself here concerns its own cookie only, so it need not come from a trusted proxy.
        if call.request.headers["X-Forwarded-Proto"]?.lowercased() == "https" { text += "; Secure" }
        return text
    }
}
