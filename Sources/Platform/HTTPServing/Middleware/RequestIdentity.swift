import Ambient
import HTTPMessages
import Telemetry

/// What a request is called in answers and logs, and the trace that it belongs to.
struct RequestIdentity: Sendable {
    let id: String
    /// Of who asks.
    let trace: SpanContext?

    /// Takes over the caller's `X-Request-ID` if it is plain, else makes a UUIDv7.
    init(_ request: HTTPRequest, ids: RequestIDs, ambient: Ambient) {
        if let given = request.headers["X-Request-ID"], Self.isSane(given) {
            id = given
        } else {
            id = ids.next(at: ambient.now())
        }
        // Most requests have neither.
        let parents = request.headers["traceparent"] == nil ? [] : request.headers.all("traceparent")
        trace = parents.isEmpty ? nil : SpanContext(parents: parents, states: request.headers.all("tracestate"))
    }

    /// Nothing that could forge a log line or a header, and nothing long.
    private static func isSane(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 46 || $0 == 95
            }
    }

    /// The path alone: queries may hold what a person searched for.
    static func path(of target: String) -> String {
        target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
    }
}
