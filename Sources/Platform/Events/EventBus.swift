package import Ambient
import Concurrency
import FoundationEssentials
import Synchronization
package import Telemetry

/// Carries events to the listeners of this process. Stored events come from the relay, after their commit; passing ones (progress)
/// straight from whoever publishes them, here or, as signals, in another process.
package final class EventBus: Sendable {
    private struct State {
        var nextID: UInt64 = 0
        var byUser: [UserID: [UInt64: EventSubscription]] = [:]
        var ofAll: [UInt64: EventSubscription] = [:]
        /// How many places each user holds: a stream that is promised has one before it listens.
        var seats: [UserID: Int] = [:]
        /// Passing events that other processes have not been told of yet.
        var passing: [Event] = []
        /// When the newest stored event happened that each listening user was told of.
        var told: [UserID: Date] = [:]
        var isClosed = false
    }

    /// Wakes the relay.
    let relayWake = WakeSignal()
    /// Wakes whoever tells other processes of passing events.
    let passingWake = WakeSignal()

    private let service: String
    private let ambient: Ambient
    private let logger: Logger
    private let capacity: Int
    private let limitPerUser: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - service: what events of this process name as their origin.
    ///   - capacity: how many events wait for a slow listener.
    ///   - limitPerUser: how many listeners one user may have.
    package init(
        service: String = "lm", ambient: Ambient = .live, logger: Logger = .silent, capacity: Int = 256, limitPerUser: Int = 20
    ) {
        self.service = service
        self.ambient = ambient
        self.logger = logger
        self.capacity = capacity
        self.limitPerUser = limitPerUser
    }

    /// Tells the listeners something that nobody needs to hear of later: it is not stored. Those of other processes hear it a moment
    /// later, or never if too much happens at once.
    package func publish(_ note: PassingNote) {
        let event: Event
        do {
            event = try note.draft.event(service: service, ambient: ambient)
        } catch {
            return logger.failure("an event's payload cannot be encoded", error, ["type": note.type])
        }
        publish(event)
        state.withLock { state in
            if state.passing.count >= capacity { state.passing.removeFirst() }
            state.passing.append(event)
        }
        passingWake.wake()
    }

    /// Listens to one user's events while `body` runs.
    package func withSubscription<Value>(
        user: UserID, _ body: (EventSubscription) async throws -> Value
    ) async throws -> Value {
        try await withSubscription(seat: seat(for: user), body)
    }

    /// Listens to the events of the seat's user while `body` runs.
    func withSubscription<Value>(seat: EventSeat, _ body: (EventSubscription) async throws -> Value) async throws -> Value {
        let user = seat.user
        let (id, subscription) = try subscribe { state, id, subscription in
            state.byUser[user, default: [:]][id] = subscription
        }
        defer {
            state.withLock { state in
                state.byUser[user]?[id] = nil
                if state.byUser[user]?.isEmpty == true { (state.byUser[user], state.told[user]) = (nil, nil) }
            }
            withExtendedLifetime(seat) {}
        }
        return try await body(subscription)
    }

    /// Takes one of the user's places, for as long as the seat is held.
    func seat(for user: UserID) throws(EventFailure) -> EventSeat {
        try state.withLock { state throws(EventFailure) in
            if state.isClosed { throw .closed }
            guard state.seats[user, default: 0] < limitPerUser else { throw .tooManyStreams }
            state.seats[user, default: 0] += 1
        }
        return EventSeat(user: user) { [weak self] in
            self?.state.withLock { state in
                let left = state.seats[user, default: 1] - 1
                state.seats[user] = left > 0 ? left : nil
            }
        }
    }

    /// Listens to all events while `body` runs.
    package func withSubscription<Value>(_ body: (EventSubscription) async throws -> Value) async throws -> Value {
        let (id, subscription) = try subscribe { state, id, subscription in state.ofAll[id] = subscription }
        defer { state.withLock { $0.ofAll[id] = nil } }
        return try await body(subscription)
    }

    /// How many listeners there are.
    package var listeners: Int { state.withLock { $0.ofAll.count + $0.byUser.values.reduce(0) { $0 + $1.count } } }

    /// Ends every subscription; the event streams close, so a shutdown need not wait for them.
    package func close() {
        let all = state.withLock { state in
            state.isClosed = true
            return Array(state.ofAll.values) + state.byUser.values.flatMap(\.values)
        }
        for subscription in all { subscription.end() }
    }

    /// There may be stored events to relay.
    func wakeRelay() { relayWake.wake() }

    func takePassing() -> [Event] {
        state.withLock { state in
            defer { state.passing = [] }
            return state.passing
        }
    }

    var hasPassing: Bool { state.withLock { !$0.passing.isEmpty } }

    /// Tells all listeners that they may have missed stored events.
    func resync() {
        state.withLock { state in
            for subscription in state.ofAll.values { subscription.offerResync() }
            for own in state.byUser.values { for subscription in own.values { subscription.offerResync() } }
        }
    }

    func publish(_ event: Event) {
        // Offered under the lock, so that two publishers cannot swap their events on the way.
        state.withLock { state in
            for subscription in state.ofAll.values { subscription.offer(event) }
            guard let user = event.userID, let own = state.byUser[user] else { return }
            for subscription in own.values { subscription.offer(event) }
            if event.position != nil { state.told[user] = event.timestamp }
        }
    }

    /// Tells of another process' passing event, unless the user has heard already of something that came after it: the relay may find
    /// a stored event before the signal comes that was sent first. More than a second apart, the processes' clocks differ.
    func publishFromElsewhere(_ event: Event) {
        let lead = event.userID.flatMap { user in state.withLock { $0.told[user] } }?.timeIntervalSince(event.timestamp) ?? 0
        if lead > 0, lead < 1 { return }
        publish(event)
    }

    private func subscribe(
        _ add: (inout State, UInt64, EventSubscription) -> Void
    ) throws(EventFailure) -> (UInt64, EventSubscription) {
        let subscription = EventSubscription(capacity: capacity)
        let id = try state.withLock { state throws(EventFailure) -> UInt64 in
            if state.isClosed { throw .closed }
            state.nextID += 1
            add(&state, state.nextID, subscription)
            return state.nextID
        }
        return (id, subscription)
    }
}
