import Ambient
package import Assembly
import HTTPServing
package import Sharing

/// Courses as the program takes them in.
package struct CoursesFeature: Feature {
    package static let manifest = FeatureManifest(
        "courses", service: .study, after: ["accounts", "events"], migrations: CoursesMigrations.all,
        events: CourseEvents.all + ShareEvents.all,
        portability: AccountPortability(
            export: { user, transaction in
                let (courses, _) = try await CourseStore().list(
                    archived: nil, user: user, offset: 0, limit: .max, in: transaction)
                let shares = try await ShareStore<CourseKind>(SharedCourse.shares).exported(of: user, in: transaction)
                return [
                    .init("courses.json", json: courses.map { ExportedCourse($0) }), .init("course-shares.json", json: shares),
                ]
            },
            tables: CourseTables.all, staying: CourseTables.staying,
            // The shares themselves go with the account.
            erase: { user, ground, transaction in
                try await SharingService.tellEnd(of: SharedCourse(), owner: user, outbox: ground.outbox, in: transaction)
            }))

    package let service: CourseService
    /// Courses for classes.
    package let classSharing: ClassSharing
    package let parts: FeatureParts

    /// - Parameter contents: counts what other features keep in a course.
    package init(on ground: FeatureGround, contents: CourseContents) {
        service = CourseService(
            database: ground.database, events: CourseEvents(outbox: ground.outbox, bus: ground.bus), contents: contents,
            ambient: ground.ambient)
        let sharing = SharingService(
            SharedCourse(), database: ground.database, outbox: ground.outbox, bus: ground.bus, ambient: ground.ambient)
        classSharing = sharing.ofClasses
        parts = FeatureParts(
            routes: [CourseRoutes(service: service), SharedCourse.routes(sharing)])
    }
}

/// A course in an export: what the student wrote of it.
private struct ExportedCourse: Encodable, Sendable {
    var id: String
    var name: String
    var colour: CourseColour
    var term: String?
    var examDate: String?
    var isArchived: Bool
    var position: Int

    enum CodingKeys: String, CodingKey {
        case id, name, colour, term, position
        case examDate = "exam_date"
        case isArchived = "is_archived"
    }

    init(_ course: Course) {
        id = course.id.description
        name = course.name.description
        colour = course.colour
        term = course.term
        examDate = course.examDate?.description
        isArchived = course.isArchived
        position = course.position
    }
}
