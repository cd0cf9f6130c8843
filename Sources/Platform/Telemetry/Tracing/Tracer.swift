/// Begins traces, and goes on with those of others.
package struct Tracer: Sendable {
    private let buffer: SpanBuffer?
    /// A new trace is recorded if its id is below this.
    private let threshold: UInt64

    /// Gives ids, and records nothing.
    package static let silent = Tracer(buffer: nil, ratio: 0)

    /// - Parameters:
    ///   - buffer: where spans wait for whoever exports them; nil records nothing.
    ///   - ratio: how many of the traces that begin here are recorded, from 0 to 1. Of those that others began, what these say holds.
    package init(buffer: SpanBuffer?, ratio: Double) {
        self.buffer = buffer
        threshold = ratio >= 1 ? .max : UInt64(max(0, ratio) * Double(UInt64.max))
    }

    /// A span without a parent in this process.
    ///
    /// - Parameter parent: where it goes on from: another program, or the row of a job.
    package func span(
        _ name: String, _ kind: Span.Kind, parent: SpanContext?, requestID: String? = nil, clientAddress: String? = nil
    ) -> Span {
        let ids = SpanIDs.shared
        guard let parent else {
            let trace = ids.trace()
            let isSampled = buffer != nil && (threshold == .max || trace.low < threshold)
            return Span(
                name, kind, context: SpanContext(traceID: trace, spanID: ids.next(), flags: isSampled ? 1 : 0), parentID: 0,
                root: nil, requestID: requestID, clientAddress: clientAddress, recorder: isSampled ? buffer : nil)
        }
        return Span(
            name, kind,
            context: SpanContext(traceID: parent.traceID, spanID: ids.next(), flags: parent.flags, state: parent.state),
            parentID: parent.spanID, root: nil, requestID: requestID, clientAddress: clientAddress,
            recorder: parent.isSampled ? buffer : nil)
    }
}
