import Ambient
import Cryptography
import Database
import Events
import Failures
import FoundationEssentials
import Jobs
import Telemetry

extension AccountsService {
    /// An account's address, and one that is to take its place.
    struct EmailState: Sendable {
        let user: User
        let pending: EmailConfirmation?
    }

    /// The same person with what the installation makes of their address.
    func judged(_ user: User) -> User {
        guard letters != nil, !user.isEmailVerified else { return user }
        var user = user
        // Who looks after the installation must get in while the mail server does not work.
        user.verification = policy.demandsVerifiedEmail && user.role != .administrator ? .demanded : .offered
        return user
    }

    func email(of id: UserID) async throws -> EmailState {
        try await database.read(as: .user(id)) { transaction in
            guard let user = try await store.user(id, in: transaction) else { throw AccountsFailure.noUser }
            let pending = try await confirmations.find(.change, of: id, at: ambient.now(), in: transaction)
            return EmailState(user: judged(user), pending: pending)
        }
    }

    /// Has a link mailed that shows that the account's address is its owner's; nothing happens where that was shown before.
    ///
    /// - Throws: `rateLimited` where one was asked for a moment ago; `forbidden` where the installation sends no mail.
    func requestVerification(of id: UserID) async throws {
        guard letters != nil else { throw AccountsFailure.sendsNoMail }
        try await database.transaction(as: .system) { transaction in
            guard try await store.lock(id, in: transaction), let user = try await store.user(id, in: transaction) else {
                throw AccountsFailure.noUser
            }
            if user.isEmailVerified { return }
            try await checkPause(.verify, of: id, in: transaction)
            try await askVerification(of: user, in: transaction)
        }
    }

    /// Enqueues it, where mail can be sent.
    func askVerification(of user: User, in transaction: any Transaction) async throws {
        guard letters != nil else { return }
        try await ask(.verify, EmailAddress(user.email), of: user.id, in: transaction)
    }

    /// Has another address confirmed by a link to it, or sets it at once where no mail can be sent. Where the address is somebody else's the
    /// answer is the same, and they are told.
    func requestEmail(_ address: String, of id: UserID, _ shown: ShownProof) async throws -> EmailState {
        let wanted = EmailAddress(address)
        guard wanted.isPlausible else { throw AccountsFailure.invalid("email", "must be an email address") }
        let user = try await confirm(id, shown)
        guard EmailAddress(user.email).key != wanted.key else { throw AccountsFailure.invalid("email", "is your address already") }
        try await database.transaction(as: .system) { transaction in
            guard try await store.lock(id, in: transaction) else { throw AccountsFailure.noUser }
            guard letters == nil else {
                try await checkPause(.change, of: id, in: transaction)
                return try await ask(.change, wanted, of: id, in: transaction)
            }
            guard try await store.setEmail(wanted, of: id, verifiedAt: nil, in: transaction) else { throw AccountsFailure.taken }
            try await tellEmailChanged(id, in: transaction)
        }
        return try await email(of: id)
    }

    /// Takes the wish for another address back.
    func keepEmail(of id: UserID) async throws {
        _ = try await database.transaction(as: .user(id)) { try await confirmations.remove(.change, of: id, in: $0) }
    }

    /// What the holder of a link confirms: that the account has the address, or is to have it.
    ///
    /// - Throws: `notFound` if the link was used, replaced or is too old; `conflict` if somebody has the address meanwhile.
    func confirmEmail(with token: String) async throws -> (email: String, purpose: EmailPurpose) {
        let confirmed = try await database.transaction(as: .system) { transaction -> EmailConfirmation in
            let now = ambient.now()
            guard let confirmed = try await confirmations.spend(token, at: now, in: transaction),
                try await store.lock(confirmed.userID, in: transaction),
                let user = try await store.user(confirmed.userID, in: transaction)
            else { throw AccountsFailure.linkOver }
            switch confirmed.purpose {
            case .verify:
                guard EmailAddress(user.email).key == confirmed.email.key else { throw AccountsFailure.linkOver }
                try await store.setVerified(user.id, at: now, in: transaction)
                try await outbox.append(
                    EventDraft(
                        type: AccountsEvents.emailVerified.name, userID: user.id,
                        payload: AccountsEvents.EmailChanged(userID: user.id.description)), in: transaction)
            case .change:
                guard try await store.setEmail(confirmed.email, of: user.id, verifiedAt: now, in: transaction) else {
                    throw AccountsFailure.taken
                }
                // What was mailed to the old address opens nothing any more.
                try await confirmations.remove(.verify, of: user.id, in: transaction)
                try await resets.removeAll(of: user.id, in: transaction)
                try await tellEmailChanged(user.id, in: transaction)
                try await jobs?.enqueue(
                    AccountJobs.mailEmailChanged, .init(userID: user.id, formerEmail: user.email), user: user.id, in: transaction)
            }
            return confirmed
        }
        logger.info("email confirmed", ["user_id": "\(confirmed.userID)", "purpose": confirmed.purpose.rawValue])
        return (confirmed.email.text, confirmed.purpose)
    }

    // MARK: - Jobs

    /// Mails a link. It is made here and not with the request, so that it stands in no row of a job.
    func mailConfirmation(_ purpose: EmailPurpose, of id: UserID) async throws {
        guard let letters else { return }
        let now = ambient.now()
        let made = try await database.transaction(as: .system) {
            transaction -> (confirmation: EmailConfirmation, subject: AccountLetters.Subject, key: String)? in
            guard try await store.lock(id, in: transaction),
                let wanted = try await confirmations.find(purpose, of: id, at: now, in: transaction)
            else { return nil }
            if purpose == .change, try await store.credentials(emailKey: wanted.email.key, in: transaction) != nil {
                return (wanted, .addressInUse(wanted.email.text), "email-in-use/\(id)/\(wanted.requestedAt.timeIntervalSince1970)")
            }
            let token = try await confirmations.issue(purpose, of: id, in: transaction)
            let minutes = Int(EmailConfirmation.lifetime(purpose) / 60)
            let subject: AccountLetters.Subject =
                purpose == .change
                ? .change(token: token, minutes: minutes, to: wanted.email.text) : .verify(token: token, hours: minutes / 60)
            return (wanted, subject, "email/\(AccountStore.digest(token))")
        }
        guard let made else { return }
        try await letters.send(made.subject, made.key, id)
        logger.info("link to confirm an address mailed", ["user_id": "\(id)", "purpose": purpose.rawValue])
    }

    private func ask(
        _ purpose: EmailPurpose, _ email: EmailAddress, of id: UserID, in transaction: any Transaction
    ) async throws {
        let now = ambient.now()
        try await confirmations.request(
            EmailConfirmation(
                userID: id, purpose: purpose, email: email, requestedAt: now,
                expiresAt: now.addingTimeInterval(EmailConfirmation.lifetime(purpose))), in: transaction)
        try await jobs?.enqueue(
            AccountJobs.mailConfirmation, .init(userID: id, purpose: purpose), user: id, in: transaction)
    }

    /// Throws `rateLimited` where a link was asked for a moment ago: nobody's mailbox is to be filled.
    private func checkPause(_ purpose: EmailPurpose, of id: UserID, in transaction: any Transaction) async throws {
        let now = ambient.now()
        guard let last = try await confirmations.find(purpose, of: id, at: now, in: transaction)?.requestedAt else { return }
        let wait = policy.resetPause - now.timeIntervalSince(last)
        guard wait <= 0 else {
            throw AccountsFailure(
                .rateLimited, "A link is on its way; wait a moment before you ask for another.",
                retryAfter: .seconds(Int64(wait.rounded(.up))))
        }
    }

    private func tellEmailChanged(_ id: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: AccountsEvents.emailChanged.name, userID: id,
                payload: AccountsEvents.EmailChanged(userID: id.description)), in: transaction)
    }
}
