import Ambient
import Failures
package import HTTPServing

/// `/admin/invitations`, and what the holder of a link asks before anything else.
package struct InvitationRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    private static let tag = "Administration"

    package var routes: [Route] {
        [
            .get(
                "/admin/invitations", "List invitations to make an account", tag: Self.tag, access: .moderator,
                returns: InvitationList.self
            ) { [service] call in
                InvitationList(
                    data: try await service.invitations(for: try call.user()).map(InvitationView.init),
                    mailsInvitations: service.mailsInvitations, registration: service.policy.registration)
            }.described("The newest two hundred; a moderator's own."),
            .post(
                "/admin/invitations", "Invite people to make an account", tag: Self.tag, access: .moderator,
                body: NewInvitation.self, returns: MadeInvitationView.self, status: 201,
                failures: [.forbidden, .conflict, .rateLimited], limit: .registration
            ) { [service] call, input in
                let (listed, token) = try await service.invite(
                    as: input.role ?? .student, email: input.email, uses: input.uses ?? 1, days: input.days ?? 7,
                    by: try call.user())
                return MadeInvitationView(
                    invitation: InvitationView(listed), token: token, page: token.map { "register#invitation=\($0)" })
            }.described("The link is told this once; with an `email` it is mailed and told to nobody else."),
            .delete(
                "/admin/invitations/:id", "Take an invitation back", tag: Self.tag, access: .moderator, failures: [.notFound]
            ) { [service] call in
                try await service.revokeInvitation(try call.parameter("id"), by: try call.user())
            }.described("Its link is good for nothing any more. Accounts that were made by it stay."),
            .post(
                "/auth/invitation", "Look at an invitation", tag: "Accounts", access: .anyone, body: InvitationToken.self,
                returns: ShownInvitationView.self, failures: [.forbidden, .rateLimited], limit: .registration
            ) { [service] _, input in
                ShownInvitationView(try await service.lookAtInvitation(input.token))
            }.described(
                "For who was given a link. One that is not good is refused with `details.invitation`: `unknown`, `expired`, `spent` "
                    + "or `revoked`."),
        ]
    }
}
