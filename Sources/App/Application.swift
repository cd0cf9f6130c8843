import Accounts
package import Ambient
package import Assembly
import Audit
import Cryptography
package import BlobStorage
package import Database
package import Embedding
import Events
import Jobs
import Signals
import Tokens
package import Telemetry

/// One process of the program, put together: the ground, and the features that it serves.
package struct Application: Sendable {
    package let configuration: Configuration
    package let ground: FeatureGround
    package let data: DataDirectory
    package let catalogue: FeatureCatalogue
    /// What this process serves.
    package let services: Set<ServiceName>
    /// The features of those services, and those that they stand on.
    let features: [any Feature]
    let handlers: JobHandlers
    let tracing: Tracing
    /// By which services of the installation call each other.
    let serviceTokens: ServiceTokens
    let keyWatch: WrappedKeyWatch?

    package var logger: Logger { ground.logger }
    package var metrics: Metrics { ground.metrics }
    package var ambient: Ambient { ground.ambient }
    package var database: any Database { ground.database }
    package var blobs: any BlobStore { ground.blobs }

    /// Makes every part and brings the database's tables up to date. Nothing runs yet.
    ///
    /// - Parameters:
    ///   - services: what is to be served; all if nil. Only what they need is made.
    ///   - embedder: to use instead of loading the model.
    package init(
        configuration: Configuration, services: Set<ServiceName>? = nil, features: FeatureList = .program, logger: Logger,
        ambient: Ambient = .live, embedder: (any TextEmbedder)? = nil
    ) async throws {
        let base = try await Base(configuration, features: features, logger: logger)
        do {
            try self.init(
                configuration: configuration, services: services, features: features, logger: logger, ambient: ambient,
                on: base, embedder: embedder)
            try await feature(AccountsFeature.self).service.checkIsolation()
        } catch {
            await base.database.close()
            throw error
        }
    }

    /// Joins the parts on what they stand on, which is not touched.
    init(
        configuration: Configuration, services: Set<ServiceName>?, features: FeatureList, logger: Logger, ambient: Ambient,
        on base: Base, embedder: (any TextEmbedder)?
    ) throws {
        let services = services ?? Set(features.catalogue.services)
        self.configuration = configuration
        self.services = services
        (data, catalogue, handlers) = (base.data, features.catalogue, JobHandlers())
        (serviceTokens, keyWatch) = (ServiceTokens(keys: base.keys), base.keyWatch)
        let metrics = Metrics()
        tracing = try Tracing(configuration.tracing, services: services, metrics: metrics, logger: logger)
        let database = MeteredDatabase(base.database, metrics: metrics)
        let bus = EventBus(ambient: ambient, logger: logger)
        let jobs = JobQueue(database: database, handlers: handlers, ambient: ambient)
        let reacting = catalogue.reacting(through: jobs)
        let counting = EventCounters(metrics: metrics)
        let hasAudit = catalogue.manifests.contains { $0.name == AuditFeature.manifest.name }
        let auditing = AuditRecorder(kinds: hasAudit ? catalogue.securityEvents : [])
        ground = FeatureGround(
            database: database, jobs: jobs,
            outbox: EventOutbox(bus: bus, ambient: ambient) { event, transaction in
                counting.count(event, in: transaction)
                try await auditing.record(event, in: transaction)
                try await reacting(event, transaction)
            }, bus: bus,
            signals: SignalListener(channel: base.database.signals, logger: logger), blobs: base.blobs, ambient: ambient,
            logger: logger, metrics: metrics, settings: configuration.source)
        bus.follow(ground.signals)
        jobs.follow(ground.signals)
        let composition = Composition(
            configuration, features: features, on: ground, signingKeys: base.keys, seal: base.seal, data: base.data,
            embedder: embedder)
        for name in Self.needed(for: services, of: catalogue) { try composition.feature(named: name) }
        self.features = composition.features
        let all = self.features.flatMap(\.parts.handlers)
        try catalogue.check(all)
        for handler in all { handlers.add(handler) }
        for job in catalogue.periodic + self.features.flatMap(\.parts.periodic) { handlers.add(job) }
        measureMachine()
    }

    /// A feature that this process has made. Throws if it does not serve it.
    package func feature<Wanted: Feature>(_ type: Wanted.Type) throws -> Wanted {
        for case let feature as Wanted in features { return feature }
        throw AssemblyFailure("This process does not serve \(type.manifest.name).")
    }

    /// What the tutor and the companion may call in this process.
    package var tools: [AssistantTool] { features.flatMap(\.parts.tools) }

    /// The features of these services. Every process knows who asks, and tells of what it changes; one that works on jobs needs
    /// whoever handles them.
    private static func needed(for services: Set<ServiceName>, of catalogue: FeatureCatalogue) -> [String] {
        let always = [EventsFeature.manifest.name, AccountsFeature.manifest.name, TokensFeature.manifest.name]
        return catalogue.manifests.filter { manifest in
            services.contains(.jobs) || services.contains(manifest.service) || always.contains(manifest.name)
        }.map(\.name)
    }

    package func close() async {
        ground.bus.close()
        await database.close()
    }
}
