package import Ambient
package import Database
import FoundationEssentials
import Jobs

/// Where other features have a student told of something, or written to: each message once under its key, in their own transaction.
package struct NotificationDesk: Sendable {
    /// What a job of a delivery carries.
    struct Payload: Codable, Sendable {
        let id: String
    }

    let jobs: JobQueue
    let events: NotificationEvents
    let ambient: Ambient
    /// Whether the server can send mail.
    let hasMail: Bool
    let settings = NotificationSettingsStore()
    let subscriptions = PushSubscriptionStore()
    let deliveries = DeliveryStore()

    init(jobs: JobQueue, events: NotificationEvents, ambient: Ambient, hasMail: Bool) {
        (self.jobs, self.events, self.ambient, self.hasMail) = (jobs, events, ambient, hasMail)
    }

    /// Tells a student by the channels that they have chosen for such things. In quiet hours pushes and mail wait for their end.
    ///
    /// - Parameter only: by these channels alone.
    /// - Returns: whether anything is told that was not before.
    @discardableResult
    package func tell(
        _ notice: Notice, to user: UserID, only: Set<NotificationChannel> = Set(NotificationChannel.allCases),
        in transaction: any Transaction
    ) async throws -> Bool {
        let now = ambient.now()
        guard !notice.isOver(at: now) else { return false }
        let settings = try await settings.settings(of: user, in: transaction) ?? NotificationSettings()
        let channels = settings.channels(of: notice.kind)
        let delay = notice.kind.isUrgent ? 0 : settings.quietEnd(at: now)?.timeIntervalSince(now) ?? 0
        var isNews = false
        if channels.app, only.contains(.app) {
            try await events.append(notice, at: now, user: user, in: transaction)
            isNews = true
        }
        if channels.push, only.contains(.push) {
            for subscription in try await subscriptions.all(of: user, in: transaction) {
                let delivery = Delivery(
                    id: "\(notice.key)/push/\(subscription.id)", userID: user, channel: .push, subscriptionID: subscription.id,
                    content: .notice(notice), createdAt: now)
                if try await deliver(delivery, after: delay, in: transaction) { isNews = true }
            }
        }
        if channels.mail, hasMail, only.contains(.mail) {
            let delivery = Delivery(
                id: "\(notice.key)/mail", userID: user, channel: .mail, content: .notice(notice), createdAt: now)
            if try await deliver(delivery, after: delay, in: transaction) { isNews = true }
        }
        return isNews
    }

    /// Writes to a student, whatever they have chosen: for what they have asked for, such as a link to another password.
    ///
    /// - Parameter key: under one key it is sent once.
    package func mail(_ draft: MailDraft, key: String, to user: UserID, in transaction: any Transaction) async throws {
        guard hasMail else { throw NotificationsFailure.noMail }
        _ = try await deliver(
            Delivery(id: "\(key)/mail", userID: user, channel: .mail, content: .mail(draft), createdAt: ambient.now()), after: 0,
            in: transaction)
    }

    private func deliver(_ delivery: Delivery, after delay: TimeInterval, in transaction: any Transaction) async throws -> Bool {
        guard try await deliveries.insert(delivery, in: transaction) else { return false }
        try await enqueue(delivery, after: delay, in: transaction)
        return true
    }

    func enqueue(_ delivery: Delivery, after delay: TimeInterval, in transaction: any Transaction) async throws {
        try await jobs.enqueue(
            delivery.channel == .push ? DeliveryJobs.push : DeliveryJobs.mail, Payload(id: delivery.id), user: delivery.userID,
            delay: .milliseconds(Int64(delay * 1000)), in: transaction)
    }
}
