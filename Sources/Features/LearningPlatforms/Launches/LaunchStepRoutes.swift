import Ambient
import Failures
import FoundationEssentials
import HTTPServing

/// What people who came by a launch do with it, and with the accounts by which they come.
struct LaunchStepRoutes: RouteCollection {
    private static let tag = "Learning platforms"

    let service: LearningPlatformService

    /// What one agrees to is no program's.
    var routes: [Route] { (steps + identities).map { $0.needingSignIn() } }

    private var steps: [Route] {
        [
            .post(
                "/learning-platforms/launches/:id/join", "Join the class that a launch leads to", tag: Self.tag,
                returns: LaunchView.self, failures: [.notFound, .conflict]
            ) { [service] call in
                LaunchView(
                    try await service.standing(of: try call.parameter("id"), user: try call.user(), joining: true))
            }.described(
                "Joining is agreeing to what the class's teacher sees; points of a quiz that is linked go to the platform."),
            .post(
                "/learning-platforms/launches/:id/selection", "Choose what a platform's course shows", tag: Self.tag,
                body: LaunchSelection.self, returns: LaunchTicket.self, failures: [.notFound, .forbidden, .conflict]
            ) { [service] call, body in
                LaunchTicket(
                    ticket: try await service.choose(
                        body.items.compactMap { item in UUID(uuidString: item.id).map { .init(kind: item.kind, thing: $0) } },
                        in: try call.parameter("id"), teacher: try call.user()))
            }.described("Each is shared with the class of the platform's course, which is made if there is none."),
        ]
    }

    private var identities: [Route] {
        [
            .get(
                "/users/me/platforms", "List the learning platforms by which you come in", tag: Self.tag,
                returns: PlatformIdentityList.self
            ) { [service] call in
                PlatformIdentityList(data: try await service.identities(of: try call.user()).map(PlatformIdentityView.init))
            },
            .delete(
                "/users/me/platforms/:id", "Come in by a learning platform no longer", tag: Self.tag,
                failures: [.notFound, .conflict]
            ) { [service] call in
                try await service.unlink(try call.parameter("id"), of: try call.user())
            }.described("The last way into an account stays."),
        ]
    }
}
