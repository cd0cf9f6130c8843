package import Ambient
import Glibc
import Synchronization

/// A piece of work within a trace: a request, a job, a question to another server.
///
/// The current one travels with the task, so that log lines, jobs, events and questions to other servers belong to it without being handed
/// it. Where nothing records spans it is an id and little more.
package final class Span: Sendable {
    /// What the work has to do with other programs; the numbers are OTLP's.
    package enum Kind: Int, Sendable {
        case work = 1
        /// Answers a request.
        case server = 2
        /// Asks another server.
        case client = 3
        /// Leaves something that is worked on later.
        case producer = 4
        /// Works on what was left.
        case consumer = 5
    }

    package typealias Attributes = [(name: String, value: SpanValue)]

    private struct State {
        var attributes: Attributes = []
        var userID: UserID?
        var problem: String?
        var isEnded = false
    }

    /// The work that the task does.
    @TaskLocal package static var current: Span?

    package let context: SpanContext
    package let name: String
    package let kind: Kind
    /// 0 where the trace begins.
    package let parentID: UInt64
    /// The request that all this goes back to, as answers and log lines name it.
    package let requestID: String?
    /// Where that request came from.
    package let clientAddress: String?

    private let recorder: SpanBuffer?
    private let root: Span?
    private let began: UInt64
    private let state = Mutex(State())

    init(
        _ name: String, _ kind: Kind, context: SpanContext, parentID: UInt64, root: Span?, requestID: String?,
        clientAddress: String?, recorder: SpanBuffer?
    ) {
        (self.name, self.kind, self.context, self.parentID) = (name, kind, context, parentID)
        (self.root, self.requestID, self.clientAddress, self.recorder) = (root, requestID, clientAddress, recorder)
        began = recorder == nil ? 0 : Self.now()
    }

    /// Whether anybody will read what is said of it.
    package var isRecorded: Bool { recorder != nil }

    /// Who it is done for; told once it is known.
    package var userID: UserID? { (root ?? self).state.withLock { $0.userID } }

    /// Says who it is done for.
    package func identify(user: UserID) { (root ?? self).state.withLock { $0.userID = user } }

    /// Says more of it. Names are OpenTelemetry's; values are ids, counts and words of ours, never what a person wrote.
    package func note(_ attributes: @autoclosure () -> Attributes) {
        guard recorder != nil else { return }
        let attributes = attributes()
        state.withLock { $0.attributes += attributes }
    }

    /// Says that it failed: `timeout`, `503`.
    package func fail(_ problem: String) {
        guard recorder != nil else { return }
        state.withLock { $0.problem = problem }
    }

    /// A piece of this work.
    package func child(_ name: String, _ kind: Kind = .work) -> Span {
        Span(
            name, kind,
            context: SpanContext(
                traceID: context.traceID, spanID: SpanIDs.shared.next(), flags: context.flags, state: context.state),
            parentID: context.spanID, root: root ?? self, requestID: requestID, clientAddress: clientAddress, recorder: recorder)
    }

    /// Does the work with this as the task's current span, and ends it.
    package func run<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async rethrows -> Value {
        defer { end() }
        do {
            return try await Span.$current.withValue(self) { try await body() }
        } catch {
            if isRecorded { fail("\(type(of: error))") }
            throw error
        }
    }

    /// It is done. Only the first call counts.
    package func end() {
        guard let recorder else { return }
        let finished = state.withLock { state -> State? in
            defer { state.isEnded = true }
            return state.isEnded ? nil : state
        }
        guard let finished else { return }
        var attributes = finished.attributes
        if let user = userID { attributes.append(("user.id", .text(user.description))) }
        recorder.add(
            FinishedSpan(
                context: context, parentID: parentID, name: name, kind: kind, began: began, ended: max(began, Self.now()),
                attributes: attributes, problem: finished.problem))
    }

    /// Nanoseconds since 1970.
    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// What a span says of itself.
package enum SpanValue: Sendable, Hashable {
    case text(String)
    case count(Int)
    case flag(Bool)
}

/// A span that is over, as it is exported.
package struct FinishedSpan: Sendable {
    package let context: SpanContext
    package let parentID: UInt64
    package let name: String
    package let kind: Span.Kind
    /// Of the parent, 16 hexadecimal digits; nil where the trace begins.
    package var parentText: String? { parentID == 0 ? nil : Hexadecimal.text(parentID) }
    /// Nanoseconds since 1970.
    package let began: UInt64
    package let ended: UInt64
    package let attributes: Span.Attributes
    /// Why it failed; nil if it did not.
    package let problem: String?
}
