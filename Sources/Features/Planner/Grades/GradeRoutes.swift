import Ambient
import Courses
import Failures
import HTTPMessages
package import HTTPServing
import Planning

/// Assessments and grades over HTTP.
package struct GradeRoutes: RouteCollection {
    private let service: GradeService

    package init(service: GradeService) { self.service = service }

    package var routes: [Route] { [list, create, update, remove, grade, setGrading, average] }

    private static let tag = "Grades"

    private var list: Route {
        Route.get(
            "/courses/:id/assessments", "List what counts in a course", tag: Self.tag, returns: AssessmentList.self,
            failures: [.notFound]
        ) { call in
            let works = try await service.list(try call.parameter("id"), user: try call.user())
            return AssessmentList(data: works.map { AssessmentView($0) })
        }
    }

    private var create: Route {
        Route.post(
            "/courses/:id/assessments", "Add what counts in a course", tag: Self.tag, body: NewAssessment.self,
            returns: AssessmentView.self, status: 201, failures: [.notFound, .validationFailed, .conflict]
        ) { call, body in
            let course: CourseID = try call.parameter("id")
            let made = try await service.create(body.change, course: course, user: try call.user())
            call.addHeader("Location", "/api/v1/courses/\(course)/assessments/\(made.id)")
            return AssessmentView(made)
        }
    }

    private var update: Route {
        Route.patch(
            "/courses/:id/assessments/:assessment", "Change what counts, or mark it", tag: Self.tag, body: AssessmentChange.self,
            returns: AssessmentView.self, failures: [.notFound, .validationFailed]
        ) { call, body in
            AssessmentView(
                try await service.change(
                    try call.parameter("assessment"), body.change, course: try call.parameter("id"), user: try call.user()))
        }
    }

    private var remove: Route {
        Route.delete(
            "/courses/:id/assessments/:assessment", "Delete what counted", tag: Self.tag, failures: [.notFound]
        ) { call in
            try await service.delete(try call.parameter("assessment"), course: try call.parameter("id"), user: try call.user())
        }
    }

    private var grade: Route {
        Route.get(
            "/courses/:id/grade", "Show how a course stands", tag: Self.tag, query: GradeQuery.self, returns: GradeView.self,
            failures: [.notFound, .validationFailed]
        ) { call, query in
            let standing = try await service.standing(of: try call.parameter("id"), user: try call.user())
            return try GradeView(standing, target: query.target)
        }
        .described("Now, at worst, at best, as it goes on; and what each work that is not marked yet must become for the target.")
    }

    private var setGrading: Route {
        Route.put(
            "/courses/:id/grade", "Say how a course is graded", tag: Self.tag, body: GradingView.self, returns: GradeView.self,
            failures: [.notFound, .validationFailed]
        ) { call, body in
            let (course, user): (CourseID, UserID) = (try call.parameter("id"), try call.user())
            try await service.setGrading(try body.grading(), of: course, user: user)
            return try GradeView(try await service.standing(of: course, user: user), target: nil)
        }
    }

    private var average: Route {
        Route.get("/gpa", "Show the average of your grades", tag: Self.tag, query: AverageQuery.self, returns: AverageView.self) {
            call, query in
            let scale: GradeScale = query.scale == "percentage" ? .percentage : .fourPoint
            let standings = try await service.standings(of: try call.user())
            func results(_ share: (GradeBook) -> Double?) -> [GradePointAverage.Result] {
                standings.compactMap { item in
                    share(item.standing.book).map {
                        .init(credits: item.standing.grading.credits, share: $0, scale: item.standing.grading.gradeScale)
                    }
                }
            }
            let now = GradePointAverage(results(\.current), on: scale)
            let forecast = GradePointAverage(results { $0.forecast(rest: $0.current ?? 0) }, on: scale)
            return AverageView(
                gpa: now.value, forecast: forecast.value, scale: query.scale ?? "four_point", credits: now.counted,
                creditsEarned: now.earned,
                courses: standings.map { item in
                    let current = item.standing.book.current
                    let grade = current.map { item.standing.grading.gradeScale.grade($0) }
                    return .init(
                        courseID: item.course, credits: item.standing.grading.credits, share: current, grade: grade?.label,
                        points: grade?.points)
                })
        }
        .described("On the scale of 4.0, or in percent. Courses that are passed or failed alone do not count.")
    }
}
