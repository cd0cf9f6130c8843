package import Assembly
import Cryptography
import HTTPServing
import Jobs
package import Settings
import Telemetry

/// The audit log as the program takes it in. Every process that changes something writes to it; accounts' own reads it.
package struct AuditFeature: Feature {
    package static let days = Setting.integer(
        "LM_AUDIT_DAYS", default: 365, in: 1...36_500, purpose: "For how many days the audit log keeps what happened.")
    static let downloads = Setting.integer(
        "LM_ANOMALY_DOWNLOADS", default: 100, in: 2...1_000_000,
        purpose: "How many different documents opened by one person within ten minutes are told of as a mass download.")
    package static let alertURL = Setting<String?>(
        "LM_ALERT_URL", default: nil, form: "an address like https://hooks.slack.com/services/…",
        purpose:
            "Where anomalies are told besides the app and mail: an address that takes {\"text\": …}, as webhooks of Slack and Teams do.",
        isSecret: true
    ) { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? .some($0) : nil }
    static let queue = WorkQueue("security", width: 1)
    private static let prune = PeriodicJob(PeriodicJob.Kind("audit.prune", queue: "maintenance"), every: .seconds(86_400))

    package static let manifest = FeatureManifest(
        "audit", service: .auth, after: ["accounts", "events", "jobs"], migrations: AuditMigrations.all,
        settings: [days, downloads, alertURL], events: AnomalyEvents.all + InstallationEvents.all, queues: [queue],
        periodic: [prune],
        reactions: [
            EventReaction(to: "user.sign_in_failed", AnomalyWatch.failures),
            EventReaction(to: "user.refresh_token_reused", AnomalyWatch.reuse),
        ])

    package let service: AuditService
    package let downloads: DownloadWatch
    package let parts: FeatureParts

    /// - Parameters:
    ///   - address: of the app, if it is known.
    ///   - secretSettings: names of settings whose values are secrets.
    ///   - alert: takes a sentence to the channel where those who look after the installation hear of anomalies, if there is one.
    ///   - tell: tells people of an anomaly.
    package init(
        on ground: FeatureGround, address: String?, secretSettings: Set<String>,
        alert: (@Sendable (String) async throws -> Void)?, tell: @escaping AnomalyWatch.Teller
    ) throws {
        service = AuditService(
            database: ground.database, days: try ground.settings.value(Self.days), ambient: ground.ambient, logger: ground.logger)
        let alerts = alert.map {
            AlertChannel(app: address.map { $0.hasSuffix("/") ? $0 : $0 + "/" }, jobs: ground.jobs, send: $0)
        }
        let watch = AnomalyWatch(service: service, outbox: ground.outbox, alerts: alerts, tell: tell)
        downloads = DownloadWatch(watch, limit: try ground.settings.value(Self.downloads))
        parts = FeatureParts(
            routes: [AuditRoutes(service: service)],
            handlers: watch.handlers + (alerts.map { [$0.handler] } ?? []) + [
                JobHandler(Self.prune.kind) { [service] _, _ in ["removed": "\(try await service.prune())"] }
            ],
            services: [
                SettingsWatch(
                    database: ground.database, outbox: ground.outbox, source: ground.settings, secret: secretSettings,
                    passwords: PasswordHasher(threads: 1), logger: ground.logger.labelled("audit"))
            ], everywhere: [AuditSealer(service: service)])
    }
}
