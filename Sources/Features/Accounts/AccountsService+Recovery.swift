package import Ambient
import Cryptography
import Database
package import FoundationEssentials
import Jobs
import Telemetry

/// A one-time link by which a person chooses a new password.
package struct PasswordReset: Sendable {
    package let user: User
    /// Shown once; only its digest is stored.
    package let token: String
    package let expiresAt: Date
}

extension AccountsService {
    /// Takes a person's password away, ends their sessions and gives the link to another password. Nothing of theirs is lost.
    ///
    /// - Throws: `notFound` if there is no such account.
    package func resetPassword(of id: UserID) async throws -> PasswordReset {
        let reset = try await database.transaction(as: .system) { transaction in
            guard try await store.removePassword(of: id, in: transaction), let user = try await store.user(id, in: transaction)
            else {
                throw AccountsFailure.noSuchUser
            }
            try await forget(try await sessionStore.endAll(of: id, except: nil, in: transaction), in: transaction)
            let expires = ambient.now().addingTimeInterval(policy.resetLifetime)
            try await tellChanged(AccountSecurityEvents.passwordReset, of: id, in: transaction)
            return PasswordReset(
                user: user, token: try await resets.issue(for: id, expires: expires, in: transaction), expiresAt: expires)
        }
        logger.notice("password reset", ["user_id": "\(id)"])
        return reset
    }

    /// Has a link to another password mailed, if anybody has an account with this address; the answer is the same for all.
    ///
    /// - Throws: `forbidden` where the installation sends no mail.
    package func requestReset(email: String) async throws {
        guard let jobs, letters != nil else { throw AccountsFailure.noMail }
        let address = AccountJobs.Address(emailKey: EmailAddress(email).key)
        try await database.transaction(as: .system) { transaction in
            try await jobs.enqueue(AccountJobs.mailReset, address, user: nil, in: transaction)
        }
    }

    /// Mails the link. The password stays good until another is chosen: who asked may not be whose account it is.
    ///
    /// - Parameter isFirstTry: a link that was mailed a moment ago is enough; one that could not be mailed is not.
    func mailReset(emailKey: String, isFirstTry: Bool) async throws {
        guard let letters else { return }
        let now = ambient.now()
        let expires = now.addingTimeInterval(policy.resetLifetime)
        let made = try await database.transaction(as: .system) { transaction -> (user: UserID, token: String)? in
            guard let user = try await store.credentials(emailKey: emailKey, in: transaction)?.user.id,
                try await store.lock(user, in: transaction)
            else { return nil }
            let recent = expires.addingTimeInterval(-policy.resetPause)
            if isFirstTry, try await resets.hasOne(of: user, goodAfter: recent, in: transaction) { return nil }
            return (user, try await resets.issue(for: user, expires: expires, in: transaction))
        }
        guard let (user, token) = made else { return }
        try await letters.send(
            .reset(token: token, minutes: Int(policy.resetLifetime / 60)), "reset/\(AccountStore.digest(token))", user)
        logger.info("link to a new password mailed", ["user_id": "\(user)"])
    }

    /// Sets the password that the holder of a link has chosen, ends all sessions, and signs in.
    ///
    /// - Throws: `notFound` if the link was used, replaced or is too old; `validationFailed` for a password that is not acceptable,
    ///   after which the link still is good;
    ///   `unauthenticated` where a second factor is on and its code is missing or wrong, after which it is too.
    package func choosePassword(
        _ password: String, with token: String, code: String? = nil, userAgent: String = "", address: String? = nil
    ) async throws -> Grant {
        let owner = try await database.read(as: .system) { transaction -> User? in
            guard let id = try await resets.owner(of: token, at: ambient.now(), in: transaction) else { return nil }
            return try await store.user(id, in: transaction)
        }
        guard let owner else { throw AccountsFailure.linkOver }
        let email = EmailAddress(owner.email)
        if let objection = passwordRules.objection(to: password, email: email) {
            throw AccountsFailure.invalid("password", objection)
        }
        // Who guesses at the code is slowed down; who has a link and needs none is not, whatever was tried at the door.
        if owner.hasSecondFactor { try await countAttempt(email) }
        let hash = try await passwords.hash(password.composed)
        let grant = try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            // Before the link is spent, which is still good when the code is not.
            try await checkCode(code, of: owner.id, in: transaction, else: AccountsFailure.codeNeeded)
            guard try await resets.spend(token, at: now, in: transaction) else { throw AccountsFailure.linkOver }
            // As they are now: their role may have changed meanwhile.
            guard try await store.lock(owner.id, in: transaction), let owner = try await store.user(owner.id, in: transaction)
            else { throw AccountsFailure.linkOver }
            try await store.setPassword(hash, of: owner.id, at: now, in: transaction)
            // Whoever was in by the old password is out.
            try await forget(try await sessionStore.endAll(of: owner.id, except: nil, in: transaction), in: transaction)
            try await throttle.clear(email, in: transaction)
            try await tellChanged(AccountSecurityEvents.passwordChanged, of: owner.id, in: transaction)
            return try await startSession(of: owner, userAgent, address: address, at: now, in: transaction)
        }
        logger.info("password chosen anew", ["user_id": "\(owner.id)"])
        return grant
    }

    /// Everybody with an account, by address, with when they were last here.
    package func users(
        matching text: String?, offset: Int, limit: Int
    ) async throws -> (users: [(user: User, lastSeen: Date?)], total: Int) {
        try await database.read(as: .system) {
            try await store.users(matching: text.flatMap { $0.isEmpty ? nil : $0 }, offset: offset, limit: limit, in: $0)
        }
    }
}
