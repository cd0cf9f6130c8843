package import Ambient
import Cryptography
package import FoundationEssentials

package enum PersonalTokenKind {}
package typealias PersonalTokenID = Identifier<PersonalTokenKind>

/// A token that somebody gives a program of theirs: for less than a sign-in, and until a day.
package struct PersonalToken: Sendable, Hashable {
    /// What each begins with, so that one that leaked is known for what it is.
    static let prefix = "lm_pat_"

    package let id: PersonalTokenID
    package let userID: UserID
    /// What has it: `Backup at home`.
    package let name: String
    /// Such as `read`, `library:write`, in order.
    package let scopes: [String]
    package let createdAt: Date
    package let expiresAt: Date
    package var lastUsedAt: Date?

    /// 256 bits, shown once.
    static func secret() -> String { prefix + SecureRandom.token() }

    /// What is kept of it. It cannot be guessed, so that a slow hash would only make each request slow.
    static func digest(_ secret: String) -> String { Hexadecimal.encode(SHA256.hash(secret)) }
}
