import App
import Assembly
import Lifecycle

extension Command {
    static let worker = Command(
        name: "worker", operands: "", summary: "Run jobs without serving.", options: [],
        details: "For a second machine on the same PostgreSQL. On the embedded database one process runs the jobs at a time."
    ) { _ in
        let (configuration, _, logger) = try Session.begin(service: "jobs")
        let shutdown = ShutdownSignal()
        TerminationSignals.trigger(shutdown)
        let application = try await Application(configuration: configuration, services: [.jobs], logger: logger)
        Terminal.line("Running jobs; Ctrl-C stops after those in hand.")
        try await application.run(until: shutdown)
        return 0
    }
}
