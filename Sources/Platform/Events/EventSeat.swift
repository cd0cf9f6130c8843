import Ambient

/// One user's place among the listeners of an `EventBus`: taken before a stream is promised, free again when nobody holds it.
final class EventSeat: Sendable {
    let user: UserID
    private let leave: @Sendable () -> Void

    init(user: UserID, leave: @escaping @Sendable () -> Void) {
        self.user = user
        self.leave = leave
    }

    deinit { leave() }
}
