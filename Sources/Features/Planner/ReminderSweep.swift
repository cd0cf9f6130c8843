import Ambient
import Assembly
import Database
import FoundationEssentials
import Jobs

/// Tells of events whose time has come.
struct ReminderSweep: Sendable {
    static let job = PeriodicJob(PeriodicJob.Kind("planner.reminders", queue: "maintenance"), every: .seconds(60))
    /// In one transaction.
    private static let batch = 200
    /// A reminder that is later than this, since the server was away, is not told any more, unless the event is still to come or lasts the day.
    private static let patience: TimeInterval = 3600

    let database: any Database
    let events: PlannerEvents
    let ambient: Ambient

    var handler: JobHandler {
        JobHandler(Self.job.kind) { _, context in
            while try await context.keep(in: database, { try await sweep(in: $0) }) == Self.batch { try context.checkCancelled() }
            return nil
        }
    }

    /// - Returns: how many it saw to.
    @discardableResult
    func sweep(in transaction: any Transaction) async throws -> Int {
        let (now, store) = (ambient.now(), EventStore())
        let due = try await store.dueReminders(by: now, limit: Self.batch, in: transaction)
        for event in due {
            if let moment = event.remindAt, let before = event.remindBefore, !event.isCompleted {
                let start = moment.addingTimeInterval(Double(before) * 60)
                // Of a whole day one wants to know while it lasts.
                let end = event.isAllDay ? start.addingTimeInterval(86_400) : start
                if end > now || now.timeIntervalSince(moment) < Self.patience {
                    try await events.appendReminder(event.at(start), due: moment, in: transaction)
                }
            }
            try await store.setReminder(event.nextReminder(after: now), of: event.id, in: transaction)
        }
        return due.count
    }
}
