package import Database
package import Events
import Ambient
import Telemetry

/// Writes security events into the audit log, in the transaction that stores the event: either is there exactly if the other is.
///
/// Not as a sink or a reaction: these come a moment later, and the end of an account takes its events along before they have.
package struct AuditRecorder: Sendable {
    private let kinds: Set<String>
    private let store = AuditStore()

    /// - Parameter kinds: of the events that are of security, as they are declared.
    package init(kinds: Set<String>) { self.kinds = kinds }

    package func record(_ event: Event, in transaction: any Transaction) async throws {
        guard kinds.contains(event.type) else { return }
        let span = Span.current
        // A job is somebody's, and not done by them.
        let actor = span?.requestID == nil ? nil : span?.userID
        try await store.insert(
            event, actor: actor, network: span?.clientAddress.map(NetworkAddress.shortened) ?? "",
            requestID: span?.requestID ?? "", traceID: span?.context.traceID.text ?? "", details: LogMask.masked(event.payload),
            in: transaction)
    }
}
