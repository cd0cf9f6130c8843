package import Ambient
import FoundationEssentials

package typealias SignUpID = Identifier<SignUp>

/// An account that somebody asked for, and that is made once they have shown that mail to its address reaches them.
package struct SignUp: Sendable {
    /// How long the link is good, in seconds.
    static let lifetime: TimeInterval = 86_400
    /// How many mails an address is sent in an hour: nobody's mailbox is to be filled.
    static let mostMailsAnHour = 5

    let id: SignUpID
    let email: EmailAddress
    let displayName: String
    let passwordHash: String
    /// The digest of the token of the link by which they came.
    let invitationDigest: String?
    /// What their browser speaks, of those that mail is written in.
    let language: String
    let requestedAt: Date

    var expiresAt: Date { requestedAt.addingTimeInterval(Self.lifetime) }
}

/// What comes of asking for an account.
package enum SignUpOutcome: Sendable {
    /// It is there, and signed in.
    case made(Grant)
    /// A mail went to the address, whoever has it: with a link to go on by, or with the word that there is an account already.
    case mailed
}
