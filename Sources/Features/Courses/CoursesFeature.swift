package import Assembly
import HTTPServing

/// Courses as the program takes them in.
package struct CoursesFeature: Feature {
    package static let manifest = FeatureManifest(
        "courses", service: .study, after: ["accounts", "events"], migrations: CoursesMigrations.all, events: CourseEvents.all,
        portability: AccountPortability(export: { user, transaction in
            let (courses, _) = try await CourseStore().list(
                archived: nil, user: user, offset: 0, limit: .max, in: transaction)
            return [.init("courses.json", json: courses.map { CourseNote($0) })]
        }))

    package let service: CourseService
    package let parts: FeatureParts

    /// - Parameter contents: counts what other features keep in a course.
    package init(on ground: FeatureGround, contents: CourseContents) {
        service = CourseService(
            database: ground.database, events: CourseEvents(outbox: ground.outbox), contents: contents, ambient: ground.ambient)
        parts = FeatureParts(routes: [CourseRoutes(service: service)])
    }
}
