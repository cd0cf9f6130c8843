import HTTPMessages

/// Which other origins may call the API from a browser. Off unless configured.
package struct CORSPolicy: Sendable {
    /// `https://study.example`, exactly as browsers send it.
    package var origins: Set<String>
    /// Whether cookies go along.
    package var allowsCredentials: Bool
    /// How long a browser remembers a preflight.
    package var maxAge: Duration

    package init(origins: Set<String>, allowsCredentials: Bool = false, maxAge: Duration = .seconds(600)) {
        self.origins = origins
        self.allowsCredentials = allowsCredentials
        self.maxAge = maxAge
    }

    private static let methods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
    private static let requestHeaders =
        "Authorization, Content-Type, Accept, Last-Event-ID, X-Request-ID, If-None-Match, Range, traceparent"
    private static let exposed =
        "X-Request-ID, Retry-After, RateLimit, RateLimit-Policy, Content-Disposition, Content-Range, ETag, Location"

    /// The answer to a preflight; nil if the request is none.
    func preflight(_ request: HTTPRequest) -> HTTPResponse? {
        guard let origin = request.headers["Origin"], request.headers["Access-Control-Request-Method"] != nil else { return nil }
        var response = HTTPResponse(status: 204)
        guard origins.contains(origin) else { return response }
        response.headers.append("Access-Control-Allow-Methods", Self.methods)
        response.headers.append("Access-Control-Allow-Headers", Self.requestHeaders)
        response.headers.append("Access-Control-Max-Age", "\(maxAge.components.seconds)")
        return response
    }

    func decorate(_ response: inout HTTPResponse, for request: HTTPRequest) {
        response.headers.addVary("Origin")
        guard let origin = request.headers["Origin"], origins.contains(origin) else { return }
        response.headers.append("Access-Control-Allow-Origin", origin)
        response.headers.append("Access-Control-Expose-Headers", Self.exposed)
        if allowsCredentials { response.headers.append("Access-Control-Allow-Credentials", "true") }
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    }
}

extension HTTPHeaders {
    /// Adds a name to `Vary`, keeping those that are there.
    mutating func addVary(_ name: String) {
        guard let known = self["Vary"] else { return append("Vary", name) }
        let names = known.split(separator: ",").map { String($0.trimmingOptionalWhitespace) }
        if !names.contains(where: { HTTPHeaders.same($0, name) }) { self["Vary"] = known + ", " + name }
    }
}
