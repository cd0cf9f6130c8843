import Assembly
import Events
import HTTPServing
import Jobs

/// The outbox and the event streams as the program takes them in. Every process makes it: whoever changes something tells of it.
struct EventsFeature: Feature {
    private static let prune = PeriodicJob(PeriodicJob.Kind("events.prune", queue: "maintenance"), every: .seconds(3600))

    static let manifest = FeatureManifest(
        "events", service: .llm, migrations: EventsMigrations.all, periodic: [prune],
        portability: AccountPortability(
            export: { _, _ in [] },
            erase: { user, ground, transaction in try await ground.outbox.deleteAll(of: user, in: transaction) }))

    let parts: FeatureParts

    init(on ground: FeatureGround) {
        let relay = EventRelay(database: ground.database, bus: ground.bus, logger: ground.logger)
        parts = FeatureParts(
            routes: [EventRoutes(database: ground.database, bus: ground.bus)],
            handlers: [JobHandler(Self.prune.kind) { _, _ in ["removed": "\(try await relay.prune())"] }], everywhere: [relay])
    }
}
