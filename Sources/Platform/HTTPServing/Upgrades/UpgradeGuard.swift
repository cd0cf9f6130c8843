import Failures
import HTTPMessages

/// What is asked of a request to upgrade before its route sees it, since a browser sends no preflight for it.
enum UpgradeGuard {
    /// Before the token in a list of subprotocols: a page cannot give its socket an `Authorization` header.
    static let bearerPrefix = "bearer."

    /// Another site's page may open a socket to us; it is turned away by its origin, which a page cannot choose.
    static func checkOrigin(of request: HTTPRequest, allowed: Set<String>) throws(HTTPFailure) {
        guard let origin = request.headers["Origin"], !allowed.contains(origin) else { return }
        guard let own = request.headers["Host"], isSame(origin, host: own) else {
            throw HTTPFailure(.forbidden, "Pages of \(origin) may not connect here.")
        }
    }

    /// The same host; the same port too where `Host` names one, which a proxy in front may leave out.
    private static func isSame(_ origin: String, host: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: origin.hasPrefix) else { return false }
        let place = origin.dropFirst(scheme.utf8.count)
        if HTTPHeaders.same(String(place), host) { return true }
        let (name, port) = split(place)
        let (ownName, ownPort) = split(host[...])
        guard HTTPHeaders.same(String(name), String(ownName)) else { return false }
        let implied = origin.hasPrefix("https:") ? "443" : "80"
        return ownPort == nil || (port ?? implied) == (ownPort ?? implied)
    }

    private static func split(_ place: Substring) -> (name: Substring, port: String?) {
        guard let colon = place.lastIndex(of: ":"), place[place.index(after: colon)...].utf8.allSatisfy({ (48...57).contains($0) })
        else { return (place, nil) }
        return (place[..<colon], String(place[place.index(after: colon)...]))
    }

    /// The request with a token from its subprotocols where other requests have it.
    static func withCredentials(_ request: HTTPRequest) -> HTTPRequest {
        guard request.headers["Authorization"] == nil else { return request }
        let offered = request.headers.all("Sec-WebSocket-Protocol").flatMap { $0.split(separator: ",") }
        for name in offered.map({ $0.trimmingOptionalWhitespace }) where name.hasPrefix(bearerPrefix) {
            var request = request
            request.headers.append("Authorization", "Bearer " + name.dropFirst(bearerPrefix.count))
            return request
        }
        return request
    }
}
