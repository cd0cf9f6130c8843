import Ambient
import Assembly
import FoundationEssentials
import Jobs

/// What accounts do behind a request's back.
enum AccountJobs {
    struct Address: Codable, Sendable {
        /// As `EmailAddress.key` has it.
        let emailKey: String
        private enum CodingKeys: String, CodingKey { case emailKey = "email_key" }
    }

    /// Enqueued for every address that is asked for, with an account or without: the request does the same work and tells nothing.
    static let mailReset = JobKind<Address>(
        "accounts.mail_reset", maxAttempts: 6, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(300)))

    struct Confirmation: Codable, Sendable {
        let userID: UserID
        let purpose: EmailPurpose
        private enum CodingKeys: String, CodingKey {
            case purpose
            case userID = "user_id"
        }
    }

    struct EmailChanged: Codable, Sendable {
        let userID: UserID
        let formerEmail: String
        private enum CodingKeys: String, CodingKey {
            case userID = "user_id"
            case formerEmail = "former_email"
        }
    }

    /// The link is made when the job runs: in no job's row stands what opens something.
    static let mailConfirmation = JobKind<Confirmation>(
        "accounts.mail_confirmation", maxAttempts: 6, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(300)))
    /// A word to the address that the account had.
    static let mailEmailChanged = JobKind<EmailChanged>(
        "accounts.mail_email_changed", maxAttempts: 12, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(3600)))

    struct SignUpName: Codable, Sendable {
        let id: SignUpID
    }

    /// Enqueued for every address that signs up, with an account or without. What is mailed to it is decided here.
    static let mailSignUp = JobKind<SignUpName>(
        "accounts.mail_sign_up", maxAttempts: 6, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(300)))

    struct InvitationName: Codable, Sendable {
        let id: InvitationID
    }

    /// The link itself is made by the job that mails it: the queue holds none.
    static let mailInvitation = JobKind<InvitationName>(
        "accounts.mail_invitation", maxAttempts: 12, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(1800)))

    struct Taken: Codable, Sendable {
        let importID: AccountImportID
        private enum CodingKeys: String, CodingKey { case importID = "import_id" }
    }

    /// Of its own: an archive is read for minutes.
    static let queue = WorkQueue("archives", width: 1)
    static let takeIn = JobKind<Taken>("accounts.import", queue: queue.name, maxAttempts: 5, timeout: .seconds(6 * 3_600))
    static let removeFiles = JobKind<LeftFiles>("accounts.remove_files", queue: "maintenance")
    static let sweep = PeriodicJob(PeriodicJob.Kind("accounts.sweep", queue: "maintenance"), every: .seconds(3_600))

    static func handlers(_ service: AccountsService, _ imports: AccountImports) -> [JobHandler] {
        [
            JobHandler(
                takeIn,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    try await imports.noteFailed(
                        try ended.payload(as: Taken.self).importID, message: ended.message, user: user, in: transaction)
                },
                run: { taken, context in try await imports.read(taken.importID, context) }),
            JobHandler(removeFiles) { left, _ in
                for digest in left.digests { _ = try await imports.dropUnused(digest) }
                return nil
            },
            JobHandler(sweep.kind) { _, _ in ["removed": "\(try await imports.sweep())"] },
            JobHandler(mailReset) { address, context in
                try await service.mailReset(emailKey: address.emailKey, isFirstTry: context.attempt == 1)
                return nil
            },
            JobHandler(mailSignUp) { wanted, _ in
                try await service.mailSignUp(wanted.id)
                return nil
            },
            JobHandler(mailConfirmation) { wanted, _ in
                try await service.mailConfirmation(wanted.purpose, of: wanted.userID)
                return nil
            },
            JobHandler(mailEmailChanged) { changed, context in
                try await service.letters?.send(
                    .emailChanged(from: changed.formerEmail), "email-changed/\(context.jobID)", changed.userID)
                return nil
            },
            JobHandler(mailInvitation) { invitation, _ in
                try await service.mailInvitation(invitation.id)
                return nil
            },
        ]
    }
}
