package import Failures

/// What Accounts says no with.
package struct AccountsFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]
    package let retryAfter: Duration?

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:], retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.details = details
        self.retryAfter = retryAfter
    }

    /// One answer for an unknown address and for a wrong password.
    static let wrongCredentials = AccountsFailure(.unauthenticated, "The email address or the password is not right.")
    static let sessionOver = AccountsFailure(.unauthenticated, "The session is over; sign in again.")
    static let sessionTooOld = AccountsFailure(
        .unauthenticated, "You signed in a long time ago; sign in again.", details: ["session": "is too old"])
    static let closed = AccountsFailure(.forbidden, "This installation takes no new accounts; ask whoever looks after it.")
    static let invitedOnly = AccountsFailure(
        .forbidden, "This installation takes new accounts by invitation; ask whoever looks after it for a link.")
    static let mayNotInvite = AccountsFailure(.forbidden, "Moderators invite students; ask an administrator for the rest.")
    static let noMailForInvitations = AccountsFailure(
        .forbidden, "This installation sends no mail; make a link and pass it on.", details: ["email": "cannot be mailed to"])
    static let noInvitation = AccountsFailure(.notFound, "There is no such invitation.")
    static let tooManyInvitations = AccountsFailure(
        .conflict, "There are \(AccountsService.mostInvitations) open invitations of yours; take some back first.")

    /// What is told to who comes with a link that is not good any more.
    static func invitation(_ state: Invitation.State?) -> AccountsFailure {
        let reason =
            switch state {
            case .expired: "This invitation is too old. Ask for another."
            case .spent: "This invitation was used already. Ask for another."
            case .revoked: "This invitation was taken back."
            case .open, .pending, nil: "There is no such invitation. Look whether the link is whole."
            }
        return AccountsFailure(.forbidden, reason, details: ["invitation": state?.rawValue ?? "unknown"])
    }
    static let taken = AccountsFailure(
        .conflict, "There is an account with this email address.", details: ["email": "is taken"])
    static let noUser = AccountsFailure(.unauthenticated, "The account is gone; sign in again.")
    static let noSuchUser = AccountsFailure(.notFound, "There is no such account.")
    static let linkOver = AccountsFailure(.notFound, "This link was used before, or is too old. Ask for another.")
    static let notIsolated = AccountsFailure(
        .unavailable,
        "There are several accounts, and the database's role is a superuser or has BYPASSRLS: row-level security would not keep "
            + "them apart. \(AccountsIsolation.remedy)")
    static let wouldNotBeIsolated = AccountsFailure(
        .unavailable, "This installation can hold one account only until its administrator has looked at `lm doctor`.")
    static let lastAdministrator = AccountsFailure(
        .conflict, "You are the only administrator; the others would have nobody to look after them.")

    /// Where a second factor is on: told to who has the password, or a link in its place.
    static func codeNeeded(_ reason: String) -> AccountsFailure { codeNeeded(reason, orPasskey: false) }

    /// - Parameter orPasskey: whether there is one that may stand in the code's place.
    static func codeNeeded(_ reason: String, orPasskey: Bool) -> AccountsFailure {
        AccountsFailure(
            .unauthenticated,
            reason == "is required"
                ? "This account asks for a code of your authenticator app, or a recovery code." : "The code is not right.",
            details: orPasskey ? ["code": reason, "passkey": "may stand in its place"] : ["code": reason])
    }
    static let noMail = AccountsFailure(
        .forbidden, "This installation sends no mail; ask whoever looks after it for a link to another password.")
    static let sendsNoMail = AccountsFailure(.forbidden, "This installation sends no mail.")
    /// Where the installation wants to know first that mail reaches whoever has the account.
    static let unverified = AccountsFailure(
        .forbidden, "Confirm your email address first: a link was mailed to it.", details: ["email": "is not verified"])
    static let largeArchive = AccountsFailure(
        .unprocessable, "This is more than one archive holds; whoever has the machine writes it into a folder by `lm export`.")
    static let archiveGone = AccountsFailure(.unavailable, "The archive is not in the store any more; try again.")
    static let importRunning = AccountsFailure(.conflict, "An archive is being taken in already; wait until it is done.")
    static let noImport = AccountsFailure(.notFound, "There is no such import.")
    static let noArchive = AccountsFailure(
        .unprocessable, "This is no archive of an account. Choose the zip that Settings, Data gave you, as it came.")
    static let damagedArchive = AccountsFailure(
        .unprocessable, "The archive is damaged or was cut off. Download it again on the other server.")

    /// An archive whose form is not known here.
    static func otherArchive(_ version: Int) -> AccountsFailure {
        AccountsFailure(
            .unprocessable,
            version < ArchiveManifest.latest
                ? "The archive was made by an older version, which wrote it for reading alone. Bring that server up to date and download it again."
                : "The archive was made by a newer version than this server's. Bring this server up to date first.")
    }
    static let takesNoPasskeys = AccountsFailure(
        .conflict,
        "Browsers make no passkeys for the address of this installation: it needs a name and https. Whoever runs it sets "
            + "LM_PUBLIC_URL.")
    static let tooManyPasskeys = AccountsFailure(.conflict, "You have as many passkeys as one may; remove one first.")
    static let passkeyTaken = AccountsFailure(.conflict, "This passkey is kept already.")
    static let noPasskey = AccountsFailure(.notFound, "There is no such passkey.")
    static let challengeOver = AccountsFailure(.notFound, "That took too long, or was answered before. Begin again.")
    static let wrongPasskey = AccountsFailure(.unauthenticated, "This passkey opens nothing here.")
    static let hasSecondFactor = AccountsFailure(.conflict, "Your sign-in takes a code already; turn that off first.")
    static let noSecondFactor = AccountsFailure(.notFound, "Your sign-in takes no code; begin with an authenticator app first.")

    static let nobodyLeft = AccountsFailure(
        .conflict, "This is the only administrator; make somebody else one first.")

    static func invalid(_ field: String, _ reason: String) -> AccountsFailure {
        AccountsFailure(.validationFailed, "The request is not valid: \(field) \(reason).", details: [field: reason])
    }
}
