package import Ambient
import Database
package import FoundationEssentials

/// What a person may do on this installation.
package enum UserRole: String, Sendable, CaseIterable, Codable, SQLCodable {
    /// Looks after the installation; the first to register. May do all that the others may.
    case administrator
    /// Looks after the people: sees who has an account, and invites students.
    case moderator
    /// Has classes, invites to them, and sees what comes of the quizzes that are shared with them.
    case teacher
    /// What everybody is.
    case student

    /// The roles whose doings are this one's too.
    var includes: Set<UserRole> {
        switch self {
        case .administrator: Set(Self.allCases)
        case .moderator, .teacher, .student: [self, .student]
        }
    }
}

/// A person with an account.
package struct User: Sendable, Hashable {
    package let id: UserID
    /// As given, without surrounding white space.
    package let email: String
    package var displayName: String
    package let role: UserRole
    package let createdAt: Date
    /// The sign-in takes a code besides the password.
    package let hasSecondFactor: Bool
    /// The account may be signed in to by a passkey.
    package let hasPasskeys: Bool
    /// What stands behind the initial; nil where none was chosen.
    package var avatarColour: AvatarColour?
    /// Whoever has the account has shown that mail to the address reaches them.
    package let isEmailVerified: Bool
    /// What the installation makes of an address that is not verified.
    package var verification = EmailVerification.none

    init(id: UserID, email: String, displayName: String, role: UserRole, createdAt: Date) {
        (hasSecondFactor, isEmailVerified, hasPasskeys) = (false, false, false)
        self.id = id
        self.email = email
        self.displayName = displayName
        self.role = role
        self.createdAt = createdAt
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        email = try row.get("email")
        displayName = try row.get("display_name")
        role = try row.get("role")
        createdAt = try row.get("created_at")
        hasSecondFactor = try row.get("has_second_factor")
        hasPasskeys = try row.get("has_passkeys")
        avatarColour = try row.optional("avatar_colour")
        isEmailVerified = try row.get("is_email_verified")
    }
}

/// An email address and the form in which two of them are the same.
struct EmailAddress: Sendable, Hashable {
    let text: String
    /// Lower case, composed; what is unique.
    let key: String

    init(_ raw: String) {
        let trimmed = raw.drop(while: \.isWhitespace)
        text = String(trimmed.prefix(upTo: trimmed.lastIndex { !$0.isWhitespace }.map(trimmed.index(after:)) ?? trimmed.startIndex))
        key = text.composed.lowercased().composed
    }

    /// Something on both sides of one `@`, and no white space. The API asks for more; this holds for the command line too.
    var isPlausible: Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && !text.contains(where: \.isWhitespace)
    }
}
