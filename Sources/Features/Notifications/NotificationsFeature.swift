package import Ambient
package import Assembly
package import Cryptography
package import Database
package import FoundationEssentials
import Accounts
import HTTPClient
import HTTPServing
package import Mail
package import Settings
import WebPush

/// Notifications as the program takes them in: how students are told, by the app, their browsers and mail.
package struct NotificationsFeature: Feature {
    /// How many cards of a student's are to be answered within a stretch of time, in a transaction of the system.
    package typealias CardsDue = @Sendable (Range<Date>, UserID, any Transaction) async throws -> Int

    /// Where mail goes: a server, or `log`.
    package static let mailServer = Setting<String?>(
        "LM_SMTP_URL", default: nil, form: "smtp://user:password@host:587, smtps://user:password@host:465, or log",
        purpose: "The server that mail goes through; log writes it to the log with its links. Unset, no mail is sent.",
        isSecret: true
    ) { $0 == logged || MailServer($0) != nil ? .some($0) : nil }
    package static let logged = "log"
    package static let authorities = Setting.optionalText(
        "LM_SMTP_CA_FILE", purpose: "Certificates (PEM) by which the mail server's is checked, in place of the system's.")
    package static let sender = Setting<String?>(
        "LM_MAIL_FROM", default: nil, form: "an address, or a name and an address: Little Monster <study@example.org>",
        purpose: "Whom mail is from."
    ) { Mailbox($0) == nil ? nil : .some($0) }
    package static let publicAddress = Setting<String?>(
        "LM_PUBLIC_URL", default: nil, form: "an address like https://study.example.org, without ? and #",
        purpose: "The app's own address, for links in mail, if it is not where the server listens."
    ) { text in
        guard let url = RequestURL(text), ["http", "https"].contains(url.scheme), !text.contains(where: "?#\"<>".contains) else {
            return nil
        }
        return .some(text.hasSuffix("/") ? text : text + "/")
    }
    package static let pushOrigins = Setting<[String]>(
        "LM_PUSH_ORIGINS", default: [], form: "origins like https://push.example.lan, separated by commas",
        purpose: "Push services on your own network that browsers may name; else only those on the open internet are asked."
    ) { text in
        let origins = text.split(separator: ",").map { RequestURL($0.filter { $0 != " " })?.webOrigin }
        return origins.contains(nil) ? nil : origins.compactMap { $0 }
    }

    package static let manifest = FeatureManifest(
        "notifications", service: .study, after: ["accounts", "jobs", "events"], migrations: NotificationsMigrations.all,
        settings: [mailServer, authorities, sender, publicAddress, pushOrigins], events: [NotificationEvents.told],
        queues: [DeliveryJobs.queue, DeliveryJobs.mailQueue], periodic: [Reminders.cards, Reminders.prune],
        reactions: Reminders.reactions,
        portability: AccountPortability(
            export: { user, transaction in
                let settings = try await NotificationSettingsStore().settings(of: user, in: transaction) ?? NotificationSettings()
                let browsers = try await PushSubscriptionStore().all(of: user, in: transaction)
                    .map { PushSubscriptionView($0, session: nil) }
                let sent = try await DeliveryStore().all(of: user, in: transaction).map(ExportedDelivery.init)
                return [
                    .init("notification-settings.json", json: NotificationSettingsView(settings)),
                    .init("push-subscriptions.json", json: browsers), .init("notification-deliveries.json", json: sent),
                ]
            },
            tables: [
                PortableTable(
                    "notification_settings", key: [], [.json("settings"), .time("next_cards_at")],
                    reading: { _ = try JSONColumn.value($0.get("settings"), as: NotificationSettings.self) })
            ], staying: ["push_subscriptions": .secret, "notification_deliveries": .passing]),
        sealed: [
            SealedColumn("private_key", of: "notification_keys", key: "id"),
            SealedColumn("link_secret", of: "notification_keys", key: "id"),
        ])

    /// Where other features have students told, or written to.
    package let desk: NotificationDesk
    /// Writes what must not be kept; nil where no mail can be sent.
    package let secretMail: SecretMail?
    package let service: NotificationService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - seal: of the keys that it makes.
    ///   - mail: what sends it; nil where nothing does.
    ///   - address: where the server listens, with a slash at its end: for links, unless a setting says otherwise.
    package init(
        on ground: FeatureGround, seal: SecretSeal, mail: (any MailTransport)?, address: String, cardsDue: @escaping CardsDue
    ) throws {
        let from = try ground.settings.value(Self.sender).flatMap { Mailbox($0) }
        if from == nil, let server = try ground.settings.value(Self.mailServer), server != Self.logged {
            throw SettingsFailure(setting: Self.sender.name, reason: "must be set where LM_SMTP_URL names a server")
        }
        let post = mail.flatMap { transport in
            (from ?? Mailbox("Little Monster <little-monster@localhost>")).map { DeliveryJobs.Post(transport: transport, from: $0) }
        }
        let (database, ambient) = (ground.database, ground.ambient)
        desk = NotificationDesk(
            jobs: ground.jobs, events: NotificationEvents(outbox: ground.outbox), ambient: ambient, hasMail: post != nil)
        let keyring = NotificationKeyring(database: database, seal: seal)
        let origins = Set(try ground.settings.value(Self.pushOrigins))
        // The queue tries again; what is asked twice within an attempt would only be late.
        func client(_ policy: DestinationPolicy) throws -> HTTPClient {
            try HTTPClient(
                HTTPClientConfiguration(policy: policy, retry: .never, responseLimit: 64 << 10, purpose: "push"),
                logger: ground.logger)
        }
        let sender = PushSender(
            open: try client(.publicInternet), own: origins.isEmpty ? nil : try client(.operatorConfigured), ownOrigins: origins)
        service = NotificationService(database: database, desk: desk, keyring: keyring, sender: sender, ambient: ambient)
        let app = try ground.settings.value(Self.publicAddress) ?? address
        secretMail = post.map { SecretMail(database: database, post: $0, app: app, ambient: ambient) }
        let deliveries = DeliveryJobs(
            database: database, desk: desk, keyring: keyring, sender: sender, post: post, app: app, ambient: ambient)
        let reminders = Reminders(database: database, desk: desk, cardsDue: cardsDue, ambient: ambient)
        parts = FeatureParts(
            routes: [NotificationRoutes(service: service), PushRoutes(service: service)],
            handlers: deliveries.handlers + reminders.handlers)
    }
}

/// A message and what became of it, in an export.
private struct ExportedDelivery: Encodable, Sendable {
    var channel: NotificationChannel
    var state: String
    var detail: String
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case channel, state, detail
        case createdAt = "created_at"
    }

    init(_ delivery: Delivery) {
        (channel, state, detail, createdAt) = (delivery.channel, delivery.state.rawValue, delivery.detail, delivery.createdAt)
    }
}
