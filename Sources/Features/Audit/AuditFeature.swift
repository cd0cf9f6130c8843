package import Assembly
import HTTPServing
import Jobs
package import Settings

/// The audit log as the program takes it in. Every process that changes something writes to it; accounts' own reads it.
package struct AuditFeature: Feature {
    package static let days = Setting.integer(
        "LM_AUDIT_DAYS", default: 365, in: 1...36_500, purpose: "For how many days the audit log keeps what happened.")
    static let downloads = Setting.integer(
        "LM_ANOMALY_DOWNLOADS", default: 100, in: 2...1_000_000,
        purpose: "How many different documents opened by one person within ten minutes are told of as a mass download.")
    static let queue = WorkQueue("security", width: 1)
    private static let prune = PeriodicJob(PeriodicJob.Kind("audit.prune", queue: "maintenance"), every: .seconds(86_400))

    package static let manifest = FeatureManifest(
        "audit", service: .auth, after: ["accounts", "events", "jobs"], migrations: AuditMigrations.all,
        settings: [days, downloads], events: AnomalyEvents.all, queues: [queue], periodic: [prune],
        reactions: [
            EventReaction(to: "user.sign_in_failed", AnomalyWatch.failures),
            EventReaction(to: "user.refresh_token_reused", AnomalyWatch.reuse),
        ])

    package let service: AuditService
    package let downloads: DownloadWatch
    package let parts: FeatureParts

    /// - Parameter tell: tells people of an anomaly.
    package init(on ground: FeatureGround, tell: @escaping AnomalyWatch.Teller) throws {
        service = AuditService(
            database: ground.database, days: try ground.settings.value(Self.days), ambient: ground.ambient, logger: ground.logger)
        let watch = AnomalyWatch(service: service, outbox: ground.outbox, tell: tell)
        downloads = DownloadWatch(watch, limit: try ground.settings.value(Self.downloads))
        parts = FeatureParts(
            routes: [AuditRoutes(service: service)],
            handlers: watch.handlers + [
                JobHandler(Self.prune.kind) { [service] _, _ in ["removed": "\(try await service.prune())"] }
            ],
            everywhere: [AuditSealer(service: service)])
    }
}
