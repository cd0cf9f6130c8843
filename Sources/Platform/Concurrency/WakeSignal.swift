/// Wakes one worker that sleeps between rounds of work. A wake that comes while it works is kept, so none is lost.
package final class WakeSignal: Sendable {
    /// Whether a wake is kept.
    private let pending = AsyncMonitor(false)

    package init() {}

    package func wake() { pending.signal { isPending, waiting in if waiting == 0 { isPending = true } } }

    /// Returns at the next wake, or at once after one that nobody waited for; or when the task is cancelled.
    package func wait() async { await pending.wait(unless: WakeSignal.take) }

    /// The same, but no longer than `limit`.
    package func wait(atMost limit: Duration) async { await pending.wait(atMost: limit, unless: WakeSignal.take) }

    @Sendable private static func take(_ isPending: inout Bool) -> Bool {
        defer { isPending = false }
        return isPending
    }
}
