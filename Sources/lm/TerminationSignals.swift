import Dispatch
import Glibc
import Lifecycle
import Synchronization

/// Turns SIGINT and SIGTERM into the shutdown signal; a second one ends the program at once.
enum TerminationSignals {
    /// Keeps a source alive.
    // @unchecked: the source is not touched again once it is here.
    private final class Held: @unchecked Sendable {
        let source: any DispatchSourceSignal
        init(_ source: any DispatchSourceSignal) { self.source = source }
    }

    /// For the life of the process.
    private static let held = Mutex<[Held]>([])

    static func trigger(_ shutdown: ShutdownSignal) {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if shutdown.isTriggered { exit(130) }
                shutdown.trigger()
            }
            source.resume()
            let kept = Held(source)
            held.withLock { $0.append(kept) }
        }
    }
}
