package import Accounts
package import Ambient
import Cryptography
package import Database
import FoundationEssentials
import Planning

/// A student's calendar at an address that nobody guesses, for the calendars of phones and computers to subscribe to.
package struct CalendarService: Sendable {
    private let database: any Database
    private let accounts: AccountsService
    private let told: PlannerEvents
    private let ambient: Ambient
    private let settings = PlannerSettingsStore()
    private let store = EventStore()

    package init(database: any Database, accounts: AccountsService, events: PlannerEvents, ambient: Ambient = .live) {
        (self.database, self.accounts, self.ambient) = (database, accounts, ambient)
        told = events
    }

    /// A new address; the one before ends.
    package func open(for user: UserID, _ shown: ShownProof) async throws -> String {
        // It outlives the sign-in that made it.
        try await accounts.proveOwner(user, shown)
        let (secret, now) = (SecureRandom.token(), ambient.now())
        try await database.transaction(as: .user(user)) { transaction in
            try await settings.setCalendar(.init(digest: Self.digest(secret), openedAt: now), of: user, in: transaction)
            try await told.appendAccess(PlannerEvents.addressMade, user: user, in: transaction)
        }
        return secret
    }

    package func close(for user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await settings.hasCalendar(of: user, in: transaction) else { return }
            try await settings.setCalendar(nil, of: user, in: transaction)
            try await told.appendAccess(PlannerEvents.addressRemoved, user: user, in: transaction)
        }
    }

    package func isOpen(for user: UserID) async throws -> Bool {
        // What a new password ended is as good as taken away.
        try await database.read(as: .user(user)) { transaction in
            guard let openedAt = try await settings.calendarOpened(of: user, in: transaction),
                let standing = try await accounts.standing(user, in: transaction)
            else { return false }
            return standing.passwordChangedAt <= openedAt
        }
    }

    /// The file at an address. A new password of the account ends the address.
    package func file(at secret: String) async throws -> String {
        let digest = Self.digest(secret)
        let owner = try await database.read(as: .system) { transaction -> UserID? in
            guard let (owner, openedAt) = try await settings.owner(of: digest, in: transaction),
                let standing = try await accounts.standing(owner, in: transaction), !standing.isHeldBack,
                standing.passwordChangedAt <= openedAt
            else { return nil }
            return owner
        }
        guard let owner else { throw PlannerFailure.noCalendar }
        return try await file(of: owner)
    }

    package func file(of user: UserID) async throws -> String {
        let events = try await database.read(as: .user(user)) { try await store.all(of: user, in: $0) }
        return CalendarWriter.text(of: Self.entries(events), named: "Little Monster", now: ambient.now())
    }

    /// Starts for which another event stands are named by it alone.
    ///
    /// - Parameter withReminders: for programs that write them back, and else would take them away.
    static func entries(_ events: [PlannerEvent], withReminders: Bool = false) -> [CalendarEntry] {
        let series = Dictionary(events.filter(\.comesAgain).map { ($0.id, $0) }) { first, _ in first }
        var replaced: [PlannerEventID: Set<Date>] = [:]
        for event in events {
            if let id = event.seriesID, let occurrence = event.occurrence { replaced[id, default: []].insert(occurrence) }
        }
        return events.map { event in
            let parent = event.seriesID.flatMap { series[$0] }
            return CalendarEntry(
                uid: (parent ?? event).uid, title: event.title, description: event.description, location: event.location,
                category: event.type.rawValue, start: event.start, end: event.end, isAllDay: event.isAllDay,
                zone: (parent ?? event).zone, rule: event.rule?.text,
                excluded: event.excluded.subtracting(replaced[event.id] ?? []).sorted(),
                added: event.added.sorted(), replaces: parent == nil ? nil : event.occurrence, isCompleted: event.isCompleted,
                remindBefore: withReminders ? event.remindBefore : nil, updatedAt: event.updatedAt)
        }
    }

    private static func digest(_ secret: String) -> String { Hexadecimal.encode(SHA256.hash(secret)) }
}
