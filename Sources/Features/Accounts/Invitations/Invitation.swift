package import Ambient
package import FoundationEssentials

package enum InvitationKind {}
package typealias InvitationID = Identifier<InvitationKind>

/// A link by which people come in: to the installation, or to what another feature invites to.
package struct Invitation: Sendable, Hashable {
    package enum Purpose: String, Sendable, Codable, CaseIterable {
        /// To make an account.
        case account
        /// To join a class; who has no account may make a student's on the way.
        case `class`
    }

    package enum State: String, Sendable, Codable, CaseIterable {
        case open
        /// Its link is still to be mailed.
        case pending
        case expired, spent, revoked
    }

    package let id: InvitationID
    package let purpose: Purpose
    /// What it invites to, where that is not the installation.
    package let subject: UUID?
    package let inviter: UserID
    /// What who comes by it will be.
    package let role: UserRole
    /// Whom its link was mailed to; nil where it was handed over.
    package let email: String?
    package let maxUses: Int
    /// How often it was used for its purpose.
    package var uses = 0
    package let createdAt: Date
    package let expiresAt: Date
    package var revokedAt: Date?
    /// Whether there is a link: one that is mailed is made when the mail goes.
    package var hasLink = true

    /// An invitation to a class, by which students come.
    package static func toClass(
        _ id: InvitationID, _ subject: UUID, by inviter: UserID, email: String?, uses: Int, at now: Date, until end: Date
    ) -> Invitation {
        Invitation(
            id: id, purpose: .class, subject: subject, inviter: inviter, role: .student, email: email, maxUses: uses,
            createdAt: now, expiresAt: end, hasLink: email == nil)
    }

    package func state(at now: Date) -> State {
        if revokedAt != nil { return .revoked }
        if expiresAt <= now { return .expired }
        if uses >= maxUses { return .spent }
        return hasLink ? .open : .pending
    }
}
