package import Accounts
import Ambient
package import Assembly
import HTTPClient
import HTTPServing
package import Sandbox

/// The planner as the program takes it in.
package struct PlannerFeature: Feature {
    package static let manifest = FeatureManifest(
        "planner", service: .study, after: ["accounts", "courses", "jobs", "events"], migrations: PlannerMigrations.all,
        events: PlannerEvents.all, queues: [SubscriptionJobs.queue], periodic: [ReminderSweep.job, SubscriptionJobs.sweep],
        portability: AccountPortability(
            export: { user, transaction in
                let events = try await EventStore().all(of: user, in: transaction).map { EventView($0) }
                let works = try await GradeStore().list(of: user, course: nil, in: transaction).map { AssessmentView($0) }
                let gradings = try await GradeStore().gradings(of: user, in: transaction).sorted { $0.key < $1.key }
                    .map { ExportedGrading(courseID: $0.key.description, grading: GradingView($0.value)) }
                let settings = try await PlannerSettingsStore().settings(of: user, in: transaction) ?? PlannerSettings()
                let subscriptions = try await SubscriptionStore().list(of: user, in: transaction).map { SubscriptionView($0) }
                return [
                    .init("planner-events.json", json: events), .init("assessments.json", json: works),
                    .init("course-grading.json", json: gradings), .init("planner-settings.json", json: settings),
                    .init("calendar-subscriptions.json", json: subscriptions),
                ]
            }, tables: PlannerTables.all, staying: PlannerTables.staying,
            arrived: { user, _, transaction in try await RevisionStore().countArrived(of: user, in: transaction) }))

    package let events: EventService
    package let plans: PlanService
    package let calendars: CalendarService
    package let imports: ImportService
    package let subscriptions: SubscriptionService
    package let passwords: AppPasswordService
    package let grades: GradeService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - accounts: who is asked to show that it is they.
    ///   - state: how a student stands, by what other features keep.
    ///   - sandbox: where calendar files are parsed.
    package init(on ground: FeatureGround, accounts: AccountsService, state: StudyState, sandbox: Sandbox) throws {
        let told = PlannerEvents(outbox: ground.outbox)
        events = EventService(database: ground.database, events: told, ambient: ground.ambient)
        plans = PlanService(
            database: ground.database, events: told, calendar: events, state: state, ambient: ground.ambient)
        calendars = CalendarService(database: ground.database, accounts: accounts, events: told, ambient: ground.ambient)
        grades = GradeService(database: ground.database, events: told, ambient: ground.ambient)
        let file = CalendarFile(blobs: ground.blobs, sandbox: sandbox)
        let address = CalendarUpload(client: try HTTPClient(CalendarUpload.configuration, logger: ground.logger))
        imports = ImportService(
            database: ground.database, events: told, file: file, address: address, ambient: ground.ambient)
        subscriptions = SubscriptionService(
            database: ground.database, events: told, file: file, address: address, ambient: ground.ambient)
        passwords = AppPasswordService(
            database: ground.database, accounts: accounts, events: told,
            failures: SignInFailures(database: ground.database, outbox: ground.outbox), ambient: ground.ambient)
        let collection = CalendarCollection(
            database: ground.database, events: told, file: file, ambient: ground.ambient)
        let undos = UndoService(database: ground.database, events: told, ambient: ground.ambient)
        let refreshing = SubscriptionJobs(service: subscriptions, jobs: ground.jobs, ambient: ground.ambient)
        parts = FeatureParts(
            routes: [
                EventRoutes(service: events), PlanRoutes(service: plans), CalendarRoutes(service: calendars),
                GradeRoutes(service: grades), ImportRoutes(service: imports), SubscriptionRoutes(service: subscriptions),
                UndoRoutes(service: undos), AppPasswordRoutes(service: passwords),
            ], rootRoutes: [DAVRoutes(collection: collection, passwords: passwords)],
            handlers: [ReminderSweep(database: ground.database, events: told, ambient: ground.ambient).handler]
                + refreshing.handlers,
            tools: PlanTools.tools(plans, undos) + [EventTools.tool(events, plans)])
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
