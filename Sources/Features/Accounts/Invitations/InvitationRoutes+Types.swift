import Ambient
import FoundationEssentials
import HTTPServing

/// `POST /admin/invitations`
struct NewInvitation: APIType {
    var role: UserRole?
    var email: String?
    var uses: Int?
    var days: Int?

    static var constraints: [Constraint<NewInvitation>] {
        [
            .length(\.email, "email", 3...254), .format(\.email, "email", .email), .range(\.uses, "uses", 1...500),
            .range(\.days, "days", 1...90), .describe("role", "What who comes by it will be; a student if it is left out."),
            .describe("email", "Whom the link is mailed to, for one account."),
            .describe("uses", "For how many accounts the link is good; 1 if it is left out."),
            .describe("days", "For how many days it is good; 7 if it is left out."),
        ]
    }
}

/// `POST /auth/invitation`
struct InvitationToken: APIType {
    var token: String

    static var constraints: [Constraint<InvitationToken>] {
        [.length(\.token, "token", 1...512), .writeOnly("token"), .describe("token", "What stands in the link's fragment.")]
    }
}

/// An invitation as who looks after the people sees it.
struct InvitationView: APIType {
    var id: String
    var role: UserRole
    /// Whom its link was mailed to.
    var email: String?
    var maxUses: Int
    var uses: Int
    var state: Invitation.State
    /// How who made it is called.
    var invitedBy: String
    var createdAt: Date
    var expiresAt: Date

    enum CodingKeys: String, CodingKey {
        case id, role, email, uses, state
        case maxUses = "max_uses"
        case invitedBy = "invited_by"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    init(_ listed: ListedInvitation) {
        let invitation = listed.invitation
        (id, role, email) = (invitation.id.description, invitation.role, invitation.email)
        (maxUses, uses, state, invitedBy) = (invitation.maxUses, invitation.uses, listed.state, listed.inviter)
        (createdAt, expiresAt) = (invitation.createdAt, invitation.expiresAt)
    }

    static var schemaName: String { "Invitation" }
}

struct InvitationList: APIType {
    var data: [InvitationView]
    /// Whether a link can be mailed.
    var mailsInvitations: Bool
    var registration: RegistrationMode

    enum CodingKeys: String, CodingKey {
        case data, registration
        case mailsInvitations = "mails_invitations"
    }
}

/// An invitation that was just made, with its link unless that is mailed.
struct MadeInvitationView: APIType {
    var invitation: InvitationView
    var token: String?
    /// The app's page with the token, from the app's own address on.
    var page: String?

    static var schemaName: String { "MadeInvitation" }
}

/// An invitation as its holder sees it.
struct ShownInvitationView: APIType {
    var purpose: Invitation.Purpose
    var role: UserRole
    var invitedBy: String
    /// Whom it was mailed to.
    var email: String?
    var expiresAt: Date

    enum CodingKeys: String, CodingKey {
        case purpose, role, email
        case invitedBy = "invited_by"
        case expiresAt = "expires_at"
    }

    init(_ listed: ListedInvitation) {
        let invitation = listed.invitation
        (purpose, role, email) = (invitation.purpose, invitation.role, invitation.email)
        (invitedBy, expiresAt) = (listed.inviter, invitation.expiresAt)
    }

    static var schemaName: String { "ShownInvitation" }
}
