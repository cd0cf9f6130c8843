import Ambient
import Assembly
import Database
import Events
import FoundationEssentials
import Jobs
import TimeZones

/// What is told by itself: what the calendar reminds of, and the cards that wait.
struct Reminders: Sendable {
    static let calendar = EventReaction.Kind("notifications.remind", queue: DeliveryJobs.queue.name)
    static let newDevice = EventReaction.Kind("notifications.new_device", queue: DeliveryJobs.queue.name)
    static let reactions = [
        EventReaction(to: "planner.reminder", calendar), EventReaction(to: "user.new_device", newDevice),
    ]
    static let cards = PeriodicJob(PeriodicJob.Kind("notifications.cards", queue: "maintenance"), every: .seconds(60))
    static let prune = PeriodicJob(PeriodicJob.Kind("notifications.prune", queue: "maintenance"), every: .seconds(3600))
    /// In one transaction.
    private static let batch = 100
    /// Days for which what became of a message is kept.
    private static let kept: TimeInterval = 30 * 86_400

    let database: any Database
    let desk: NotificationDesk
    let cardsDue: NotificationsFeature.CardsDue
    let ambient: Ambient

    var handlers: [JobHandler] {
        [
            JobHandler(Self.calendar) { event, context in
                guard let user = event.userID else { return nil }
                let reminder: CalendarReminder = try event.decode()
                try await context.keep(in: database) { transaction in
                    try await desk.tell(reminder.notice(of: event.id.description), to: user, in: transaction)
                    try await context.succeed(in: transaction)
                }
                return nil
            },
            JobHandler(Self.newDevice) { event, context in
                guard let user = event.userID else { return nil }
                let device: NewDevice = try event.decode()
                try await context.keep(in: database) { transaction in
                    try await desk.tell(device.notice(of: event.id.description), to: user, in: transaction)
                    try await context.succeed(in: transaction)
                }
                return nil
            },
            JobHandler(Self.cards.kind) { _, context in
                while try await context.keep(in: database, { try await sweep(in: $0) }) == Self.batch {
                    try context.checkCancelled()
                }
                return nil
            },
            JobHandler(Self.prune.kind) { _, context in
                let count = try await context.keep(in: database) {
                    try await desk.deliveries.prune(before: ambient.now().addingTimeInterval(-Self.kept), in: $0)
                }
                return ["removed": "\(count)"]
            },
        ]
    }

    /// Tells of cards whoever's hour has come. A day that is over is not made up for.
    /// - Returns: how many it saw to.
    @discardableResult
    func sweep(in transaction: any Transaction) async throws -> Int {
        let now = ambient.now()
        let due = try await desk.settings.cardsDue(by: now, limit: Self.batch, in: transaction)
        for (user, moment, settings) in due {
            let zone = settings.zone
            let (day, today) = (zone.wall(moment).day, zone.wall(now).day)
            if day == today {
                let midnight = zone.moment(.init(today + 1))
                let count = try await cardsDue(now..<midnight, user, transaction)
                if count > 0 {
                    try await desk.tell(
                        Notice(
                            key: "cards/\(user)/\(zone.wall(moment).compactDay)", kind: .cards, count: count, due: moment,
                            expires: midnight), to: user, in: transaction)
                }
            }
            try await desk.settings.setNextCards(settings.nextCards(after: now), of: user, in: transaction)
        }
        return due.count
    }
}

/// The payload of the event of accounts, as far as it is told.
private struct NewDevice: Decodable {
    let userAgent: String
    let country: String?
    let city: String?
    let at: Date

    enum CodingKeys: String, CodingKey {
        case country, city, at
        case userAgent = "user_agent"
    }

    /// It is of use for a day; after that the list of devices says it.
    func notice(of key: String) -> Notice {
        let place = [city, country].compactMap { $0 }.joined(separator: ", ")
        return Notice(
            key: key, kind: .devices, title: [DeviceName.of(userAgent), place].filter { !$0.isEmpty }.joined(separator: ", "),
            start: at, due: at, expires: at.addingTimeInterval(86_400))
    }
}

/// The payload of the planner's event, as far as it is told.
private struct CalendarReminder: Decodable {
    let type: String
    let title: String
    let start: Date
    let isAllDay: Bool?
    let due: Date?

    enum CodingKeys: String, CodingKey {
        case type, title
        case start = "start_date"
        case isAllDay = "is_all_day"
        case due = "due_date"
    }

    func notice(of key: String) -> Notice {
        let (due, isAllDay) = (due ?? start, isAllDay ?? false)
        // Of a whole day one wants to know while it lasts.
        let end = isAllDay ? start.addingTimeInterval(86_400) : start
        return Notice(
            key: key, kind: type == "study_block" ? .studyBlocks : .events, title: title, isDeadline: type == "deadline",
            start: start,
            isAllDay: isAllDay, due: due, expires: max(end, due.addingTimeInterval(Notice.patience)))
    }
}
