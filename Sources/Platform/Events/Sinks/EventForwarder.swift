package import Ambient
import Concurrency
package import Database
import FoundationEssentials
package import Lifecycle
package import Telemetry

/// Brings stored events to a sink, in their order, each at least once. Each process runs one for each sink; a lease in the database says
/// whose turn it is.
package final class EventForwarder: Service {
    package struct Configuration: Sendable {
        /// How often to look for events that nothing told of.
        package var interval: Duration = .seconds(5)
        /// How long one process brings a sink its events, unless it goes on with it; a sink that takes longer for a batch may get it twice.
        package var lease: Duration = .seconds(120)
        /// How many events a sink takes at once.
        package var batch = 100
        /// From one failure to the next try; it doubles up to `longestPause`.
        package var firstPause: Duration = .seconds(1)
        package var longestPause: Duration = .seconds(60)

        package init() {}
    }

    package var name: String { "events for \(sink.name)" }
    private let sink: any EventSink
    private let bus: EventBus
    private let store: EventSinkStore
    private let events: EventStore
    private let configuration: Configuration
    private let ambient: Ambient
    private let logger: Logger
    private let holder: String
    private let wake = WakeSignal()

    package init(
        to sink: any EventSink, database: any Database, bus: EventBus, configuration: Configuration = Configuration(),
        ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.sink = sink
        self.bus = bus
        store = EventSinkStore(database: database)
        events = EventStore(database: database)
        self.configuration = configuration
        self.ambient = ambient
        self.logger = logger
        holder = ambient.newUUID().uuidString.lowercased()
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        shutdown.onTrigger { [wake] in wake.wake() }
        // Before the first look, so that nothing comes between. Throws when the bus is closed: then all ends.
        try? await bus.withSubscription { subscription in
            await withTaskGroup(of: Void.self) { group in
                // What is relayed here has its place in the order.
                group.addTask { for await _ in subscription { self.wake.wake() } }
                await bring(until: shutdown)
                group.cancelAll()
            }
        }
        // Another process goes on at once; without it, when the lease is over.
        try? await store.release(sink.name, by: holder, at: ambient.now())
    }

    private func bring(until shutdown: ShutdownSignal) async {
        var failures = 0
        while !shutdown.isTriggered, !Task.isCancelled {
            do {
                while try await forward() > 0, !shutdown.isTriggered {}
                failures = 0
                await wake.wait(atMost: configuration.interval)
            } catch {
                if error is CancellationError { return }
                // The events stay where they are; one line says so until it works again.
                if failures == 0 { logger.failure("events cannot be told to a sink", error, ["sink": sink.name]) }
                failures += 1
                let pause = min(configuration.longestPause, configuration.firstPause * (1 << min(failures - 1, 16)))
                await shutdown.wait(atMost: pause)
            }
        }
    }

    /// Has the sink take what waits, up to a batch; returns how many events it took: none also where another process brings them.
    @discardableResult
    package func forward() async throws -> Int {
        guard try await store.isBehind(sink.name) else { return 0 }
        let now = ambient.now()
        let end = now.addingTimeInterval(TimeInterval(configuration.lease.components.seconds))
        guard let start = try await store.claim(sink.name, for: holder, at: now, until: end) else { return 0 }
        if try await events.bounds().pruned > start {
            logger.warning("events were removed before a sink had taken them", ["sink": sink.name])
        }
        let batch = try await events.events(after: start, limit: configuration.batch)
        guard let last = batch.last?.position else { return 0 }
        try await sink.take(batch)
        return try await store.advance(sink.name, from: start, to: last, for: holder) ? batch.count : 0
    }
}
