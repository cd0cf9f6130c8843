import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing

extension HTTPResponse {
    /// The answer to a request that no handler saw, in the shape that every error has.
    init(_ rejection: Rejection) {
        let now = Date()
        let id = UUIDv7.make(at: now).uuidString.lowercased()
        // The messages are ours and hold nothing that JSON would escape.
        let body =
            "{\"error\":\"\(rejection.code.rawValue)\",\"message\":\"\(rejection.message)\",\"details\":{},"
            + "\"request_id\":\"\(id)\",\"timestamp\":\"\(Timestamp.text(now))\"}"
        self.init(
            status: rejection.code.status,
            headers: [
                "Content-Type": "application/json", "X-Request-ID": id, "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            ],
            body: .bytes(Array(body.utf8)))
    }
}
