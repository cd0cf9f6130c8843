package import Ambient

/// What accounts write to people by mail: a port, since accounts know neither mail nor languages.
package struct AccountLetters: Sendable {
    package enum Subject: Sendable, Hashable {
        /// A link to another password, and for how many minutes it is good.
        case reset(token: String, minutes: Int)
        /// A link by which a newcomer shows that the address is theirs.
        case verify(token: String, hours: Int)
        /// A link by which a newcomer has the account made that they asked for; in the language of their browser.
        case signUp(token: String, hours: Int, to: String, language: String)
        /// To the owner of an address with which somebody wanted to make another account.
        case accountExists
        /// A link to the address that an account is to have.
        case change(token: String, minutes: Int, to: String)
        /// To an address that an account was to have and another has.
        case addressInUse(String)
        /// To the address that an account had.
        case emailChanged(from: String)
        /// A link by which somebody without an account makes one: who invites, as what, and for how many days it is good. In the language of
        /// the inviter.
        case invitation(token: String, inviter: String, role: UserRole, days: Int, to: String)
    }

    /// Sends at once, to somebody with an account or, where there is none yet, to the address that the subject names, and throws where that did not work.
    let send: @Sendable (Subject, _ key: String, UserID?) async throws -> Void

    package init(send: @escaping @Sendable (Subject, _ key: String, UserID?) async throws -> Void) { self.send = send }
}
