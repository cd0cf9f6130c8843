package import Failures

/// Why somebody could not sign in by another service.
package struct FederatedSignInFailure: Failure {
    /// By which the app says it in its own words: `details.reason`.
    package enum Reason: String, Sendable, CaseIterable {
        case denied, down, notBelieved = "not_believed", lost, spent, taken, noEmail = "no_email", unverified
        case linkedElsewhere = "linked_elsewhere", otherIdentity = "other_identity", lastWay = "last_way", stale, unknown
    }

    package let code: FailureCode
    package let reason: Reason
    package let message: String

    package var details: [String: String] { ["reason": reason.rawValue] }

    private init(_ code: FailureCode, _ reason: Reason, _ message: String) {
        (self.code, self.reason, self.message) = (code, reason, message)
    }

    static func denied(_ title: String) -> Self {
        Self(.forbidden, .denied, "\(title) was not allowed to sign you in; nothing was changed.")
    }
    static func down(_ title: String) -> Self {
        Self(.badGateway, .down, "\(title) does not answer as it should; try again in a moment.")
    }
    static func notBelieved(_ title: String) -> Self {
        Self(.badGateway, .notBelieved, "What \(title) answered cannot be believed, so nobody was signed in.")
    }
    static func noEmail(_ title: String) -> Self {
        Self(.forbidden, .noEmail, "\(title) tells no email address of yours, which an account needs.")
    }
    static func unverified(_ title: String) -> Self {
        Self(.forbidden, .unverified, "\(title) has not made sure that the email address is yours; confirm it there first.")
    }
    static func taken(_ title: String) -> Self {
        Self(
            .conflict, .taken,
            "There is an account with this email address. Sign in as before, and link \(title) in the settings: it is not done unasked."
        )
    }
    static func linkedElsewhere(_ title: String) -> Self {
        Self(.conflict, .linkedElsewhere, "This account at \(title) is linked to another account here.")
    }
    static func otherIdentity(_ title: String) -> Self {
        Self(.forbidden, .otherIdentity, "That is not the account at \(title) that is linked to yours.")
    }
    static func stale(_ title: String) -> Self {
        Self(.forbidden, .stale, "\(title) has not asked who you are for a while. Sign out there, and begin again.")
    }
    static let lost = Self(
        .badRequest, .lost,
        "This sign-in is not known here: it was begun in another browser or at another address of the app, or took too long. Begin again."
    )
    static let spent = Self(.conflict, .spent, "This sign-in was used already. Begin again.")
    static let lastWay = Self(.conflict, .lastWay, "It is the only way into your account; set a password or link another first.")
    static let unknownProvider = Self(.notFound, .unknown, "There is no such provider here.")
    static let noIdentity = Self(.notFound, .unknown, "There is no such link.")
}
