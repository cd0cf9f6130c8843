import Ambient
import Courses
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Planning

/// Calendars of other programs, over HTTP.
package struct ImportRoutes: RouteCollection {
    private let service: ImportService

    package init(service: ImportService) { self.service = service }

    package var routes: [Route] { [bring] }

    private var bring: Route {
        Route.raw(
            .post, "/planner/import", "Bring the events of a calendar in", tag: "Planner", consumes: "multipart/form-data",
            form: [
                FormField("file", .file, "An iCalendar file (.ics), at most 8 MB."),
                FormField("url", .text, "Or the address of one: https:// or webcal://."),
                FormField("course_id", .text, "The course that new events go to; by itself the one that their words name."),
                FormField("time_zone", .text, "Of times that name none; by itself the one that you are planned for in."),
                FormField("preview", .text, "`true` only says what would come in."),
            ], returns: CalendarImportView.self, bodyLimit: CalendarFile.limit + (1 << 20),
            failures: [.badRequest, .payloadTooLarge, .unprocessable, .conflict, .insufficientStorage], limit: .upload
        ) { call in
            let user = try call.user()
            var texts: [String: String] = [:]
            var content: CalendarContent?
            // What is said of the file may come behind it; it is read where it stands.
            for try await part in try MultipartReader(call.request) {
                if part.name == "file", part.filename != nil {
                    content = try await service.read(
                        part.body, zone: try EventFields.zone(texts["time_zone"].flatMap(\.filled)), user: user)
                } else if ["url", "course_id", "time_zone", "preview"].contains(part.name) {
                    texts[part.name] = try await part.body.text(upTo: 4 << 10)
                }
            }
            var wishes = ImportService.Wishes()
            wishes.isPreview = texts["preview"] == "true"
            if let text = texts["course_id"].flatMap(\.filled) {
                guard let id = CourseID(text) else { throw PlannerFailure.invalid("course_id", "must be a course's id") }
                wishes.course = id
            }
            if content == nil, let url = texts["url"].flatMap(\.filled) {
                content = try await service.read(
                    address: url, zone: try EventFields.zone(texts["time_zone"].flatMap(\.filled)), user: user)
            }
            guard let content else { throw PlannerFailure.noFile }
            return try HTTPResponse.json(CalendarImportView(try await service.bring(content, wishes, user: user)))
        }
        .described(
            """
            Events, and tasks as deadlines. One that came before is changed, by its UID, and is not there twice; what you made of it \
            (course, type, done) stays. What cannot be read is left out and named by its line. Send time_zone before the file.
            """)
    }
}

extension String {
    fileprivate var filled: String? { allSatisfy(\.isWhitespace) ? nil : self }
}
