import Ambient
import Database
import FoundationEssentials

/// Why somebody is sent a link to an address.
enum EmailPurpose: String, Sendable, Codable, SQLCodable {
    /// The account has the address; the link shows that mail gets there.
    case verify
    /// The account is to have it.
    case change
}

/// An address that waits for whoever reads its mail to say yes.
struct EmailConfirmation: Sendable {
    let userID: UserID
    let purpose: EmailPurpose
    let email: EmailAddress
    let requestedAt: Date
    let expiresAt: Date

    static func lifetime(_ purpose: EmailPurpose) -> TimeInterval { purpose == .change ? 30 * 60 : 86_400 }
}

/// Whether an account's address is to be confirmed.
package enum EmailVerification: String, Sendable, Codable, CaseIterable {
    /// It has been, or no mail can be sent.
    case none
    /// It may be.
    case offered
    /// Nothing can be used before.
    case demanded
}
