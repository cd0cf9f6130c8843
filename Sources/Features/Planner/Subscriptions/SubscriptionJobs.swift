import Ambient
import Assembly
import Database
import Failures
import FoundationEssentials
import Jobs

/// Reads calendars at addresses again when their time has come.
struct SubscriptionJobs: Sendable {
    struct Payload: Codable, Sendable {
        let subscriptionID: CalendarSubscriptionID
        private enum CodingKeys: String, CodingKey { case subscriptionID = "subscription_id" }
    }

    /// Apart from others, since servers of timetables may be slow.
    static let queue = WorkQueue("calendars", width: 2)
    static let sweep = PeriodicJob(PeriodicJob.Kind("planner.subscriptions", queue: "maintenance"), every: .seconds(600))
    static let refresh = JobKind<Payload>("planner.subscription", queue: queue.name, maxAttempts: 2, timeout: .seconds(180))
    /// In one transaction.
    private static let batch = 200

    let service: SubscriptionService
    let jobs: JobQueue
    let ambient: Ambient

    var handlers: [JobHandler] {
        [
            JobHandler(Self.sweep.kind) { _, context in
                while try await context.keep(in: service.database, { try await sweep(in: $0) }) == Self.batch {
                    try context.checkCancelled()
                }
                return nil
            },
            JobHandler(Self.refresh) { payload, context in
                guard let user = context.userID else { return nil }
                do {
                    _ = try await service.refresh(payload.subscriptionID, user: user) { body in
                        try await context.keep(in: service.database, body)
                    }
                } catch let failure as PlannerFailure where failure.code == .notFound {
                    // It ended meanwhile.
                }
                return nil
            },
        ]
    }

    /// - Returns: how many it put in line.
    @discardableResult
    func sweep(in transaction: any Transaction) async throws -> Int {
        let (store, now) = (SubscriptionStore(), ambient.now())
        let due = try await store.due(by: now, limit: Self.batch, in: transaction)
        for var subscription in due {
            // Not again until it was read, or its job was lost.
            subscription.dueAt = now.addingTimeInterval(CalendarSubscription.pause)
            try await store.update(subscription, in: transaction)
            _ = try await jobs.enqueue(
                Self.refresh, Payload(subscriptionID: subscription.id), user: subscription.userID,
                uniqueKey: "calendar:\(subscription.id)", in: transaction)
        }
        return due.count
    }
}
