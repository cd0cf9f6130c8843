/// A span's place in its trace, as W3C Trace Context carries it from one program to another.
package struct SpanContext: Sendable, Hashable {
    /// A trace's id, 128 bits that are not all zero.
    package struct TraceID: Sendable, Hashable {
        package let high: UInt64
        package let low: UInt64

        package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

        /// 32 lower-case hexadecimal digits.
        package var text: String { Hexadecimal.text(high, low) }
    }

    package let traceID: TraceID
    package let spanID: UInt64
    /// Bit 0: the span is recorded. Bit 1: the trace's id is random. What else a newer version may mean is not passed on.
    package let flags: UInt8
    package let state: TraceState

    package init(traceID: TraceID, spanID: UInt64, flags: UInt8, state: TraceState = .none) {
        (self.traceID, self.spanID, self.flags, self.state) = (traceID, spanID, flags & 3, state)
    }

    package var isSampled: Bool { flags & 1 == 1 }

    /// 16 lower-case hexadecimal digits.
    package var spanText: String { Hexadecimal.text(spanID) }

    /// As the header says it.
    package var traceparent: String { "00-\(traceID.text)-\(spanText)-0\(flags)" }
}

extension SpanContext {
    /// What a request's headers say.
    ///
    /// - Parameters:
    ///   - parents: the values of all `traceparent` fields. Two are as good as none: nobody knows which one holds.
    ///   - states: the values of all `tracestate` fields, in order. What is not well-formed is dropped without the parent.
    package init?(parents: [String], states: [String]) {
        guard parents.count == 1, let parent = SpanContext(traceparent: parents[0]) else { return nil }
        self.init(
            traceID: parent.traceID, spanID: parent.spanID, flags: parent.flags,
            state: states.isEmpty ? .none : TraceState(states.joined(separator: ",")) ?? .none)
    }

    /// nil unless the value is well-formed: version 00 to the letter, a later one as far as it is known.
    package init?(traceparent value: String) {
        var value = value
        let parsed = value.withUTF8 { bytes -> (UInt64, UInt64, UInt64, UInt8)? in
            guard bytes.count >= 55, bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash else { return nil }
            guard let version = Hexadecimal.value(bytes[0..<2]), version != 0xFF, let high = Hexadecimal.value(bytes[3..<19]),
                let low = Hexadecimal.value(bytes[19..<35]), let span = Hexadecimal.value(bytes[36..<52]),
                let flags = Hexadecimal.value(bytes[53..<55])
            else { return nil }
            guard high | low != 0, span != 0 else { return nil }
            if bytes.count > 55 { guard version != 0, bytes[55] == Self.dash else { return nil } }
            return (high, low, span, UInt8(flags))
        }
        guard let (high, low, span, flags) = parsed else { return nil }
        self.init(traceID: TraceID(high: high, low: low), spanID: span, flags: flags)
    }

    private static let dash = UInt8(ascii: "-")
}

extension SpanContext {
    /// As a row of the database keeps it: the parent, and the state behind a space where there is one.
    package var stored: String { state.text.isEmpty ? traceparent : "\(traceparent) \(state.text)" }

    package init?(stored: String) {
        let parts = stored.split(separator: " ", maxSplits: 1)
        guard let parent = parts.first else { return nil }
        self.init(parents: [String(parent)], states: parts.dropFirst().map(String.init))
    }
}
