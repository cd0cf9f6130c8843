import Ambient
import Cryptography
package import Database
package import FoundationEssentials

/// Makes invitations and looks at those that are shown, in a transaction of the system: also for features that invite to something of
/// theirs.
package struct InvitationDesk: Sendable {
    /// How long one that ended is still listed, in seconds.
    private static let memory: TimeInterval = 90 * 86_400
    static let mostListed = 200

    let store = InvitationStore()

    package init() {}

    /// Keeps an invitation and gives the token of its link, which is shown this once; nil where the link is mailed.
    package func issue(_ invitation: Invitation, in transaction: any Transaction) async throws -> String? {
        let token = invitation.hasLink ? SecureRandom.token() : nil
        try await store.prune(endedBefore: invitation.createdAt.addingTimeInterval(-Self.memory), in: transaction)
        try await store.insert(invitation, token: token, in: transaction)
        return token
    }

    /// Makes the link of an invitation that is mailed; nil if it is not good any more.
    package func makeLink(
        of id: InvitationID, at now: Date, in transaction: any Transaction
    ) async throws -> (invitation: Invitation, token: String)? {
        guard let invitation = try await store.find(id, locking: true, in: transaction),
            [.open, .pending].contains(invitation.state(at: now))
        else { return nil }
        let token = SecureRandom.token()
        try await store.setToken(token, of: id, in: transaction)
        return (invitation, token)
    }

    /// The invitation of a link that is good.
    /// - Throws: `AccountsFailure` that says why it is not.
    package func look(_ token: String, at now: Date, in transaction: any Transaction) async throws -> Invitation {
        try await look(digest: AccountStore.digest(token), at: now, in: transaction)
    }

    /// The same for whoever kept no more of the link than its digest.
    func look(digest: String, at now: Date, in transaction: any Transaction) async throws -> Invitation {
        let found = try await store.find(digest: digest, in: transaction)
        guard let found, found.state(at: now) == .open else { throw AccountsFailure.invitation(found?.state(at: now)) }
        return found
    }

    /// Uses a link once for its purpose.
    package func spend(_ token: String, at now: Date, in transaction: any Transaction) async throws -> Invitation {
        try await spend(digest: AccountStore.digest(token), at: now, in: transaction)
    }

    func spend(digest: String, at now: Date, in transaction: any Transaction) async throws -> Invitation {
        guard let invitation = try await store.spend(digest: digest, at: now, in: transaction) else {
            throw try await refusal(of: digest, at: now, in: transaction)
        }
        return invitation
    }

    /// Lets who shows a link to something else make an account on the way.
    func admit(digest: String, at now: Date, in transaction: any Transaction) async throws -> Invitation {
        guard let invitation = try await store.admit(digest: digest, at: now, in: transaction) else {
            throw try await refusal(of: digest, at: now, in: transaction)
        }
        return invitation
    }

    private func refusal(of digest: String, at now: Date, in transaction: any Transaction) async throws -> AccountsFailure {
        switch try await store.find(digest: digest, in: transaction)?.state(at: now) {
        // As many accounts were made by it as it is good for.
        case .open: .invitation(.spent)
        case let state: .invitation(state)
        }
    }

    package func list(_ purpose: Invitation.Purpose, to subject: UUID, in transaction: any Transaction) async throws -> [Invitation]
    {
        try await store.list(purpose, subject: subject, inviter: nil, limit: Self.mostListed, in: transaction)
    }

    /// - Throws: `AccountsFailure.noInvitation` if it is not one to this.
    package func revoke(
        _ id: InvitationID, to subject: UUID, at now: Date, in transaction: any Transaction
    ) async throws {
        guard let invitation = try await store.find(id, locking: true, in: transaction), invitation.subject == subject else {
            throw AccountsFailure.noInvitation
        }
        _ = try await store.revoke(id, at: now, in: transaction)
    }

    /// Removes all invitations to what goes away.
    package func removeAll(to subject: UUID, in transaction: any Transaction) async throws {
        try await store.removeAll(to: subject, in: transaction)
    }
}
