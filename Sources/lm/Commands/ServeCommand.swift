import App
import Assembly
import Lifecycle
import Settings

extension Command {
    static let serve = Command(
        name: "serve", operands: "[SERVICES]", summary: "Serve the web app, the API and the jobs.",
        options: [
            .init("--host", "ADDRESS", "The address to listen on (LM_HOST)."),
            .init("--port", "PORT", "The port; 0 takes a free one (LM_PORT)."),
        ],
        details: """
            SERVICES are names, separated by commas, to serve only those: \
            \(catalogue.services.map { "\($0.rawValue) (\($0.purpose))" }.joined(separator: ", ")).
            Stops on Ctrl-C after the requests in hand; a second one stops it at once.
            """
    ) { arguments in
        let services = try serviceNames(arguments.rest)
        var overrides: [String: String] = [:]
        if let host = arguments["--host"] { overrides["LM_HOST"] = host }
        if let port = arguments["--port"] { overrides["LM_PORT"] = port }
        var (configuration, source, logger) = try Session.begin(
            overrides: overrides,
            service: services.count == 1 ? services.first?.rawValue ?? "lm" : "lm")
        if services.count == 1, let only = services.first, source.text("LM_PORT") == nil {
            configuration.server.port = only.defaultPort
        }

        let shutdown = ShutdownSignal()
        TerminationSignals.trigger(shutdown)
        let application = try await Application(configuration: configuration, services: services, logger: logger)
        let host = configuration.server.host
        try await application.serve(until: shutdown) { port in
            let shown = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
            Terminal.line("Little Monster is at http://\(shown.contains(":") ? "[\(shown)]" : shown):\(port)")
        }
        return 0
    }

    private static var catalogue: FeatureCatalogue { FeatureList.program.catalogue }

    private static func serviceNames(_ words: [String]) throws(UsageFailure) -> Set<ServiceName> {
        var names: Set<ServiceName> = []
        for word in words.flatMap({ $0.split(separator: ",") }) {
            guard let name = catalogue.services.first(where: { $0.rawValue == word }) else {
                throw UsageFailure(
                    "There is no service \(word); there are \(catalogue.services.map(\.rawValue).joined(separator: ", ")).")
            }
            names.insert(name)
        }
        return names.isEmpty ? Set(catalogue.services) : names
    }
}
