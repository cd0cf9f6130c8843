import Accounts
import Ambient
import Chat
import Database
import Embedding
import Events
import HTTPEngine
package import HTTPServing
import Jobs
import LanguageModels
import Library
import Settings
import Telemetry

extension Application {
    /// What one process with these services answers: the API under `/api/v1` and its alias `/api`, health, documents, the web app.
    package func router(for services: Set<ServiceName> = Set(ServiceName.allCases)) throws -> Router {
        let mounts = mounts(for: services)
        let description = RouteMount([""], [DocumentationRoutes(Self.document(of: mounts))])
        var policy = ServingPolicy()
        if !configuration.server.rateLimits { policy.rateLimits = nil }
        if !configuration.server.corsOrigins.isEmpty {
            policy.cors = CORSPolicy(origins: Set(configuration.server.corsOrigins))
        }
        policy.trustedProxies = TrustedProxies(configuration.server.trustedProxies)
        let files = try webFiles()
        return Router(
            mounts: mounts + [description], authenticator: TokenAuthenticator(accounts), policy: policy,
            ambient: ambient, logger: logger, metrics: metrics, fallback: { try await files?.response(for: $0) })
    }

    /// The OpenAPI document of the whole program.
    package var openAPI: OpenAPIDocument { Self.document(of: mounts(for: Set(ServiceName.allCases))) }

    /// The same as JSON text, from the routes alone: without a data folder, a database, a model or settings.
    package static func openAPIText() throws -> String {
        let configuration = try Configuration(from: SettingsSource(environment: [:]))
        return try Application(configuration: configuration, logger: .silent, ambient: .live, on: Ground()).openAPI.json
    }

    private static func document(of mounts: [RouteMount]) -> OpenAPIDocument {
        OpenAPIDocument(
            title: "Little Monster", version: Version.number,
            description: "The study companion that you own. Lists have data and pagination; errors have error, message, "
                + "details and request_id.",
            mounts: mounts)
    }

    private func mounts(for services: Set<ServiceName>) -> [RouteMount] {
        [
            RouteMount(["/api/v1", "/api"], collections(for: services)),
            RouteMount([""], [HealthRoutes(checks: readinessChecks, metrics: metrics, version: Version.number)]),
        ]
    }

    func server(for services: Set<ServiceName>) throws -> HTTPServer {
        HTTPServer(
            configuration: httpConfiguration, responder: try router(for: services), logger: logger.labelled("http"),
            metrics: metrics)
    }

    var httpConfiguration: HTTPServerConfiguration {
        var http = HTTPServerConfiguration(host: configuration.server.host, port: configuration.server.port)
        // Each route has a limit of its own; the server's must let the largest upload through, with the form around it.
        http.maximumBodyBytes = max(http.maximumBodyBytes, configuration.storage.uploadLimit + 2 << 20)
        return http
    }

    func collections(for services: Set<ServiceName>) -> [any RouteCollection] {
        var collections: [any RouteCollection] = []
        if services.contains(.auth) { collections.append(AccountsRoutes(service: accounts)) }
        if services.contains(.llm) {
            collections += [
                LibraryRoutes(service: library), ChatRoutes(chat: chat), EventRoutes(database: database, bus: bus),
            ]
        }
        if services.contains(.jobs) { collections.append(JobRoutes(queue: jobs)) }
        return collections
    }

    private var readinessChecks: [ReadinessCheck] {
        [
            ReadinessCheck("database") { [database] in try await database.check() },
            ReadinessCheck("embeddings", validity: .seconds(5)) { [embedder] in _ = try await embedder.embed(["ready"]) },
            ReadinessCheck("model", timeout: .seconds(5), validity: .seconds(30)) { [model = models.answering] in
                _ = try await model.check()
            },
            ReadinessCheck("storage") { [data] in
                do { try data.check() } catch { throw StorageFailure(underlying: error) }
            },
        ]
    }

    /// The web app, or nil where it is not built: the API serves all the same.
    private func webFiles() throws -> StaticFiles? {
        guard let root = configuration.server.webDirectory ?? ProgramFiles.webDirectory() else {
            logger.warning("the web app is not built; run `make web`")
            return nil
        }
        do throws(HTTPFailure) {
            return try StaticFiles(root: root)
        } catch {
            throw MissingPart(
                name: "The web app", remedy: "\(root) has no index.html: set LM_WEB_DIR to the built web app, or unset it.")
        }
    }
}
