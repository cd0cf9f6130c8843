import Accounts
import Ambient
import Database
import Events
import Telemetry

extension FederatedSignInService {
    /// The ways into somebody's account: whether there is a password, and the accounts elsewhere.
    func ways(of user: UserID) async throws -> (hasPassword: Bool, identities: [LinkedIdentity]) {
        let known = try await database.read(as: .user(user)) { try await identities.list(of: user, in: $0) }
        return (try await accounts.hasPassword(user), known)
    }

    /// Links an account elsewhere to the account of who is signed in, who has shown before that they are it.
    func link(
        _ proven: ProvenIdentity, _ flow: SignInFlow, _ state: String, at provider: any IdentityProvider
    ) async throws -> Outcome {
        guard let user = flow.userID else { throw FederatedSignInFailure.lost }
        try await database.transaction(as: .system) { transaction in
            guard try await flows.end(state: state, in: transaction) else { throw FederatedSignInFailure.spent }
            // What is linked to them already is what they want.
            if try await identities.owner(issuer: proven.issuer, subject: proven.subject, in: transaction) == user { return }
            try await keep(proven, of: user, at: provider, isUsed: false, in: transaction)
        }
        logger.notice("identity linked", ["user_id": "\(user)", "provider": provider.name])
        return .linked(page: flow.returnTo)
    }

    /// Gives who has no password the link by which they choose one, once they have come by an account elsewhere that is theirs.
    func passwordLink(
        _ proven: ProvenIdentity, _ flow: SignInFlow, _ state: String, at provider: any IdentityProvider
    ) async throws -> Outcome {
        guard let user = flow.userID else { throw FederatedSignInFailure.lost }
        let token = try await database.transaction(as: .system) { transaction in
            guard try await flows.end(state: state, in: transaction) else { throw FederatedSignInFailure.spent }
            guard try await identities.owner(issuer: proven.issuer, subject: proven.subject, in: transaction) == user else {
                throw FederatedSignInFailure.otherIdentity(provider.title)
            }
            return try await accounts.passwordLink(of: user, in: transaction)
        }
        logger.notice("link to a password given", ["user_id": "\(user)", "provider": provider.name])
        return .password(token: token)
    }

    /// Takes a new sign-in at a provider as the proof of who has no password.
    func prove(
        _ proven: ProvenIdentity, _ flow: SignInFlow, _ state: String, at provider: any IdentityProvider, _ callback: Callback
    ) async throws -> Outcome {
        guard let user = flow.userID, let session = callback.session else { throw FederatedSignInFailure.lost }
        let owner = try await database.read(as: .system) {
            try await identities.owner(issuer: proven.issuer, subject: proven.subject, in: $0)
        }
        guard owner == user else { throw FederatedSignInFailure.otherIdentity(provider.title) }
        if try await accounts.user(user).hasSecondFactor {
            try await database.transaction(as: .system) {
                try await flows.note(issuer: proven.issuer, subject: proven.subject, state: state, in: $0)
            }
            if callback.secondFactor != nil { try await accounts.countAttempt(of: user) }
        }
        try await database.transaction(as: .system) { transaction in
            try await accounts.prove(user, code: callback.secondFactor, session: session, in: transaction)
            guard try await flows.end(state: state, in: transaction) else { throw FederatedSignInFailure.spent }
            try await identities.noteUse(issuer: proven.issuer, subject: proven.subject, at: ambient.now(), in: transaction)
        }
        return .proved(page: flow.returnTo)
    }

    /// Takes a link away, unless nothing else would let them in.
    func unlink(_ id: LinkedIdentityID, of user: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            // Two links that are taken away at once are taken one after the other.
            let hasPassword = try await accounts.lockedWays(of: user, in: transaction)
            let known = try await identities.list(of: user, in: transaction)
            guard let identity = known.first(where: { $0.id == id }) else { throw FederatedSignInFailure.noIdentity }
            // One of a provider that is not asked any more lets nobody in.
            let others = known.filter { other in other.id != id && providers.contains { $0.name == other.provider } }
            guard hasPassword || !others.isEmpty else { throw FederatedSignInFailure.lastWay }
            guard try await identities.delete(id, of: user, in: transaction) else { throw FederatedSignInFailure.noIdentity }
            try await outbox.append(
                EventDraft(
                    type: FederatedSignInEvents.unlinked.name, userID: user,
                    payload: FederatedSignInEvents.IdentityChanged(userID: user.description, provider: identity.provider)),
                in: transaction)
        }
        logger.notice("identity unlinked", ["user_id": "\(user)"])
    }
}
