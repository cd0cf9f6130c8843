import Ambient
import Database
import FoundationEssentials

/// How students want to be planned for, and where their calendars are read.
struct PlannerSettingsStore: Sendable {
    func settings(of user: UserID, in transaction: any Transaction) async throws -> PlannerSettings? {
        try await transaction.first("SELECT settings FROM planner_settings WHERE user_id = \(user)")
            .map { try JSONColumn.value(try $0.get("settings")) }
    }

    func set(_ settings: PlannerSettings, of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO planner_settings (user_id, settings) VALUES (\(user), \(try JSONColumn.text(settings)))
            ON CONFLICT (user_id) DO UPDATE SET settings = excluded.settings
            """)
    }

    /// What the last plan had no room for.
    func gaps(of user: UserID, in transaction: any Transaction) async throws -> [PlanGap] {
        try await transaction.first("SELECT missing FROM planner_settings WHERE user_id = \(user)")?
            .optional("missing", as: String.self).map { try JSONColumn.value($0) } ?? []
    }

    /// There are settings by then.
    func setGaps(_ gaps: [PlanGap], of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE planner_settings SET missing = \(try JSONColumn.text(gaps)) WHERE user_id = \(user)")
    }

    /// The secret address of a calendar, as it is kept.
    struct CalendarAddress: Sendable {
        let digest: String
        let openedAt: Date
    }

    /// - Parameter address: nil ends the subscription.
    func setCalendar(_ address: CalendarAddress?, of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO planner_settings (user_id, settings, calendar_digest, calendar_opened_at)
            VALUES (\(user), \(try JSONColumn.text(PlannerSettings())), \(address?.digest), \(address?.openedAt))
            ON CONFLICT (user_id) DO UPDATE SET
                calendar_digest = excluded.calendar_digest, calendar_opened_at = excluded.calendar_opened_at
            """)
    }

    func calendarOpened(of user: UserID, in transaction: any Transaction) async throws -> Date? {
        try await transaction.first(
            "SELECT calendar_opened_at FROM planner_settings WHERE user_id = \(user) AND calendar_digest IS NOT NULL")?
            .optional("calendar_opened_at")
    }

    func hasCalendar(of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT user_id FROM planner_settings WHERE user_id = \(user) AND calendar_digest IS NOT NULL") != nil
    }

    /// Whose calendar it is, and since when it has the address. For a transaction of the system.
    func owner(of digest: String, in transaction: any Transaction) async throws -> (user: UserID, openedAt: Date)? {
        try await transaction.first(
            "SELECT user_id, calendar_opened_at FROM planner_settings WHERE calendar_digest = \(digest) AND calendar_opened_at IS NOT NULL"
        ).map { (try $0.get("user_id"), try $0.get("calendar_opened_at")) }
    }
}
