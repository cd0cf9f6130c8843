import App
import Lifecycle
import Settings
import Telemetry

/// One run of a command on the data folder: the parts made, jobs and answers running in the background, closed at the end.
enum Session {
    /// - Parameter service: the part of the program that this process serves, for lines of the log.
    static func logger(_ configuration: Configuration, service: String = "lm") -> Logger {
        Logger(
            label: "lm", sink: .standardError(minimum: configuration.log.level, format: configuration.log.format),
            metadata: service == "lm" ? [:] : [Logger.serviceKey: service])
    }

    /// The settings, and the logger that they ask for, which is told of names that are no settings.
    static func begin(overrides: [String: String] = [:], service: String = "lm") throws -> (
        configuration: Configuration, source: SettingsSource, logger: Logger
    ) {
        let source = try Configuration.source(overrides: overrides)
        let configuration = try Configuration(from: source)
        let logger = logger(configuration, service: service)
        for unknown in try UnknownSetting.all(in: source) {
            logger.warning("a name is no setting; `lm settings` lists them", ["name": unknown.text])
        }
        return (configuration, source, logger)
    }

    /// Runs `body` with the program's parts while its background work runs.
    static func run<Value: Sendable>(_ body: @escaping @Sendable (Application) async throws -> Value) async throws -> Value {
        let (configuration, _, logger) = try begin()
        let application = try await Application(configuration: configuration, logger: logger)
        let shutdown = ShutdownSignal()
        TerminationSignals.trigger(shutdown)
        return try await withThrowingTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask {
                try await application.run(until: shutdown)
                return nil
            }
            // An error of the body is handed over like a value, so that the background stops in order before it is told.
            group.addTask {
                do { return .success(try await body(application)) } catch { return .failure(error) }
            }
            var outcome: Result<Value, any Error>?
            // The body's end stops the background; the background's failure ends the body.
            while let result = try await group.next() {
                if let result { outcome = result }
                if outcome == nil, shutdown.isTriggered {
                    group.cancelAll()
                    throw CancellationError()
                }
                shutdown.trigger()
            }
            guard let outcome else { throw CancellationError() }
            return try outcome.get()
        }
    }
}
