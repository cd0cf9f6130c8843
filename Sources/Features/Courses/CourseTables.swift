import Assembly
import Database

/// What of the courses' tables travels to another installation.
enum CourseTables {
    static let all = [
        PortableTable(
            "courses", counted: true, natural: [["name_key"]],
            [
                .id, .text("name"), .text("name_key"), .text("colour"), .text("term"), .text("exam_date"), .flag("is_archived"),
                .integer("position"), .time("created_at"), .time("updated_at"),
            ],
            arriving: { values in
                guard case .text(let name)? = values["name"], let name = CourseName(name) else { throw RefusedRow() }
                values["name"] = .text(name.description)
                values["name_key"] = .text(name.key)
            },
            reading: { _ = try CourseStore.course($0) })
    ]

    static let staying: [String: StayingReason] = ["course_shares": .people, "course_shares_of_classes": .people]
}
