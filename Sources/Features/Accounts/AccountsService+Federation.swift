package import Ambient
import Cryptography
package import Database
import Events
package import FoundationEssentials

/// What accounts lend to those who sign people in by other services. Each works in the caller's transaction, which is the system's.
extension AccountsService {
    /// Signs in somebody whom another service vouches for. A second factor that is on is asked for all the same.
    package func signIn(
        _ id: UserID, code: String?, userAgent: String, address: String?, in transaction: any Transaction
    ) async throws -> Grant {
        guard try await store.lock(id, in: transaction), let user = try await store.user(id, in: transaction) else {
            throw AccountsFailure.noUser
        }
        try await checkCode(code, of: id, in: transaction, else: AccountsFailure.codeNeeded)
        if user.hasSecondFactor, policy.throttlesSignIn { try await throttle.clear(EmailAddress(user.email), in: transaction) }
        return try await startSession(of: user, userAgent, address: address, at: ambient.now(), in: transaction)
    }

    /// Counts a code that is about to be tried, with the same brake as at the door. In a transaction of its own.
    package func countAttempt(of id: UserID) async throws { try await countAttempt(EmailAddress(try await user(id).email)) }

    /// Makes an account that has no password, and signs it in. Whether newcomers are taken is asked as at the door.
    ///
    /// - Parameters:
    ///   - isVerified: the service has made sure that the address is theirs.
    ///   - invitation: the token of a link, as at the door.
    package func register(
        email: String, isVerified: Bool, named displayName: String, invitation: String? = nil, userAgent: String, address: String?,
        in transaction: any Transaction
    ) async throws -> Grant {
        let email = EmailAddress(email)
        guard email.isPlausible else { throw AccountsFailure.invalid("email", "must be an email address") }
        // A name that somebody has elsewhere is taken as far as it will do.
        let given = String(displayName.unicodeScalars.filter { $0.properties.generalCategory != .control }.map(Character.init))
        let name = (try? Self.cleaned(displayName: String(given.prefix(80)))) ?? String(email.text.prefix { $0 != "@" }.prefix(80))
        let now = ambient.now()
        let user = try await makeAccount(
            email, named: name, passwordHash: "", with: invitation.map(AccountStore.digest), at: now, in: transaction)
        if isVerified {
            try await store.setVerified(user.id, at: now, in: transaction)
        } else {
            try await askVerification(of: user, in: transaction)
        }
        let known = try await store.user(user.id, in: transaction) ?? user
        return try await startSession(of: known, userAgent, address: address, at: now, in: transaction)
    }

    /// Whether whoever comes may make an account.
    package var takesNewcomers: Bool { policy.registration == .open }

    package func hasPassword(_ id: UserID) async throws -> Bool {
        try await database.read(as: .user(id)) { try await store.credentials(id, in: $0)?.hash != nil }
    }

    /// Holds the account until the end of the transaction; whether it has a password.
    package func lockedWays(of id: UserID, in transaction: any Transaction) async throws -> Bool {
        guard try await store.lock(id, in: transaction) else { throw AccountsFailure.noUser }
        return try await store.credentials(id, in: transaction)?.hash != nil
    }

    /// Before another way into the account is made: password and code, or a session that was proved.
    package func proveOwner(_ id: UserID, _ shown: ShownProof) async throws { _ = try await confirm(id, shown) }

    /// For those who have no password and come by another service: throws where there is one, which is what is to be shown then.
    package func provePasswordless(_ id: UserID, _ shown: ShownProof) async throws {
        if try await hasPassword(id) { _ = try await confirm(id, shown) }
    }

    /// Somebody came anew by an account elsewhere that is theirs: with a code where one is on, a proof that holds for ten minutes.
    package func prove(_ id: UserID, code: String?, session: SessionID, in transaction: any Transaction) async throws {
        try await checkCode(code, of: id, in: transaction, else: AccountsFailure.codeNeeded)
        _ = try await markProved(session, of: id, in: transaction)
    }

    /// What somebody may do now, whether they may use anything before their address is confirmed, and since when their password is theirs; nil
    /// if they are gone.
    package func standing(
        _ id: UserID, in transaction: any Transaction
    ) async throws -> (role: UserRole, isHeldBack: Bool, passwordChangedAt: Date)? {
        guard let user = try await store.user(id, in: transaction),
            let changedAt = try await store.passwordChangedAt(id, in: transaction)
        else { return nil }
        return (user.role, judged(user).verification == .demanded, changedAt)
    }

    /// The token of a link to a password, for who has none.
    package func passwordLink(of id: UserID, in transaction: any Transaction) async throws -> String {
        try await resets.issue(for: id, expires: ambient.now().addingTimeInterval(policy.resetLifetime), in: transaction)
    }
}
