import Ambient
package import Assembly
import HTTPServing

/// The planner as the program takes it in.
package struct PlannerFeature: Feature {
    package static let manifest = FeatureManifest(
        "planner", service: .study, after: ["accounts", "courses", "jobs", "events"], migrations: PlannerMigrations.all,
        events: PlannerEvents.all, periodic: [ReminderSweep.job],
        portability: AccountPortability(export: { user, transaction in
            let events = try await EventStore().all(of: user, in: transaction).map { EventView($0) }
            let works = try await GradeStore().list(of: user, course: nil, in: transaction).map { AssessmentView($0) }
            let gradings = try await GradeStore().gradings(of: user, in: transaction).sorted { $0.key < $1.key }
                .map { ExportedGrading(courseID: $0.key.description, grading: GradingView($0.value)) }
            let settings = try await PlannerSettingsStore().settings(of: user, in: transaction) ?? PlannerSettings()
            return [
                .init("planner-events.json", json: events), .init("assessments.json", json: works),
                .init("course-grading.json", json: gradings), .init("planner-settings.json", json: settings),
            ]
        }))

    package let events: EventService
    package let plans: PlanService
    package let calendars: CalendarService
    package let grades: GradeService
    package let parts: FeatureParts

    /// - Parameter state: how a student stands, by what other features keep.
    package init(on ground: FeatureGround, state: StudyState) {
        let told = PlannerEvents(outbox: ground.outbox)
        events = EventService(database: ground.database, events: told, ambient: ground.ambient)
        plans = PlanService(
            database: ground.database, events: told, calendar: events, state: state, ambient: ground.ambient)
        calendars = CalendarService(database: ground.database, ambient: ground.ambient)
        grades = GradeService(database: ground.database, events: told, ambient: ground.ambient)
        parts = FeatureParts(
            routes: [
                EventRoutes(service: events), PlanRoutes(service: plans), CalendarRoutes(service: calendars),
                GradeRoutes(service: grades),
            ],
            handlers: [ReminderSweep(database: ground.database, events: told, ambient: ground.ambient).handler],
            tools: [EventTools.tool(events, plans)])
    }
}

/// How a course is graded, in an export.
private struct ExportedGrading: Encodable, Sendable {
    var courseID: String
    var grading: GradingView

    enum CodingKeys: String, CodingKey {
        case grading
        case courseID = "course_id"
    }
}
