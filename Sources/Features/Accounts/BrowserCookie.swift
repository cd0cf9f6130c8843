package import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// A secret of the web app in a cookie that scripts cannot read and that other sites' pages do not send.
///
/// It names no path, so a browser keeps it for the folder of the request that it came with: the address as the browser knows it, whatever
/// prefix a proxy took off. Where that is https its name says so (`__Secure-`), and no page of another host of the domain that came without
/// TLS can set it.
package struct BrowserCookie: Sendable {
    private static let prefix = "__Secure-"
    private let name: String

    package init(_ name: String) { self.name = name }

    /// What the browser sent. The cookies of before https count too, and those of an earlier version, which had the plain name.
    package func value(of call: Call) -> String? {
        Self.value(named: Self.prefix + name, in: call) ?? Self.value(named: name, in: call)
    }

    package func set(_ value: String, seconds: TimeInterval, on call: Call) {
        // What a client says of itself here concerns its own cookie only, so it need not come from a trusted proxy.
        let isSecure = call.request.headers["X-Forwarded-Proto"]?.lowercased() == "https"
        add(isSecure ? Self.prefix + name : name, value, seconds, isSecure, to: call)
        // One of the plain name would be sent for ever after, spent as it is.
        if isSecure, Self.value(named: name, in: call) != nil { add(name, "", 0, isSecure, to: call) }
    }

    package func clear(on call: Call) { set("", seconds: 0, on: call) }

    private func add(_ name: String, _ value: String, _ seconds: TimeInterval, _ isSecure: Bool, to call: Call) {
        let attributes = "Max-Age=\(Int(seconds)); HttpOnly; SameSite=Strict\(isSecure ? "; Secure" : "")"
        call.addHeader("Set-Cookie", "\(name)=\(value); \(attributes)")
    }

    private static func value(named name: String, in call: Call) -> String? {
        for pair in call.request.headers.all("Cookie").flatMap({ $0.split(separator: ";") }) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name, !parts[1].isEmpty else { continue }
            return String(parts[1])
        }
        return nil
    }
}
