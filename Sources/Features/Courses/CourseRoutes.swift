import Ambient
import Failures
import HTTPMessages
package import HTTPServing

/// Courses over HTTP.
package struct CourseRoutes: RouteCollection {
    private let service: CourseService

    package init(service: CourseService) { self.service = service }

    package var routes: [Route] { [list, create, show, update, remove] }

    private static let tag = "Courses"

    private var list: Route {
        Route.get(
            "/courses", "List your courses in their order", tag: Self.tag, query: CourseQuery.self, returns: Page<CourseView>.self
        ) { call, query in
            let (courses, total) = try await service.list(
                archived: query.archived, withShared: query.shared ?? false, user: try call.user(), offset: query.paging.offset,
                limit: query.paging.limit)
            return Page(data: courses.map { CourseView($0) }, for: query.paging, total: total)
        }
    }

    private var create: Route {
        Route.post(
            "/courses", "Make a course", tag: Self.tag, body: NewCourse.self, returns: CourseView.self, status: 201,
            failures: [.validationFailed, .conflict]
        ) { call, body in
            let made = try await service.create(
                body.checkedName, colour: body.colour, term: body.term?.heldLine, examDate: body.examDate.flatMap { .init($0) },
                user: try call.user())
            call.addHeader("Location", "/api/v1/courses/\(made.course.id)")
            return CourseView(made)
        }
        .described("Names are compared without regard to case and spaces. Without a colour it gets the one that is used least.")
    }

    private var show: Route {
        Route.get("/courses/:id", "Show a course", tag: Self.tag, returns: CourseView.self, failures: [.notFound]) { call in
            CourseView(try await service.course(try call.parameter("id"), user: try call.user()))
        }
    }

    private var update: Route {
        Route.patch(
            "/courses/:id", "Change a course", tag: Self.tag, body: CourseChange.self, returns: CourseView.self,
            failures: [.notFound, .forbidden, .conflict]
        ) { call, body in
            CourseView(try await service.change(try call.parameter("id"), try body.change, user: try call.user()))
        }
        .described("What is left out stays; null clears `term` and `exam_date`.")
    }

    private var remove: Route {
        Route.delete("/courses/:id", "Delete a course", tag: Self.tag, failures: [.notFound, .forbidden]) { call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
        .described("Its documents and conversations stay, in no course.")
    }
}
