import HTTPMessages

/// The conditional headers of a request, held against what would be sent (RFC 9110, 13).
struct Conditions {
    private let request: HTTPRequest
    private let etag: String?
    /// Seconds since 1970.
    private let modified: Int?

    init(_ request: HTTPRequest, etag: String?, modified: Int?) {
        self.request = request
        self.etag = etag
        self.modified = modified
    }

    /// The client has it already: 304.
    var isUnchanged: Bool {
        if let known = request.headers["If-None-Match"] {
            guard let etag else { return false }
            return known == "*"
                || known.split(separator: ",").contains { Self.weak($0.trimmingOptionalWhitespace) == Self.weak(etag[...]) }
        }
        guard let modified, let since = request.headers["If-Modified-Since"].flatMap(HTTPDate.parse) else { return false }
        return modified <= since
    }

    /// The client wants it only as it knew it, and it is not that: 412.
    var isRefused: Bool {
        if let wanted = request.headers["If-Match"] {
            guard let etag else { return true }
            // Only strong tags match, so a weak one never does.
            return wanted != "*" && !wanted.split(separator: ",").contains { $0.trimmingOptionalWhitespace == etag[...] }
        }
        guard let modified, let since = request.headers["If-Unmodified-Since"].flatMap(HTTPDate.parse) else { return false }
        return modified > since
    }

    /// Whether a range may be given: it is, unless `If-Range` names another version.
    var allowsRange: Bool {
        guard let wanted = request.headers["If-Range"] else { return true }
        if wanted.hasPrefix("\"") { return wanted == etag }
        guard let modified, let date = HTTPDate.parse(wanted) else { return false }
        return modified == date
    }

    private static func weak(_ tag: Substring) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }
}
