package import Ambient
package import Database
import Signals
import Telemetry

/// Where a change of state leaves word of itself: in the same transaction, so the event exists exactly if the change does.
package struct EventOutbox: Sendable {
    /// What else is to be done in the transaction that stores an event.
    package typealias Companion = @Sendable (Event, any Transaction) async throws -> Void

    private let bus: EventBus
    private let service: String
    private let ambient: Ambient
    private let companion: Companion?
    private let store = OutboxStore()

    /// - Parameter companion: enqueues the durable reactions to an event.
    package init(bus: EventBus, service: String = "lm", ambient: Ambient = .live, companion: Companion? = nil) {
        self.bus = bus
        self.service = service
        self.ambient = ambient
        self.companion = companion
    }

    /// Stores an event and has it relayed once the transaction is committed.
    @discardableResult
    package func append(_ draft: EventDraft, in transaction: any Transaction) async throws -> EventID {
        // What reacts to it goes on from here.
        let span = Span.current?.child("event \(draft.type)", .producer)
        defer { span?.end() }
        let event = try await Span.$current.withValue(span) {
            let event = try draft.event(service: service, ambient: ambient)
            try await store.insert(event, in: transaction)
            try await companion?(event, transaction)
            return event
        }
        // Other processes hear of progress before they hear of what came of it.
        bus.signalPassing(in: transaction)
        transaction.signal(Signal(.storedEvents))
        transaction.afterCommit { [bus] in bus.wakeRelay() }
        return event.id
    }

    /// Removes all events of a user who goes away, in the caller's transaction.
    package func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        try await store.deleteAll(of: user, in: transaction)
    }
}
