package import Ambient
import Cryptography
package import Database
import FoundationEssentials
import Planning

/// A student's calendar at an address that nobody guesses, for the calendars of phones and computers to subscribe to.
package struct CalendarService: Sendable {
    private let database: any Database
    private let ambient: Ambient
    private let settings = PlannerSettingsStore()
    private let store = EventStore()

    package init(database: any Database, ambient: Ambient = .live) {
        self.database = database
        self.ambient = ambient
    }

    /// A new address; the one before ends.
    package func open(for user: UserID) async throws -> String {
        let secret = SecureRandom.token()
        try await database.transaction(as: .user(user)) {
            try await settings.setCalendar(Self.digest(secret), of: user, in: $0)
        }
        return secret
    }

    package func close(for user: UserID) async throws {
        try await database.transaction(as: .user(user)) { try await settings.setCalendar(nil, of: user, in: $0) }
    }

    package func isOpen(for user: UserID) async throws -> Bool {
        try await database.read(as: .user(user)) { try await settings.hasCalendar(of: user, in: $0) }
    }

    /// The file at an address.
    package func file(at secret: String) async throws -> String {
        let digest = Self.digest(secret)
        let owner = try await database.read(as: .system) { try await settings.owner(of: digest, in: $0) }
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
