import Cryptography
import Failures
import HTTPMessages

/// Who may look at counters and at what is down: machines of the operator's own network, and whoever has the token that was set.
package struct OperatorAccess: Sendable {
    /// This machine, and the networks that the open internet does not reach (RFC 1918, 6598, 4193; link-local).
    private static let inside = [
        "127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "fc00::/7",
        "fe80::/10",
    ].compactMap { AddressBlock($0) }

    private let token: [UInt8]?

    /// - Parameter token: that counters are shown for, and for nothing else then.
    package init(token: String? = nil) { self.token = token.map { Array($0.utf8) } }

    /// Throws unless the caller may see counters.
    func check(_ call: Call) throws {
        if token != nil {
            guard hasToken(call) else {
                throw HTTPFailure(
                    .unauthenticated, "Counters are shown for the token of LM_METRICS_TOKEN.",
                    headers: ["WWW-Authenticate": "Bearer"])
            }
        } else if !isInside(call) {
            throw HTTPFailure(
                .forbidden, "Counters are shown within the operator's own network, or anywhere for the token of LM_METRICS_TOKEN.")
        }
    }

    /// Whether the caller is told more than that all is well, or not.
    func seesParts(_ call: Call) -> Bool { isInside(call) || hasToken(call) }

    private func hasToken(_ call: Call) -> Bool {
        guard let token, let header = call.request.headers["Authorization"] else { return false }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, HTTPHeaders.same(String(parts[0]), "Bearer") else { return false }
        return MessageAuthentication.equal(Array(parts[1].utf8), token)
    }

    /// What a proxy passes on that nobody has named as trusted comes from anywhere, however near the proxy is.
    private func isInside(_ call: Call) -> Bool {
        let isPassedOn = ["X-Forwarded-For", "Forwarded", "X-Real-IP"].contains { call.request.headers[$0] != nil }
        guard !isPassedOn || call.clientAddress != call.request.remoteAddress else { return false }
        return Self.inside.contains { $0.contains(call.clientAddress) }
    }
}
