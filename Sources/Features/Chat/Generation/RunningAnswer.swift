import Ambient
import Concurrency
import Lifecycle

/// An answer that this process writes.
struct RunningAnswer: Sendable {
    let user: UserID
    let feed = MessageFeed()
    /// Ends it where it stands.
    let stop = ShutdownSignal()
    /// Wakes the log to look whether the answer is still to be written.
    let look = WakeSignal()
}
