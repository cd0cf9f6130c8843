import Telemetry

/// Spans as OTLP's JSON has them: ids in hexadecimal digits, 64-bit numbers as text.
struct OTLPDocument: Encodable {
    let resourceSpans: [ResourceSpans]

    struct ResourceSpans: Encodable {
        let resource: Resource
        let scopeSpans: [ScopeSpans]
    }

    struct Resource: Encodable {
        let attributes: [Attribute]
    }

    struct ScopeSpans: Encodable {
        let scope: Scope
        let spans: [Span]
    }

    struct Scope: Encodable {
        let name: String
    }

    struct Attribute: Encodable {
        let key: String
        let value: Value
    }

    struct Value: Encodable {
        var stringValue: String?
        var intValue: String?
        var boolValue: Bool?

        init(_ value: SpanValue) {
            switch value {
            case .text(let text): stringValue = text
            case .count(let count): intValue = "\(count)"
            case .flag(let flag): boolValue = flag
            }
        }
    }

    struct Status: Encodable {
        /// 0 says nothing, 2 that it failed.
        let code: Int
        let message: String?
    }

    struct Span: Encodable {
        let traceId: String
        let spanId: String
        let parentSpanId: String?
        let traceState: String?
        let flags: Int
        let name: String
        let kind: Int
        let startTimeUnixNano: String
        let endTimeUnixNano: String
        let attributes: [Attribute]
        let status: Status

        init(_ span: FinishedSpan) {
            traceId = span.context.traceID.text
            spanId = span.context.spanText
            parentSpanId = span.parentText
            traceState = span.context.state.text.isEmpty ? nil : span.context.state.text
            flags = Int(span.context.flags)
            name = span.name
            kind = span.kind.rawValue
            startTimeUnixNano = "\(span.began)"
            endTimeUnixNano = "\(span.ended)"
            attributes = span.attributes.map { Attribute(key: $0.name, value: Value($0.value)) }
            status = Status(code: span.problem == nil ? 0 : 2, message: span.problem)
        }
    }

    init(_ spans: [FinishedSpan], resource: [(name: String, value: String)]) {
        resourceSpans = [
            ResourceSpans(
                resource: Resource(attributes: resource.map { Attribute(key: $0.name, value: Value(.text($0.value))) }),
                scopeSpans: [ScopeSpans(scope: Scope(name: "little-monster"), spans: spans.map(Span.init))])
        ]
    }
}
