import Ambient
import Database
import FoundationEssentials

/// What somebody wants of a provider.
package enum SignInPurpose: String, Sendable, CaseIterable, Codable, SQLCodable {
    case signIn = "sign_in"
    /// To come in by it later.
    case link
    /// To show who they are, so that they may choose a password.
    case password
    /// To show that it is still they who sit there, before what cannot be undone.
    case prove
}

/// A sign-in by a provider that is under way: from the button until they are back.
struct SignInFlow: Sendable {
    /// Seconds that one may take.
    static let lifetime: TimeInterval = 600

    /// Where what is sealed of one belongs.
    static func place(_ state: String) -> String { "sign_in_flows.invitation/\(state)" }

    let provider: String
    let purpose: SignInPurpose
    /// Who is signed in and wants it; nil where nobody is.
    let userID: UserID?
    /// The page to go to afterwards.
    let returnTo: String
    let expiresAt: Date
    /// When its answer came: it is taken once.
    let answeredAt: Date?
    /// Who they proved to be, kept while a code of their second factor is asked for.
    let issuer: String?
    let subject: String?
    /// The token of a link by which a newcomer may come, sealed.
    var invitation: String?
}
