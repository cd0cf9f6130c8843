import Assembly
import Database

/// What of the planner's tables travels to another installation: the calendar, what counts in courses, and how one wants to study.
enum PlannerTables {
    static let all = [subscriptions, events, settings, assessments, grading]

    static let staying: [String: StayingReason] = [
        "planner_app_passwords": .secret, "planner_revisions": .derived, "planner_removals": .passing, "planner_undos": .passing,
    ]

    private static let subscriptions = PortableTable(
        "planner_subscriptions", counted: true, natural: [["url"]],
        [
            .id, .link("course_id", to: "courses"), .text("url"), .text("name"), .text("time_zone"),
            .integer("events", 0...10_000_000), .integer("left_out", 0...10_000_000), .time("fetched_at"), .time("due_at"),
            .integer("failures", 0...1_000_000), .text("problem"), .time("created_at"), .fixed("validator", .null),
        ],
        reading: { _ = try SubscriptionStore.subscription($0) })

    private static let events = PortableTable(
        "planner_events", counted: true, natural: [["uid"], ["resource"], ["series_id", "occurrence"]],
        [
            .id, .link("course_id", to: "courses"), .link("series_id", to: "planner_events"), .time("occurrence"), .text("type"),
            .text("title"), .text("description"), .text("location"), .time("start_date"), .time("end_date"), .flag("is_all_day"),
            .text("time_zone"), .text("rrule"), .json("excluded"), .json("added"), .time("ends_at"), .flag("is_completed"),
            .integer("study_minutes", 0...1_000_000), .integer("remind_before", 0...100_000_000), .time("remind_at"), .json("plan"),
            .text("uid"), .link("subscription_id", to: "planner_subscriptions"), .text("fingerprint"), .text("resource"),
            .time("created_at"), .time("updated_at"), .fixed("revision", .integer(0)),
        ],
        reading: { row in
            let event = try EventStore.event(row)
            guard event.start <= event.end else { throw RefusedRow() }
        })

    private static let settings = PortableTable(
        "planner_settings", key: [],
        // The address of the calendar is a secret of the other server's.
        [.json("settings"), .json("missing"), .fixed("calendar_digest", .null), .fixed("calendar_opened_at", .null)],
        reading: { row in
            _ = try JSONColumn.value(row.get("settings"), as: PlannerSettings.self)
            _ = try row.optional("missing", as: String.self).map { try JSONColumn.value($0, as: [PlanGap].self) }
        })

    private static let assessments = PortableTable(
        "assessments", counted: true,
        [
            .id, .owner("course_id", in: "courses"), .text("name"), .text("category"), .real("weight", 0...1e6),
            .real("points_possible", 0...1e9), .real("points", -1e9...1e9), .flag("is_extra"), .time("due_date"),
            .time("created_at"), .time("updated_at"),
        ],
        reading: { _ = try GradeStore.work($0) })

    private static let grading = PortableTable(
        "course_grading", key: ["course_id"], [.owner("course_id", in: "courses"), .json("grading")],
        reading: { _ = try JSONColumn.value($0.get("grading"), as: CourseGrading.self) })
}
