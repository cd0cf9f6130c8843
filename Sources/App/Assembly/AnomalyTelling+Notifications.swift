import Accounts
import Ambient
import Audit
import FoundationEssentials
import Notifications

/// How people are told of what is not as it always is.
enum AnomalyTelling {
    /// Tells the person, and those who look after the installation, by all the ways that each can be reached.
    static func by(_ desk: NotificationDesk, ambient: Ambient) -> AnomalyWatch.Teller {
        { anomaly, key, concerned, transaction in
            let now = ambient.now()
            func notice(_ kind: NotificationKind) -> Notice {
                Notice(
                    key: "\(key)/\(kind.rawValue)", kind: kind, title: anomaly.rawValue, due: now,
                    expires: now.addingTimeInterval(7 * 86_400))
            }
            try await desk.tell(notice(.security), to: concerned, in: transaction)
            for administrator in try await AccountsService.administrators(in: transaction) where administrator != concerned {
                var told = notice(.watch)
                told.key += "/\(administrator)"
                try await desk.tell(told, to: administrator, in: transaction)
            }
        }
    }
}
