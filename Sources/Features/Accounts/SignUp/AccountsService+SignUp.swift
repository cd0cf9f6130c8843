import Ambient
import Cryptography
import Database
import FoundationEssentials
import Jobs
import Telemetry

extension AccountsService {
    /// Takes a newcomer in. Where mail can be sent the answer is the same whether or not the address has an account: a mail goes to it, and
    /// nothing is made before its link is followed. The first account, and one where no mail can be sent, is made at once.
    ///
    /// - Parameter language: that the mail is to be in.
    package func signUp(
        email: String, password: String, displayName: String, invitation: String? = nil, language: String = "en",
        userAgent: String = "", address: String? = nil
    ) async throws -> SignUpOutcome {
        guard let jobs, letters != nil, try await status().hasUsers else {
            return .made(
                try await register(
                    email: email, password: password, displayName: displayName, invitation: invitation, userAgent: userAgent,
                    address: address))
        }
        let (email, name) = try checked(email: email, password: password, displayName: displayName)
        try await checkRegistration(with: invitation)
        let wanted = SignUp(
            id: ambient.newID(), email: email, displayName: name, passwordHash: try await passwords.hash(password.composed),
            invitationDigest: invitation.map(AccountStore.digest), language: language, requestedAt: ambient.now())
        // Who has the address is not looked at here, so that nothing here takes longer for one than for another.
        try await database.transaction(as: .system) { transaction in
            try await signUps.prune(endedBefore: wanted.requestedAt, in: transaction)
            try await signUps.insert(wanted, in: transaction)
            try await jobs.enqueue(AccountJobs.mailSignUp, .init(id: wanted.id), user: nil, in: transaction)
        }
        return .mailed
    }

    /// Mails the link to a newcomer, or tells whoever has the address that they have an account.
    func mailSignUp(_ id: SignUpID) async throws {
        guard let letters else { return }
        let now = ambient.now()
        let made = try await database.transaction(as: .system) {
            transaction -> (subject: AccountLetters.Subject, key: String, owner: UserID?)? in
            guard let wanted = try await signUps.find(id, at: now, in: transaction) else { return nil }
            let mailed = try await signUps.countMailed(
                wanted.email.key, besides: id, since: now.addingTimeInterval(-3600), in: transaction)
            guard mailed < SignUp.mostMailsAnHour else { return nil }
            if let owner = try await store.credentials(emailKey: wanted.email.key, in: transaction)?.user.id {
                try await signUps.close(id, at: now, in: transaction)
                return (.accountExists, "account-exists/\(id)", owner)
            }
            let token = try await signUps.issue(id, at: now, in: transaction)
            return (
                .signUp(
                    token: token, hours: Int(SignUp.lifetime / 3600), to: wanted.email.text, language: wanted.language),
                "sign-up/\(AccountStore.digest(token))", nil
            )
        }
        guard let made else { return }
        try await letters.send(made.subject, made.key, made.owner)
        logger.info("sign-up mailed", ["sign_up": "\(id)"])
    }

    /// Makes the account that a mailed link is about, and signs it in.
    ///
    /// The password is asked for once more: who reads the mail must be who chose it. Else somebody could sign a stranger up, and know the
    /// password of the account that the stranger then confirms.
    ///
    /// - Throws: `notFound` if the link was used or is too old; `validationFailed` for another password, after which the link still is good.
    package func confirmSignUp(
        with token: String, password: String, userAgent: String = "", address: String? = nil
    ) async throws -> Grant {
        let asked = ambient.now()
        guard let wanted = try await database.read(as: .system, { try await signUps.find(token: token, at: asked, in: $0) }) else {
            throw AccountsFailure.linkOver
        }
        try await countAttempt(wanted.email)
        guard try await passwords.verify(Self.shown(password), against: wanted.passwordHash).matches else {
            throw AccountsFailure.invalid("password", "is not the one that you chose")
        }
        let grant = try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            guard try await signUps.spend(token, at: now, in: transaction) else { throw AccountsFailure.linkOver }
            let user = try await makeAccount(
                wanted.email, named: wanted.displayName, passwordHash: wanted.passwordHash, with: wanted.invitationDigest, at: now,
                in: transaction)
            try await store.setVerified(user.id, at: now, in: transaction)
            try await signUps.removeAll(of: wanted.email, in: transaction)
            if policy.throttlesSignIn { try await throttle.clear(wanted.email, in: transaction) }
            let known = try await store.user(user.id, in: transaction) ?? user
            return try await startSession(of: known, userAgent, address: address, at: now, in: transaction)
        }
        logger.info("account made", ["user_id": "\(grant.user.id)", "role": grant.user.role.rawValue])
        return grant
    }
}
