/// W3C Trace Context: a request's place in a trace that may have begun elsewhere.
struct TraceContext: Sendable, Hashable {
    /// 32 lower-case hexadecimal digits.
    let traceID: String
    /// The caller's span, 16 digits.
    let parentID: String

    /// nil unless the value is a well-formed version 00 `traceparent` with ids that are not zero.
    init?(traceparent value: String) {
        let bytes = value.utf8
        guard bytes.count >= 55 else { return nil }
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "00", parts[1].utf8.count == 32, parts[2].utf8.count == 16, parts[3].utf8.count == 2,
            parts[1...3].allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }),
            parts[1].utf8.contains(where: { $0 != 48 }), parts[2].utf8.contains(where: { $0 != 48 })
        else { return nil }
        traceID = String(parts[1])
        parentID = String(parts[2])
    }
}
