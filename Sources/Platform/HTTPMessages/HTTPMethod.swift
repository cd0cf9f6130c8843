/// The request methods that the server knows, which answers any other with 501, and that the client sends.
package enum HTTPMethod: String, Sendable, CaseIterable, Hashable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
    /// Known, so that it is answered with 405: nothing here echoes a request, which would give its cookies away.
    case trace = "TRACE"
    /// Known, and allowed nowhere so far: a question with a body (draft-ietf-httpbis-safe-method-w-body).
    case query = "QUERY"
    /// Of WebDAV (RFC 4918), and its reports (RFC 3253).
    case propfind = "PROPFIND"
    case report = "REPORT"

    /// Whether asking twice has the effect of asking once (RFC 9110, 9.2.2).
    package var isIdempotent: Bool { self != .post && self != .patch }
}
