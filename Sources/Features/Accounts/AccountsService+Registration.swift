import Ambient
import Cryptography
import Database
import Events
import FoundationEssentials
import Telemetry

extension AccountsService {
    /// Makes an account at once and signs it in: for whoever looks after the machine, and for the door where no mail can be sent
    /// (`signUp`). The first one is the administrator's.
    ///
    /// - Parameter invitation: the token of a link, which says the role; needed where registration is by invitation.
    package func register(
        email: String, password: String, displayName: String, invitation: String? = nil, userAgent: String = "",
        address: String? = nil
    ) async throws -> Grant {
        let (email, name) = try checked(email: email, password: password, displayName: displayName)
        // Before the expensive part; the transaction below decides.
        let hasUsers = try await status().hasUsers
        if hasUsers { try await checkRegistration(with: invitation) }
        let hash = try await passwords.hash(password.composed)
        let grant = try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            let user = try await makeAccount(
                email, named: name, passwordHash: hash, with: invitation.map(AccountStore.digest), at: now, in: transaction)
            try await askVerification(of: user, in: transaction)
            return try await startSession(of: user, userAgent, address: address, at: now, in: transaction)
        }
        logger.info("account made", ["user_id": "\(grant.user.id)", "role": grant.user.role.rawValue])
        return grant
    }

    /// What a newcomer says of themselves, if it is acceptable.
    func checked(
        email: String, password: String, displayName: String
    ) throws -> (email: EmailAddress, name: String) {
        let email = EmailAddress(email)
        guard email.isPlausible else { throw AccountsFailure.invalid("email", "must be an email address") }
        let name = try Self.cleaned(displayName: displayName)
        if let objection = passwordRules.objection(to: password, email: email) {
            throw AccountsFailure.invalid("password", objection)
        }
        return (email, name)
    }

    /// A newcomer's row, if newcomers are taken, told of as registered. Whoever calls it has their address confirmed, and signs them in.
    ///
    /// - Parameters:
    ///   - passwordHash: empty for an account that has no password.
    ///   - invitation: the digest of the token of its link.
    func makeAccount(
        _ email: EmailAddress, named name: String, passwordHash: String, with invitation: String?, at now: Date,
        in transaction: any Transaction
    ) async throws -> User {
        let id: UserID = ambient.newID()
        let isFirst = try await store.claimFirst(id, in: transaction)
        let admitted = try await isFirst ? nil : admit(invitation, at: now, in: transaction)
        if !isFirst, try await RowSecurity.isBypassed(in: transaction) { throw AccountsFailure.wouldNotBeIsolated }
        let user = User(
            id: id, email: email.text, displayName: name, role: isFirst ? .administrator : admitted?.role ?? .student,
            createdAt: now)
        guard try await store.insert(user, key: email.key, passwordHash: passwordHash, in: transaction) else {
            throw AccountsFailure.taken
        }
        try await outbox.append(
            EventDraft(
                type: AccountsEvents.registered.name, userID: id,
                payload: AccountsEvents.Registered(
                    userID: id.description, role: user.role.rawValue, invitationID: admitted?.id.description)),
            in: transaction)
        return user
    }
}
