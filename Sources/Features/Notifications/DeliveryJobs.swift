import Accounts
import Ambient
import Assembly
import Cryptography
import Database
import FoundationEssentials
import Jobs
import Mail
import WebPush

/// The jobs that bring messages to browsers and mail servers.
///
/// A job that its process did not live to end runs again, and what it sent may be sent twice: a browser shows one notification of a tag,
/// and mail goes under the same Message-ID. Everything before and after the sending happens once.
struct DeliveryJobs: Sendable {
    /// How mail leaves.
    struct Post: Sendable {
        let transport: any MailTransport
        let from: Mailbox
    }

    /// Several: each waits for another server.
    static let queue = WorkQueue("notifications", width: 4)
    /// Apart, so that a mail server that is down holds nothing else up.
    static let mailQueue = WorkQueue("mail", width: 2)
    private static let patience = JobBackoff(base: .seconds(5), cap: .seconds(3600))
    /// Twenty attempts take ten hours and more.
    static let push = JobKind<NotificationDesk.Payload>(
        "notifications.push", queue: queue.name, maxAttempts: 20, timeout: .seconds(180), backoff: patience)
    /// A mail server takes a few connections of one sender, however many processes that has.
    static let mail = JobKind<NotificationDesk.Payload>(
        "notifications.mail", queue: mailQueue.name, maxAttempts: 20, timeout: .seconds(180), backoff: patience, atMost: 4)

    let database: any Database
    let desk: NotificationDesk
    let keyring: NotificationKeyring
    let sender: PushSender
    let post: Post?
    /// The app's own address, with a slash at its end.
    let app: String
    let ambient: Ambient

    var handlers: [JobHandler] {
        [
            JobHandler(Self.push, onDead: onDead) { payload, context in
                try await run(payload.id, context) { delivery, settings in try await push(delivery, settings, context) }
            },
            JobHandler(Self.mail, onDead: onDead) { payload, context in
                try await run(payload.id, context) { delivery, settings in try await send(delivery, settings) }
            },
        ]
    }

    private var onDead: @Sendable (EndedJob, any Transaction) async throws -> Void {
        { ended, transaction in
            let payload: NotificationDesk.Payload = try ended.payload()
            try await desk.deliveries.end(payload.id, .failed, detail: ended.message, at: ambient.now(), in: transaction)
        }
    }

    /// Looks whether the message is still wanted, brings it, and says so.
    private func run(
        _ id: String, _ context: JobContext, bring: @Sendable (Delivery, NotificationSettings) async throws -> Delivery.State
    ) async throws -> JobResult? {
        guard let user = context.userID else { return nil }
        let found = try await database.read(as: context.actor) { transaction -> (Delivery, NotificationSettings)? in
            guard let delivery = try await desk.deliveries.find(id, user: user, in: transaction), delivery.state == .waiting else {
                return nil
            }
            return (delivery, try await desk.settings.settings(of: user, in: transaction) ?? NotificationSettings())
        }
        guard let (delivery, settings) = found else { return nil }
        let now = ambient.now()
        if let objection = objection(to: delivery, settings, at: now) { return try await end(id, .dropped, objection, context) }
        if case .notice(let notice) = delivery.content, !notice.kind.isUrgent, let end = settings.quietEnd(at: now) {
            try await context.keep(in: database) { transaction in
                try await desk.enqueue(delivery, after: end.timeIntervalSince(now), in: transaction)
                try await context.succeed(in: transaction)
            }
            return nil
        }
        return try await end(id, try await bring(delivery, settings), "", context)
    }

    /// Why nobody wants it any more; nil where it is wanted.
    private func objection(to delivery: Delivery, _ settings: NotificationSettings, at now: Date) -> String? {
        if let expires = delivery.content.expires, now >= expires { return "It was too late." }
        if case .notice(let notice) = delivery.content, !settings.channels(of: notice.kind)[delivery.channel] {
            return "It was turned off."
        }
        return nil
    }

    private func end(_ id: String, _ state: Delivery.State, _ detail: String, _ context: JobContext) async throws -> JobResult? {
        try await context.keep(in: database) { transaction in
            try await desk.deliveries.end(id, state, detail: detail, at: ambient.now(), in: transaction)
            try await context.succeed(with: ["outcome": state.rawValue], in: transaction)
        }
        return nil
    }

    // MARK: - Push

    private func push(
        _ delivery: Delivery, _ settings: NotificationSettings, _ context: JobContext
    ) async throws -> Delivery.State {
        guard case .notice(let notice) = delivery.content, let id = delivery.subscriptionID else { return .dropped }
        let found = try await database.read(as: context.actor) {
            try await desk.subscriptions.find(id, user: delivery.userID, in: $0)
        }
        guard let subscription = found, let subscriber = subscription.subscriber else { return .dropped }
        let now = ambient.now()
        let text = NoticeText(notice, settings: settings, at: now)
        let body = PushedNotice(
            title: String(text.title.prefix(300)), body: text.body, path: text.path, tag: notice.key, language: settings.language,
            isInApp: notice.kind != .test && settings.channels(of: notice.kind).app)
        let message = PushMessage(
            body: Array(try JSONColumn.text(body).utf8), lifetime: Int(notice.expires.timeIntervalSince(now)),
            urgency: notice.kind == .cards ? .normal : .high,
            topic: Base64URL.encode(SHA256.hash(notice.key).prefix(24)))
        do {
            try await sender.send(message, to: subscriber, as: identity, at: now)
        } catch let failure as PushFailure where failure.kind == .gone {
            // The delivery goes with it.
            _ = try await context.keep(in: database) {
                try await desk.subscriptions.delete(id, user: delivery.userID, in: $0)
            }
            return .dropped
        }
        try await context.keep(in: database) { try await desk.subscriptions.setUsed(id, at: now, in: $0) }
        return .sent
    }

    private var identity: PushIdentity {
        get async throws {
            PushIdentity(
                key: try await keyring.keys.push,
                contact: post.map { "mailto:\($0.from.address)" } ?? (app.hasPrefix("https://") ? app : nil))
        }
    }

    // MARK: - Mail

    private func send(_ delivery: Delivery, _ settings: NotificationSettings) async throws -> Delivery.State {
        guard let post else { throw NotificationsFailure.noMail }
        let person = try await database.read(as: .user(delivery.userID)) {
            try await PeopleDirectory().person(delivery.userID, in: $0)
        }
        guard let address = person.flatMap({ MailAddress($0.email) }) else { throw NotificationsFailure.noAddress }
        let (now, id) = (ambient.now(), Base64URL.encode(SHA256.hash(delivery.id).prefix(18)))
        switch delivery.content {
        case .notice(let notice):
            let token = try await keyring.keys.unsubscribeToken(for: delivery.userID)
            try await post.transport.send(
                NoticeMail.message(
                    notice, id: id, settings: settings, from: post.from, to: address, app: app,
                    unsubscribe: "\(app)api/v1/notifications/unsubscribe/\(token)", at: now))
        case .mail(let draft):
            try await post.transport.send(
                MailMessage(
                    id: id, from: post.from, to: Mailbox(address: address), subject: draft.subject, text: draft.text,
                    html: draft.html, date: now))
        }
        return .sent
    }
}

/// What the app's worker in the browser is told.
private struct PushedNotice: Encodable {
    let title: String
    let body: String
    let path: String
    let tag: String
    let language: String
    /// An app that is open in front of the student says it itself.
    let isInApp: Bool

    enum CodingKeys: String, CodingKey {
        case title, body, path, tag, language
        case isInApp = "is_in_app"
    }
}
