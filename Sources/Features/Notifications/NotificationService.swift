import Accounts
import Ambient
import Database
import FoundationEssentials
import Mail
import TimeZones
import WebPush

/// What a student does with notifications.
package struct NotificationService: Sendable {
    /// Browsers of one student; of more, that which was not used for longest goes.
    static let mostBrowsers = 20

    let database: any Database
    let desk: NotificationDesk
    let keyring: NotificationKeyring
    let sender: PushSender
    let ambient: Ambient

    /// How the student is told, whether the server sends mail, and what went wrong with the last.
    struct State: Sendable {
        var settings: NotificationSettings
        var hasMail: Bool
        var address: String
        var mailProblem: String?
    }

    func state(of user: UserID) async throws -> State {
        try await database.read(as: .user(user)) { try await state(of: user, in: $0) }
    }

    func set(_ settings: NotificationSettings, user: UserID) async throws -> State {
        guard ZoneCatalogue.system.zone(settings.timeZone) != nil else {
            throw NotificationsFailure.invalid("time_zone", "must be the name of a time zone, such as Europe/Berlin")
        }
        return try await database.transaction(as: .user(user)) { transaction in
            try await desk.settings.set(
                settings, of: user, nextCards: settings.nextCards(after: ambient.now()), in: transaction)
            return try await state(of: user, in: transaction)
        }
    }

    private func state(of user: UserID, in transaction: any Transaction) async throws -> State {
        State(
            settings: try await desk.settings.settings(of: user, in: transaction) ?? NotificationSettings(), hasMail: desk.hasMail,
            address: try await PeopleDirectory().person(user, in: transaction)?.email ?? "",
            mailProblem: try await desk.deliveries.lastProblem(of: user, by: .mail, in: transaction))
    }

    /// Sends one to the student now, so that they see whether it arrives.
    func test(_ channel: NotificationChannel, user: UserID) async throws {
        let now = ambient.now()
        try await database.transaction(as: .user(user)) { transaction in
            switch channel {
            case .mail where !desk.hasMail: throw NotificationsFailure.noMail
            case .push where try await desk.subscriptions.all(of: user, in: transaction).isEmpty:
                throw NotificationsFailure.noBrowser
            default: break
            }
            let minute = Int(now.timeIntervalSince1970) / 60
            let notice = Notice(key: "test/\(user)/\(minute)", kind: .test, due: now, expires: now.addingTimeInterval(3600))
            guard try await desk.tell(notice, to: user, only: [channel], in: transaction) else {
                throw NotificationsFailure.testedJustNow
            }
        }
    }

    // MARK: - Browsers

    func publicKey() async throws -> String { PushIdentity(key: try await keyring.keys.push, contact: nil).publicKey }

    func subscriptions(of user: UserID) async throws -> [PushSubscription] {
        try await database.read(as: .user(user)) { try await desk.subscriptions.all(of: user, in: $0) }
    }

    /// Keeps a browser's subscription, and that of this sign-in: it ends with it.
    func subscribe(
        endpoint: String, p256dh: String, auth: String, deviceName: String, session: SessionID?, user: UserID
    ) async throws -> PushSubscription {
        if let objection = sender.objection(to: endpoint) { throw NotificationsFailure.invalid("endpoint", objection) }
        guard PushSubscriber(endpoint: endpoint, p256dh: p256dh, auth: auth) != nil else {
            throw NotificationsFailure.invalid("keys", "are no keys of a browser")
        }
        let new = PushSubscription(
            id: ambient.newID(), userID: user, session: session, endpoint: endpoint, p256dh: p256dh, auth: auth,
            deviceName: deviceName, createdAt: ambient.now(), lastUsedAt: nil)
        // As the system: the browser may have been another person's before.
        return try await database.transaction(as: .system) { transaction in
            if let session {
                guard try await desk.subscriptions.isOpen(session, of: user, in: transaction) else {
                    throw NotificationsFailure.sessionOver
                }
            }
            let kept = try await desk.subscriptions.put(new, in: transaction)
            let others = try await desk.subscriptions.all(of: user, in: transaction).filter { $0.id != kept.id }
            let byUse = others.sorted { ($0.lastUsedAt ?? $0.createdAt) < ($1.lastUsedAt ?? $1.createdAt) }
            for old in byUse.prefix(max(0, others.count + 1 - Self.mostBrowsers)) {
                _ = try await desk.subscriptions.delete(old.id, user: user, in: transaction)
            }
            return kept
        }
    }

    func unsubscribe(_ id: PushSubscriptionID, user: UserID) async throws {
        let was = try await database.transaction(as: .user(user)) {
            try await desk.subscriptions.delete(id, user: user, in: $0)
        }
        guard was else { throw NotificationsFailure.noSubscription }
    }

    // MARK: - Links in mail

    /// Whose link it is. Throws `notFound` where it is none of ours.
    func owner(ofLink token: String) async throws -> UserID {
        guard let user = try await keyring.keys.user(of: token) else { throw NotificationsFailure.noLink }
        let person = try await database.read(as: .user(user)) { try await PeopleDirectory().person(user, in: $0) }
        guard person != nil else { throw NotificationsFailure.noLink }
        return user
    }

    /// Turns all reminders by mail off.
    func turnMailOff(byLink token: String) async throws {
        let user = try await owner(ofLink: token)
        try await database.transaction(as: .user(user)) { transaction in
            let settings = try await desk.settings.settings(of: user, locking: true, in: transaction) ?? NotificationSettings()
            let without = settings.withoutMail
            try await desk.settings.set(
                without, of: user, nextCards: without.nextCards(after: ambient.now()), in: transaction)
        }
    }
}
