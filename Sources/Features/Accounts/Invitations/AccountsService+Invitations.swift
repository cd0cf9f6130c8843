package import Ambient
import Database
import Events
import FoundationEssentials
import Jobs
import Telemetry

/// An invitation as its inviter sees it, with how the inviter is called.
package struct ListedInvitation: Sendable {
    package let invitation: Invitation
    package let inviter: String
    package let state: Invitation.State
}

extension AccountsService {
    /// How many open invitations one person may have.
    static let mostInvitations = 500

    /// Whether invitations can be mailed.
    package var mailsInvitations: Bool { letters != nil && jobs != nil }

    /// Invites people to make an account.
    ///
    /// - Parameters:
    ///   - email: whom the link is mailed to, once and for one account; nil gives the link.
    /// - Returns: the invitation, and the token of its link, which is shown this once.
    package func invite(
        as role: UserRole, email: String? = nil, uses: Int = 1, days: Int = 7, by inviter: UserID
    ) async throws -> (listed: ListedInvitation, token: String?) {
        let address = email.map { EmailAddress($0) }
        if address?.isPlausible == false { throw AccountsFailure.invalid("email", "must be an email address") }
        if address != nil, !mailsInvitations { throw AccountsFailure.noMailForInvitations }
        let now = ambient.now()
        let invitation = Invitation(
            id: ambient.newID(), purpose: .account, subject: nil, inviter: inviter, role: role, email: address?.text,
            maxUses: address == nil ? uses : 1, createdAt: now, expiresAt: now.addingTimeInterval(Double(days) * 86_400),
            hasLink: address == nil)
        let made = try await database.transaction(as: .system) { transaction -> (name: String, token: String?) in
            guard try await store.lock(inviter, in: transaction), let user = try await store.user(inviter, in: transaction) else {
                throw AccountsFailure.noUser
            }
            // As they are now: the token may know an earlier role.
            guard user.role == .administrator || user.role == .moderator && role == .student else {
                throw AccountsFailure.mayNotInvite
            }
            if let address, try await store.credentials(emailKey: address.key, in: transaction) != nil {
                throw AccountsFailure.taken
            }
            guard try await invitations.store.countOpen(of: inviter, at: now, in: transaction) < Self.mostInvitations else {
                throw AccountsFailure.tooManyInvitations
            }
            let token = try await invitations.issue(invitation, in: transaction)
            if token == nil {
                _ = try await jobs?.enqueue(
                    AccountJobs.mailInvitation, .init(id: invitation.id), user: inviter, in: transaction)
            }
            try await tell(AccountsEvents.invited, invitation, in: transaction)
            return (user.displayName, token)
        }
        logger.notice("invitation made", ["invitation": "\(invitation.id)", "role": role.rawValue, "by": "\(inviter)"])
        return (ListedInvitation(invitation: invitation, inviter: made.name, state: invitation.state(at: now)), made.token)
    }

    /// The newest first: an administrator's list has everybody's, a moderator's their own.
    package func invitations(for user: UserID) async throws -> [ListedInvitation] {
        try await database.read(as: .system) { transaction in
            let isAdministrator = try await store.user(user, in: transaction)?.role == .administrator
            let found = try await invitations.store.list(
                .account, subject: nil, inviter: isAdministrator ? nil : user, limit: InvitationDesk.mostListed, in: transaction)
            let names = try await store.names(of: Set(found.map(\.inviter)).sorted(), in: transaction)
            let now = ambient.now()
            return found.map {
                ListedInvitation(invitation: $0, inviter: names[$0.inviter] ?? "", state: $0.state(at: now))
            }
        }
    }

    /// Makes the link of an invitation worth nothing; one that is over already stays as it is.
    package func revokeInvitation(_ id: InvitationID, by user: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            let isAdministrator = try await store.user(user, in: transaction)?.role == .administrator
            guard let invitation = try await invitations.store.find(id, locking: true, in: transaction),
                invitation.purpose == .account, isAdministrator || invitation.inviter == user
            else { throw AccountsFailure.noInvitation }
            guard try await invitations.store.revoke(id, at: ambient.now(), in: transaction) else { return }
            try await tell(AccountsEvents.invitationRevoked, invitation, in: transaction)
        }
        logger.notice("invitation revoked", ["invitation": "\(id)", "by": "\(user)"])
    }

    /// What who has a link is told before making an account.
    package func lookAtInvitation(_ token: String) async throws -> ListedInvitation {
        guard policy.registration != .closed else { throw AccountsFailure.closed }
        return try await database.read(as: .system) { transaction in
            let invitation = try await invitations.look(token, at: ambient.now(), in: transaction)
            let names = try await store.names(of: [invitation.inviter], in: transaction)
            return ListedInvitation(invitation: invitation, inviter: names[invitation.inviter] ?? "", state: .open)
        }
    }

    /// Mails the link, which is made here: the queue holds none.
    func mailInvitation(_ id: InvitationID) async throws {
        guard let letters else { return }
        let now = ambient.now()
        let made = try await database.transaction(as: .system) {
            transaction -> (Invitation, token: String, names: [UserID: String])? in
            guard let made = try await invitations.makeLink(of: id, at: now, in: transaction) else { return nil }
            return (made.invitation, made.token, try await store.names(of: [made.invitation.inviter], in: transaction))
        }
        guard let (invitation, token, names) = made, let email = invitation.email else { return }
        let days = Int((invitation.expiresAt.timeIntervalSince(now) / 86_400).rounded(.up))
        try await letters.send(
            .invitation(
                token: token, inviter: names[invitation.inviter] ?? "", role: invitation.role, days: days,
                to: email),
            "invitation/\(AccountStore.digest(token))", invitation.inviter)
        logger.info("invitation mailed", ["invitation": "\(id)"])
    }

    // MARK: - Registration

    /// Whether an account can be made at all, before the expensive part of making one.
    func checkRegistration(with invitation: String?) async throws {
        switch (policy.registration, invitation) {
        case (.open, nil): return
        case (.closed, _): throw AccountsFailure.closed
        case (.invitation, nil): throw AccountsFailure.invitedOnly
        case (_, let token?):
            _ = try await database.read(as: .system) { try await invitations.look(token, at: ambient.now(), in: $0) }
        }
    }

    /// Uses an invitation for an account that is made in this transaction; nil where none is needed and none was shown.
    ///
    /// - Parameter digest: of the link's token.
    func admit(_ digest: String?, at now: Date, in transaction: any Transaction) async throws -> Invitation? {
        guard policy.registration != .closed else { throw AccountsFailure.closed }
        guard let digest else {
            guard policy.registration == .open else { throw AccountsFailure.invitedOnly }
            return nil
        }
        let invitation = try await invitations.look(digest: digest, at: now, in: transaction)
        return invitation.purpose == .account
            ? try await invitations.spend(digest: digest, at: now, in: transaction)
            : try await invitations.admit(digest: digest, at: now, in: transaction)
    }

    private func tell(_ kind: EventKind, _ invitation: Invitation, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: kind.name, userID: invitation.inviter,
                payload: AccountsEvents.Invited(invitationID: invitation.id.description, role: invitation.role.rawValue)),
            in: transaction)
    }
}
