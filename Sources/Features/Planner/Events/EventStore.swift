import Ambient
import Courses
import Database
import FoundationEssentials
import Planning
import TimeZones

/// Events in the database. Every statement of a student's names the user, since SQLite has no row-level security.
struct EventStore: Sendable {
    private static let columns: SQL =
        """
        id, user_id, course_id, series_id, occurrence, type, title, description, location, start_date, end_date, is_all_day, time_zone,
        rrule, excluded, added, is_completed, study_minutes, remind_before, remind_at, plan, uid, subscription_id, fingerprint, resource,
        revision, created_at, updated_at
        """
    private let revisions = RevisionStore()

    func insert(_ event: PlannerEvent, in transaction: any Transaction) async throws {
        try await insert([event], of: event.userID, in: transaction)
    }

    func insert(_ events: [PlannerEvent], of user: UserID, in transaction: any Transaction) async throws {
        if events.isEmpty { return }
        let revision = try await revisions.next(of: user, in: transaction)
        for event in events {
            try await transaction.execute(
                """
                INSERT INTO planner_events (\(Self.columns), ends_at) VALUES (
                    \(event.id), \(user), \(event.courseID), \(event.seriesID), \(event.occurrence), \(event.type), \(event.title),
                    \(event.description), \(event.location), \(event.start), \(event.end), \(event.isAllDay), \(event.zone.name),
                    \(event.rule?.text), \(try JSONColumn.text(event.excluded.sorted())), \(try JSONColumn.text(event.added.sorted())),
                    \(event.isCompleted), \(event.studyMinutes), \(event.remindBefore), \(event.remindAt),
                    \(try event.plan.map { try JSONColumn.text($0) }), \(event.origin.uid), \(event.origin.subscriptionID),
                    \(event.origin.fingerprint), \(event.origin.resource), \(revision), \(event.createdAt), \(event.updatedAt),
                    \(event.endsAt))
                """)
        }
    }

    func update(_ event: PlannerEvent, in transaction: any Transaction) async throws {
        let revision = try await revisions.next(of: event.userID, in: transaction)
        try await transaction.execute(
            """
            UPDATE planner_events SET course_id = \(event.courseID), occurrence = \(event.occurrence), type = \(event.type),
                title = \(event.title), description = \(event.description), location = \(event.location), start_date = \(event.start),
                end_date = \(event.end), is_all_day = \(event.isAllDay), time_zone = \(event.zone.name), rrule = \(event.rule?.text),
                excluded = \(try JSONColumn.text(event.excluded.sorted())), added = \(try JSONColumn.text(event.added.sorted())),
                ends_at = \(event.endsAt), is_completed = \(event.isCompleted), study_minutes = \(event.studyMinutes),
                remind_before = \(event.remindBefore), remind_at = \(event.remindAt),
                plan = \(try event.plan.map { try JSONColumn.text($0) }), uid = \(event.origin.uid),
                subscription_id = \(event.origin.subscriptionID), fingerprint = \(event.origin.fingerprint),
                resource = \(event.origin.resource), revision = \(revision), updated_at = \(event.updatedAt)
            WHERE id = \(event.id) AND user_id = \(event.userID)
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(
        _ id: PlannerEventID, user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> PlannerEvent? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first(
            "SELECT \(Self.columns) FROM planner_events WHERE id = \(id) AND user_id = \(user)\(lock)"
        ).map(Self.event)
    }

    /// Those that may touch a range of time.
    func touching(
        _ range: Range<Date>, course: CourseID? = nil, user: UserID, in transaction: any Transaction
    ) async throws -> [PlannerEvent] {
        let only: SQL = course.map { " AND course_id = \($0)" } ?? ""
        return try await transaction.query(
            """
            SELECT \(Self.columns) FROM planner_events
            WHERE user_id = \(user) AND start_date < \(range.upperBound) AND (ends_at IS NULL OR ends_at >= \(range.lowerBound))\(only)
            ORDER BY start_date, id
            """
        ).map(Self.event)
    }

    func all(of user: UserID, in transaction: any Transaction) async throws -> [PlannerEvent] {
        try await transaction.query("SELECT \(Self.columns) FROM planner_events WHERE user_id = \(user) ORDER BY start_date, id")
            .map(Self.event)
    }

    /// What stands for single occurrences of an event.
    func exceptions(of series: PlannerEventID, user: UserID, in transaction: any Transaction) async throws -> [PlannerEvent] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM planner_events WHERE series_id = \(series) AND user_id = \(user) ORDER BY occurrence"
        ).map(Self.event)
    }

    func count(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT count(*) AS total FROM planner_events WHERE user_id = \(user)")?.get("total") ?? 0
    }

    /// - Returns: whether there was one.
    @discardableResult
    func delete(_ event: PlannerEvent, in transaction: any Transaction) async throws -> Bool {
        try await delete([event], of: event.userID, in: transaction) > 0
    }

    /// What stands for single times of a series goes with it.
    /// - Returns: how many there were.
    @discardableResult
    func delete(_ events: [PlannerEvent], of user: UserID, in transaction: any Transaction) async throws -> Int {
        if events.isEmpty { return 0 }
        let revision = try await revisions.next(of: user, in: transaction)
        var count = 0
        for event in events {
            count += try await transaction.execute("DELETE FROM planner_events WHERE id = \(event.id) AND user_id = \(user)")
            if let series = event.seriesID {
                try await transaction.execute(
                    "UPDATE planner_events SET revision = \(revision) WHERE id = \(series) AND user_id = \(user)")
            } else {
                try await revisions.noteRemoval(of: event.resource, at: revision, user: user, in: transaction)
            }
        }
        return count
    }

    /// By the name that it has in CalDAV's collection: the one that a program gave it, or its id.
    func find(
        resource: String, user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> PlannerEvent? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        let named = try await transaction.first(
            "SELECT \(Self.columns) FROM planner_events WHERE user_id = \(user) AND resource = \(resource)\(lock)"
        ).map(Self.event)
        if let named { return named }
        guard resource.hasSuffix(".ics"), let id = PlannerEventID(String(resource.dropLast(4))) else { return nil }
        let event = try await find(id, user: user, locking: locking, in: transaction)
        return event?.seriesID == nil && event?.origin.resource == nil ? event : nil
    }

    /// Those of these names that other programs gave, by name.
    func named(_ uids: [String], user: UserID, in transaction: any Transaction) async throws -> [String: PlannerEvent] {
        var found: [String: PlannerEvent] = [:]
        for start in stride(from: 0, to: uids.count, by: 500) {
            let part = Array(uids[start..<min(start + 500, uids.count)])
            for event in try await transaction.query(
                "SELECT \(Self.columns) FROM planner_events WHERE user_id = \(user) AND uid IN \(list: part)"
            ).map(Self.event) {
                if let uid = event.origin.uid { found[uid] = event }
            }
        }
        return found
    }

    /// What is read from a calendar at an address.
    func subscribed(
        to subscription: CalendarSubscriptionID, user: UserID, in transaction: any Transaction
    ) async throws -> [PlannerEvent] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM planner_events WHERE user_id = \(user) AND subscription_id = \(subscription)
            ORDER BY start_date, id
            """
        ).map(Self.event)
    }

    /// The zone in which the student last wrote an event down; nil where that is none but UTC.
    func ownZone(of user: UserID, in transaction: any Transaction) async throws -> String? {
        try await transaction.first(
            """
            SELECT time_zone FROM planner_events WHERE user_id = \(user) AND time_zone <> 'UTC' AND uid IS NULL AND plan IS NULL
            ORDER BY updated_at DESC, id LIMIT 1
            """)?.get("time_zone")
    }

    /// Blocks of plans that are not done.
    func openBlocks(of user: UserID, in transaction: any Transaction) async throws -> [PlannerEvent] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM planner_events WHERE user_id = \(user) AND plan IS NOT NULL AND NOT is_completed
            ORDER BY start_date, id
            """
        ).map(Self.event)
    }

    /// What is to be told of by now, of all students. For a transaction of the system.
    func dueReminders(by now: Date, limit: Int, in transaction: any Transaction) async throws -> [PlannerEvent] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM planner_events WHERE remind_at <= \(now)
            ORDER BY remind_at, id LIMIT \(limit)\(transaction.dialect.forUpdate)
            """
        ).map(Self.event)
    }

    func setReminder(_ date: Date?, of id: PlannerEventID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE planner_events SET remind_at = \(date) WHERE id = \(id)")
    }

    static func event(_ row: Row) throws -> PlannerEvent {
        // A zone that the machine no longer knows, and a rule of a later version, are no reason to lose the event.
        let zone: String = try row.get("time_zone")
        let excluded: [Date] = try JSONColumn.value(try row.get("excluded"))
        let added: [Date] = try JSONColumn.value(try row.get("added"))
        return PlannerEvent(
            id: try row.get("id"), userID: try row.get("user_id"), courseID: try row.optional("course_id"),
            seriesID: try row.optional("series_id"), occurrence: try row.optional("occurrence"), type: try row.get("type"),
            title: try row.get("title"), description: try row.get("description"),
            location: try row.get("location"), start: try row.get("start_date"),
            end: try row.get("end_date"), isAllDay: try row.get("is_all_day"),
            zone: ZoneCatalogue.system.zone(zone) ?? .utc,
            rule: try row.optional("rrule", as: String.self).flatMap { try? RecurrenceRule($0) }, excluded: Set(excluded),
            added: Set(added),
            isCompleted: try row.get("is_completed"), studyMinutes: try row.optional("study_minutes"),
            remindBefore: try row.optional("remind_before"), remindAt: try row.optional("remind_at"),
            plan: try row.optional("plan", as: String.self).map { try JSONColumn.value($0) },
            origin: EventOrigin(
                uid: try row.optional("uid"), subscriptionID: try row.optional("subscription_id"),
                fingerprint: try row.optional("fingerprint"), resource: try row.optional("resource")),
            revision: try row.get("revision"), createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
