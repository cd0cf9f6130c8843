import Ambient
import Database
import Events
import FoundationEssentials
import HTTPServing

/// What notifications tell by the event stream: the channel of the app that is open.
struct NotificationEvents: Sendable {
    static let told = EventKind(
        "notification.told", "Something is to be shown to the student now, as they have chosen.", payload: ToldNotice.self)

    private let outbox: EventOutbox

    init(outbox: EventOutbox) { self.outbox = outbox }

    func append(_ notice: Notice, at now: Date, user: UserID, in transaction: any Transaction) async throws {
        let told = ToldNotice(
            key: notice.key, kind: notice.kind, title: notice.title, isDeadline: notice.isDeadline, startDate: notice.start,
            isAllDay: notice.isAllDay, count: notice.count, isLate: notice.isLate(at: now))
        try await outbox.append(EventDraft(type: Self.told.name, userID: user, payload: told), in: transaction)
    }
}

/// A notice, without words of the program's: the app says it in its own language.
struct ToldNotice: APIType {
    var key: String
    var kind: NotificationKind
    var title: String
    var isDeadline: Bool
    var startDate: Date?
    var isAllDay: Bool
    var count: Int?
    var isLate: Bool

    enum CodingKeys: String, CodingKey {
        case key, kind, title, count
        case isDeadline = "is_deadline"
        case startDate = "start_date"
        case isAllDay = "is_all_day"
        case isLate = "is_late"
    }
}
