import Assembly
import Database
import Lifecycle
import Telemetry

/// Reads the figures of all features now and then, so that whoever asks for metrics does not ask the database.
struct MeasureSampler: Service {
    let name = "measures"
    private let measures: [FeatureMeasure]
    private let database: any Database
    private let metrics: Metrics
    private let logger: Logger
    private let interval: Duration

    init(
        _ measures: [FeatureMeasure], database: any Database, metrics: Metrics, logger: Logger, interval: Duration = .seconds(30)
    ) {
        (self.measures, self.database, self.metrics, self.logger) = (measures, database, metrics, logger)
        self.interval = interval
    }

    func run(until shutdown: ShutdownSignal) async throws {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            do {
                try await sample()
                isFailing = false
            } catch is CancellationError {
                return
            } catch {
                if !isFailing { logger.failure("figures for metrics cannot be read", error) }
                isFailing = true
            }
            await shutdown.wait(atMost: interval)
        }
    }

    /// Each in a transaction of its own: none holds a snapshot for long.
    func sample() async throws {
        for measure in measures {
            for point in try await database.read(as: .system, { try await Points(measure.read($0)) }).all {
                metrics.set(measure.name, point.labels, to: point.value, help: measure.help)
            }
        }
    }
}

private struct Points: Sendable {
    let all: [FeatureMeasure.Point]
    init(_ all: [FeatureMeasure.Point]) { self.all = all }
}
