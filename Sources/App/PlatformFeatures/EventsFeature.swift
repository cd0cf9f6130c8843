import Assembly
import Events
import EventWebhook
import HTTPClient
import HTTPServing
import Jobs
import LearningRecordStore
import Lifecycle
import Settings

/// The outbox and the event streams as the program takes them in. Every process makes it: whoever changes something tells of it.
struct EventsFeature: Feature {
    static let address = Setting.webAddress(
        "LM_EVENTS_URL",
        purpose: "Where events of all people are posted as they happen, titles of documents among them; nowhere if unset.")
    static let key = Setting.optionalText("LM_EVENTS_KEY", purpose: "Its key, shown as a bearer token.", isSecret: true)

    static let records = Setting.webAddress(
        "LM_LRS_URL",
        purpose: "Of the xAPI of a learning record store, which is told what people learn as statements; nowhere if unset.")
    static let recordsKey = Setting.optionalText("LM_LRS_KEY", purpose: "Signs in to the learning record store.")
    static let recordsSecret = Setting.optionalText("LM_LRS_SECRET", purpose: "Belongs to LM_LRS_KEY.", isSecret: true)
    static let recordsHome = Setting.text(
        "LM_LRS_HOME_PAGE", default: "http://localhost",
        purpose: "This installation's address, under which statements name people's accounts and what they learned.")

    private static let prune = PeriodicJob(PeriodicJob.Kind("events.prune", queue: "maintenance"), every: .seconds(3600))

    static let manifest = FeatureManifest(
        "events", service: .llm, migrations: EventsMigrations.all,
        settings: [address, key, records, recordsKey, recordsSecret, recordsHome],
        periodic: [prune],
        portability: AccountPortability(
            export: { _, _ in [] }, staying: ["events": .passing],
            erase: { user, ground, transaction in try await ground.outbox.deleteAll(of: user, in: transaction) }))

    let parts: FeatureParts

    init(on ground: FeatureGround) throws {
        let relay = EventRelay(database: ground.database, bus: ground.bus, logger: ground.logger)
        var everywhere: [any Service] = [relay]
        for sink in try Self.sinks(ground) {
            everywhere.append(
                EventForwarder(
                    to: sink, database: ground.database, bus: ground.bus, ambient: ground.ambient, logger: ground.logger))
        }
        parts = FeatureParts(
            routes: [EventRoutes(database: ground.database, bus: ground.bus)],
            handlers: [JobHandler(Self.prune.kind) { _, _ in ["removed": "\(try await relay.prune())"] }], everywhere: everywhere)
    }

    /// Where events are told beyond this installation.
    private static func sinks(_ ground: FeatureGround) throws -> [any EventSink] {
        let settings = ground.settings
        var sinks: [any EventSink] = []
        if let address = try settings.value(Self.address) {
            sinks.append(
                EventWebhook(
                    url: address, key: try settings.value(Self.key),
                    client: try HTTPClient(HTTPClientConfiguration(purpose: "event_webhook"), logger: ground.logger)))
        }
        if let address = try settings.value(Self.records) {
            sinks.append(
                LearningRecordStore(
                    url: address, key: try settings.value(Self.recordsKey), secret: try settings.value(Self.recordsSecret),
                    homePage: try settings.value(Self.recordsHome),
                    client: try HTTPClient(HTTPClientConfiguration(purpose: "learning_records"), logger: ground.logger),
                    logger: ground.logger))
        }
        return sinks
    }
}
