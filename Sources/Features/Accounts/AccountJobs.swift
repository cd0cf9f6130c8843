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

    static func handlers(_ service: AccountsService) -> [JobHandler] {
        [
            JobHandler(mailReset) { address, context in
                try await service.mailReset(emailKey: address.emailKey, isFirstTry: context.attempt == 1)
                return nil
            }
        ]
    }
}
