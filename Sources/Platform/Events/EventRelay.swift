import Ambient
import Concurrency
package import Database
import FoundationEssentials
package import Lifecycle
import Signals
import Synchronization
package import Telemetry

/// Brings stored events to the listeners of this process, at once after a commit here or a signal from elsewhere, and tells other
/// processes of passing ones. Every process that has listeners or publishes runs one.
package final class EventRelay: Service {
    package struct Configuration: Sendable {
        /// How often to look for stored events that no signal told of.
        package var interval: Duration = .seconds(5)
        /// Passing events that come closer together than this leave for other processes together.
        package var passingInterval: Duration = .milliseconds(100)
        /// How long events are kept for clients that come back.
        package var retention: Duration = .seconds(7 * 86_400)
        package var batch = 500
        package var pruneBatch = 1000

        package init() {}
    }

    package var name: String { "events" }
    private let database: any Database
    private let store: EventStore
    private let bus: EventBus
    private let configuration: Configuration
    private let ambient: Ambient
    private let logger: Logger
    /// The last position that was published here; nil until the first look.
    private let cursor = Mutex<Int64?>(nil)

    package convenience init(
        database: any Database, bus: EventBus, configuration: Configuration = Configuration(), logger: Logger = .silent
    ) {
        self.init(database: database, bus: bus, configuration: configuration, ambient: .live, logger: logger)
    }

    init(database: any Database, bus: EventBus, configuration: Configuration, ambient: Ambient, logger: Logger) {
        self.database = database
        store = EventStore(database: database)
        self.bus = bus
        self.configuration = configuration
        self.ambient = ambient
        self.logger = logger
    }

    package func run(until shutdown: ShutdownSignal) async throws {
        shutdown.onTrigger { [bus] in bus.relayWake.wake() }
        // The streams end with the relay: their clients come back to the next process.
        defer { bus.close() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.forward() }
            await relay(until: shutdown)
            group.cancelAll()
        }
    }

    private func relay(until shutdown: ShutdownSignal) async {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            do {
                while try await deliver() > 0 {}
                isFailing = false
            } catch is CancellationError {
                return
            } catch {
                // The events stay where they are; one line says so until it works again.
                if !isFailing { logger.failure("events cannot be relayed", error) }
                isFailing = true
            }
            await bus.relayWake.wait(atMost: configuration.interval)
        }
    }

    /// Tells other processes of passing events until the task is cancelled.
    private func forward() async {
        var isFailing = false
        while !Task.isCancelled {
            await bus.passingWake.wait()
            // A stored event may have taken them along.
            guard bus.hasPassing else { continue }
            guard database.signals.mayBeHeard else {
                // Who comes later begins with what is stored.
                _ = bus.takePassing()
                continue
            }
            do {
                // Taken only once the transaction has begun: on SQLite none can then overtake what waits for its turn here.
                try await database.transaction(as: .system) { [bus] transaction in bus.signalPassing(in: transaction) }
                isFailing = false
            } catch {
                if !isFailing, !(error is CancellationError) { logger.failure("other processes cannot be told of progress", error) }
                isFailing = true
            }
            try? await Task.sleep(for: configuration.passingInterval)
        }
    }

    /// Places and publishes what is waiting, up to a batch; returns how many events it published or placed.
    @discardableResult
    package func deliver() async throws -> Int {
        let start: Int64
        if let known = cursor.withLock({ $0 }) {
            start = known
        } else {
            // What was placed before is not published again; a listener that was here earlier looks for itself.
            start = try await store.bounds().last
            cursor.withLock { $0 = start }
            bus.resync()
        }
        let placed = try await store.place(limit: configuration.batch)
        let events = try await store.events(after: start, limit: configuration.batch)
        for event in events { bus.publish(event) }
        if let last = events.last?.position { cursor.withLock { $0 = last } }
        return max(placed, events.count)
    }

    /// Removes events older than the retention, a bounded number in each transaction; returns how many.
    @discardableResult
    package func prune() async throws -> Int {
        let end = ambient.now() - Double(configuration.retention.components.seconds)
        var count = 0
        while true {
            let gone = try await store.prune(before: end, limit: configuration.pruneBatch)
            count += gone
            if gone < configuration.pruneBatch { break }
        }
        if count > 0 { logger.info("old events were removed", ["count": "\(count)"]) }
        return count
    }
}
