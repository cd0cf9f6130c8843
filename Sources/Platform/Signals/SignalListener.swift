import Failures
package import Lifecycle
import Synchronization
package import Telemetry

/// Hears what the other processes of this installation signal and tells the parts of this one. One runs in each process.
///
/// A signal only makes things quicker: the tables are the truth, and whoever follows a topic also looks by itself now and then.
package final class SignalListener: Service {
    package var name: String { "signals" }

    private let channel: any SignalChannel
    private let logger: Logger
    private let actions = Mutex<[SignalTopic: [@Sendable (String?) -> Void]]>([:])

    package init(channel: any SignalChannel, logger: Logger = .silent) {
        self.channel = channel
        self.logger = logger
    }

    /// Calls `action`, which must return at once, with the text of each signal of the topic; with nil when some may have been missed,
    /// so that it is time to look.
    package func on(_ topic: SignalTopic, _ action: @escaping @Sendable (_ text: String?) -> Void) {
        actions.withLock { $0[topic, default: []].append(action) }
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listen() }
            await shutdown.wait()
            group.cancelAll()
        }
    }

    /// Listens until the task is cancelled; begins anew when the connection is lost.
    private func listen() async {
        var failures = 0
        while !Task.isCancelled {
            let heard = Mutex(false)
            do {
                try await channel.listen { news in
                    heard.withLock { $0 = true }
                    self.tell(news)
                }
            } catch {
                if Task.isCancelled { return }
                if heard.withLock({ $0 }) { failures = 0 }
                // One line says so until it works again.
                if failures == 0 { logger.failure("signals of other processes cannot be heard", error) }
            }
            failures += 1
            try? await Task.sleep(for: min(.seconds(5), .milliseconds(100) * (1 << min(failures, 6))))
        }
    }

    private func tell(_ news: SignalNews) {
        switch news {
        case .signal(let signal):
            for action in actions.withLock({ $0[signal.topic] ?? [] }) { action(signal.text) }
        case .gap:
            for action in actions.withLock({ $0.values.flatMap(\.self) }) { action(nil) }
        }
    }
}
