import FoundationEssentials
import TimeZones

/// A notice in a student's language, and the place in the app that it leads to.
struct NoticeText: Sendable, Hashable {
    let title: String
    let body: String
    /// Below the app's address: `planner?day=2026-03-02`.
    let path: String

    init(_ notice: Notice, settings: NotificationSettings, at now: Date) {
        let (words, zone) = (NoticeWords.of(settings.language), settings.zone)
        let moment = notice.start.map { words.moment($0, isAllDay: notice.isAllDay, seenAt: now, zone: zone) } ?? ""
        let place = notice.start.map { start -> String in
            let day = zone.wall(start).compactDay
            return "planner?day=\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.dropFirst(6).prefix(2))"
        }
        let said: (title: String, body: String, path: String) =
            switch notice.kind {
            case .events: (notice.title, notice.isDeadline ? words.due(moment) : moment, place ?? "planner")
            case .studyBlocks: (words.study(notice.title), moment, place ?? "planner")
            case .cards: (words.cards(notice.count ?? 0), words.cardsWhy, "review")
            case .devices:
                (
                    words.device, [notice.title, moment].filter { !$0.isEmpty }.joined(separator: ", ") + "\n" + words.deviceWhy,
                    "settings/devices"
                )
            case .security: (words.security, words.anomaly(notice.title), "settings")
            case .watch: (words.watch, words.anomaly(notice.title), "admin/audit")
            case .test: (words.test, words.testWhy, "settings/notifications")
            }
        (title, path) = (said.title, said.path)
        body = notice.isLate(at: now) ? "\(said.body)\n\(words.late)" : said.body
    }
}
