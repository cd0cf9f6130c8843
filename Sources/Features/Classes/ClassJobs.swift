import Accounts
import Assembly
import FoundationEssentials
import Jobs

/// What classes do behind a request's back.
enum ClassJobs {
    struct InvitationName: Codable, Sendable {
        let id: InvitationID
    }

    static let mail = JobKind<InvitationName>(
        "classes.mail_invitation", maxAttempts: 12, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(1800)))

    static func handlers(_ service: ClassService) -> [JobHandler] {
        [
            JobHandler(mail) { invitation, _ in
                try await service.mail(invitation.id)
                return nil
            }
        ]
    }
}
