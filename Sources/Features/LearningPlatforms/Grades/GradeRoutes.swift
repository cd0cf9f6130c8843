import Ambient
import Failures
import HTTPServing

/// What a teacher sees of grades that go back to platforms.
struct GradeRoutes: RouteCollection {
    private static let tag = "Learning platforms"

    let service: LearningPlatformService

    /// Results were shown to a person: no token opens them.
    var routes: [Route] { [list, retry].map { $0.needingSignIn() } }

    private var list: Route {
        .get(
            "/learning-platforms/classes/:id/grades", "List what goes back to platforms of your class", tag: Self.tag,
            access: .teacher, returns: PlatformGradeList.self, failures: [.notFound]
        ) { [service] call in
            let grades = try await service.grades(in: try call.parameter("id"), teacher: try call.user())
            return PlatformGradeList(data: grades.map(PlatformGradeView.init))
        }
    }

    private var retry: Route {
        .post(
            "/learning-platforms/grades/:id/retry", "Send a grade that did not arrive once more", tag: Self.tag,
            access: .teacher, failures: [.notFound]
        ) { [service] call in
            try await service.retry(try call.parameter("id"), teacher: try call.user())
        }
    }
}
