import Accounts
import Ambient
import Assembly
import Audit
import Database
import Events
import HTTPClient
import HTTPEngine
package import HTTPServing
import Settings
import Telemetry
import Tokens

extension Application {
    /// What this process answers: the API under `/api/v1` and its alias `/api`, health, documents, the web app.
    package func router() throws -> Router {
        let description = RouteMount([""], [DocumentationRoutes(openAPI)])
        var policy = ServingPolicy()
        policy.rateLimits = configuration.server.rateLimits
        if !configuration.server.corsOrigins.isEmpty {
            policy.cors = CORSPolicy(origins: Set(configuration.server.corsOrigins))
        }
        policy.trustedProxies = TrustedProxies(configuration.server.trustedProxies)
        if let downloads = (features.compactMap { $0 as? AuditFeature }).first?.downloads {
            policy.onFile = { user, route, target in
                if route.hasPrefix("/api/v1/documents/") || route.hasPrefix("/api/v1/stt/transcripts/") {
                    downloads.opened(target, by: user)
                }
            }
        }
        let files = try webFiles()
        return Router(
            mounts: mounts + [description],
            authenticator: ServiceAuthentication(
                tokens: serviceTokens, services: Set(services.map(\.rawValue)),
                people: PersonalTokenAuthentication(
                    try feature(TokensFeature.self).service, signIns: TokenAuthenticator(try feature(AccountsFeature.self).service)),
                ambient: ambient),
            policy: policy, ambient: ambient, logger: logger, metrics: metrics,
            tracer: tracing.tracer, fallback: { try await files?.response(for: $0) })
    }

    /// The OpenAPI document of what this process serves.
    package var openAPI: OpenAPIDocument {
        OpenAPIDocument(
            title: "Little Monster", version: Version.number,
            description: "The study companion that you own. Lists have data and pagination; errors have error, message, "
                + "details and request_id.",
            mounts: mounts,
            events: catalogue.events.map {
                EventDocument(name: $0.name, summary: $0.summary, payload: $0.payload, isStored: $0.isStored)
            })
    }

    /// The document of the whole program as JSON text, from the routes alone: without a data folder, a database, a model or settings.
    package static func openAPIText() throws -> String {
        let configuration = try Configuration(from: SettingsSource(environment: [:]))
        return try Application(
            configuration: configuration, services: nil, features: .program, logger: .silent, ambient: .live, on: Base(),
            embedder: NoEmbedder()
        ).openAPI.json
    }

    private var mounts: [RouteMount] {
        [
            RouteMount(["/api/v1", "/api"], routeCollections + [status]),
            RouteMount([""], rootCollections),
            RouteMount(
                [""],
                [
                    HealthRoutes(
                        checks: readinessChecks, metrics: metrics, version: Version.number,
                        access: OperatorAccess(token: configuration.server.metricsToken), outgoing: Self.outgoing)
                ]),
        ]
    }

    private var status: StatusRoutes {
        StatusRoutes(
            version: Version.number, services: services.map(\.rawValue).sorted(), startedAt: ambient.now(), database: database,
            jobs: ground.jobs, data: data)
    }

    private var routeCollections: [any RouteCollection] { served.flatMap(\.parts.routes) }
    private var rootCollections: [any RouteCollection] { served.flatMap(\.parts.rootRoutes) }

    /// The features of the services that this process serves.
    var served: [any Feature] { features.filter { services.contains(type(of: $0).manifest.service) } }

    func server() throws -> HTTPServer {
        HTTPServer(
            configuration: httpConfiguration, responder: try router(), logger: logger.labelled("http"), metrics: metrics)
    }

    var httpConfiguration: HTTPServerConfiguration {
        var http = HTTPServerConfiguration(host: configuration.server.host, port: configuration.server.port)
        // Each route has a limit of its own; the server's must let the largest through.
        let largest = (routeCollections + rootCollections).flatMap(\.routes).map(\.details.bodyLimit).max() ?? 0
        http.maximumBodyBytes = max(http.maximumBodyBytes, largest)
        return http
    }

    /// The servers that the settings name, as far as they were asked.
    private static func outgoing() -> [OutgoingState] {
        let took = OutgoingCalls.shared.lastTook
        return OutgoingCalls.shared.breakers.compactMap { purpose, state in
            took[purpose].map { OutgoingState(name: purpose, breaker: state.rawValue, lastTook: $0) }
        }
    }

    private var readinessChecks: [ReadinessCheck] {
        [
            ReadinessCheck("database", validity: .seconds(1)) { [database] in try await database.check() },
            ReadinessCheck("storage", validity: .seconds(1)) { [data] in
                do { try data.check() } catch { throw StorageFailure(underlying: error) }
            },
        ] + served.flatMap(\.parts.checks)
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
