import Dispatch
import Glibc
import Lifecycle
import Synchronization

/// Turns SIGINT, SIGTERM and SIGHUP into the shutdown signal; a second one ends the program at once.
enum TerminationSignals {
    /// Keeps a source alive.
    // @unchecked: the source is not touched again once it is here.
    private final class Held: @unchecked Sendable {
        let source: any DispatchSourceSignal
        init(_ source: any DispatchSourceSignal) { self.source = source }
    }

    /// For the life of the process.
    private static let held = Mutex<[Held]>([])

    private static func isIgnored(_ handler: sighandler_t?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    static func trigger(_ shutdown: ShutdownSignal) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            // The terminal's end is a reason to stop too, unless `nohup` said that it is none.
            let before = signal(number, SIG_IGN)
            if number == SIGHUP, isIgnored(before) { continue }
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
