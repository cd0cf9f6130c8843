package import Ambient
package import Database
import Events
import FoundationEssentials
import HTTPServing

/// What happens at the door, for the audit log and for whoever watches.
enum AccountSecurityEvents {
    /// Somebody signed in.
    struct SignedIn: APIType {
        var sessionID: String
        /// The browser and the system that it says it runs on: `Firefox on Linux`.
        var device: String

        enum CodingKeys: String, CodingKey {
            case sessionID = "session_id"
            case device
        }
    }

    /// A password, a code or a passkey was wrong.
    struct SignInFailed: APIType {
        var device: String
        var way: SignInFailures.Way
    }

    /// Something of an account's is another one, or over.
    struct Changed: APIType {
        var userID: String

        enum CodingKeys: String, CodingKey { case userID = "user_id" }
    }

    /// A session was ended since somebody has a copy of its token.
    struct TokenReused: APIType {
        var sessionID: String

        enum CodingKeys: String, CodingKey { case sessionID = "session_id" }
    }

    static let signedIn = EventKind("user.signed_in", "Somebody signed in.", payload: SignedIn.self, isSecurity: true)
    static let signInFailed = EventKind(
        "user.sign_in_failed", "Somebody tried to sign in, and the password, the code or the passkey was wrong.",
        payload: SignInFailed.self,
        isSecurity: true)
    static let passwordChanged = EventKind(
        "user.password_changed", "Somebody chose another password.", payload: Changed.self, isSecurity: true)
    static let passwordReset = EventKind(
        "user.password_reset", "An administrator took somebody's password away, and gave a link to another.", payload: Changed.self,
        isSecurity: true)
    static let tokenReused = EventKind(
        "user.refresh_token_reused", "A refresh token came again that was spent; its session is over.", payload: TokenReused.self,
        isSecurity: true)
    static let exported = EventKind(
        "user.exported", "Everything of an account was taken along as files.", payload: Changed.self, isSecurity: true)
    static let all = [exported, signedIn, signInFailed, passwordChanged, passwordReset, tokenReused]
}

extension AccountsService {
    func tellSignedIn(_ user: UserID, _ session: SessionID, _ userAgent: String, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: AccountSecurityEvents.signedIn.name, userID: user,
                payload: AccountSecurityEvents.SignedIn(
                    sessionID: session.description, device: DeviceName.of(userAgent))),
            in: transaction)
    }

    package var failures: SignInFailures { SignInFailures(database: database, outbox: outbox) }

    /// Somebody took everything of an account along.
    package func tellExported(_ user: UserID) async throws {
        try await database.transaction(as: .system) { try await tellChanged(AccountSecurityEvents.exported, of: user, in: $0) }
    }

    func tellChanged(_ kind: EventKind, of user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: kind.name, userID: user, payload: AccountSecurityEvents.Changed(userID: user.description)), in: transaction)
    }

    func tellTokenReused(_ session: SessionID, of user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: AccountSecurityEvents.tokenReused.name, userID: user,
                payload: AccountSecurityEvents.TokenReused(sessionID: session.description)), in: transaction)
    }

    /// Who looks after the installation.
    package static func administrators(in transaction: any Transaction) async throws -> [UserID] {
        try await transaction.query("SELECT id FROM users WHERE role = 'administrator' ORDER BY id").map { try $0.get("id") }
    }
}
