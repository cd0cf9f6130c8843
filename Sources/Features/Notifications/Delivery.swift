import Ambient
import Database
import FoundationEssentials

/// One message to one place: a browser, or the student's address.
struct Delivery: Sendable {
    enum State: String, Sendable, SQLCodable {
        case waiting, sent
        /// It was too late, or nobody wanted it any more.
        case dropped
        case failed
    }

    /// What is to be said.
    enum Content: Sendable, Hashable, Codable {
        case notice(Notice)
        case mail(MailDraft)

        var expires: Date? {
            switch self {
            case .notice(let notice): notice.expires
            case .mail(let draft): draft.expires
            }
        }
    }

    var id: String
    var userID: UserID
    var channel: NotificationChannel
    var subscriptionID: PushSubscriptionID?
    var content: Content
    var state = State.waiting
    /// Why it ended as it did, in a sentence; empty where there is nothing to say.
    var detail = ""
    var createdAt: Date
}
