package import Ambient
package import Database
import Events
import Assembly
import FoundationEssentials
import Jobs
import Telemetry

/// Finds what is not as it always is in what the audit log says of an account, and has it told.
package struct AnomalyWatch: Sendable {
    /// Tells people of an anomaly in the transaction that stores it: the person, and the administrators.
    package typealias Teller = @Sendable (Anomaly, _ key: String, _ concerned: UserID, any Transaction) async throws -> Void

    static let failures = EventReaction.Kind("audit.failures", queue: AuditFeature.queue.name)
    static let reuse = EventReaction.Kind("audit.reuse", queue: AuditFeature.queue.name)

    /// So many wrong passwords at one account within `window` are not somebody who mistypes.
    static let failureLimit = 10
    static let window: TimeInterval = 600
    /// Of one anomaly of an account nobody is told again within this time.
    static let pause: TimeInterval = 3600

    let service: AuditService
    let outbox: EventOutbox
    let tell: Teller
    let alerts: AlertChannel?

    /// - Parameter alerts: where whoever looks after the installation is told beyond it.
    init(service: AuditService, outbox: EventOutbox, alerts: AlertChannel? = nil, tell: @escaping Teller) {
        (self.service, self.outbox, self.alerts, self.tell) = (service, outbox, alerts, tell)
    }

    var handlers: [JobHandler] {
        [
            handler(Self.failures) { event, user, transaction in
                let since = event.timestamp.addingTimeInterval(-Self.window)
                let count = try await service.store.count(event.type, of: user, since: since, in: transaction)
                return count >= Self.failureLimit ? (.signInFailures, count) : nil
            },
            handler(Self.reuse) { _, _, _ in (.tokenReused, 1) },
        ]
    }

    private func handler(
        _ kind: EventReaction.Kind,
        _ look: @escaping @Sendable (Event, UserID, any Transaction) async throws -> (Anomaly, Int)?
    ) -> JobHandler {
        JobHandler(kind) { event, context in
            guard let user = event.userID else { return nil }
            // Of the system: the log is nobody's to read.
            try await service.database.transaction(as: .system) { transaction in
                try await context.fence(in: transaction)
                if let (anomaly, count) = try await look(event, user, transaction) {
                    try await report(anomaly, count, of: user, key: event.id.description, in: transaction)
                }
                try await context.succeed(in: transaction)
            }
            return nil
        }
    }

    /// Stores an anomaly and has it told, unless the same was a moment ago.
    func report(_ anomaly: Anomaly, _ count: Int, of user: UserID, key: String, in transaction: any Transaction) async throws {
        let now = service.ambient.now()
        let recent = try await service.store.count(
            anomaly.rawValue, of: user, since: now.addingTimeInterval(-Self.pause), in: transaction)
        guard recent == 0 else { return }
        let news = AnomalyNews(count: count, minutes: Int(Self.window / 60))
        try await outbox.append(EventDraft(type: anomaly.rawValue, userID: user, payload: news), in: transaction)
        service.logger.warning(
            "something is not as it always is", ["anomaly": anomaly.rawValue, "user_id": "\(user)", "count": "\(count)"])
        try await alerts?.tell(anomaly, news, of: user, in: transaction)
        try await tell(anomaly, "\(anomaly.rawValue)/\(key)", user, transaction)
    }
}
