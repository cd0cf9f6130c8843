package import Ambient
import Concurrency
package import Cryptography
package import Database
package import Events
package import Jobs
import Failures
import FoundationEssentials
package import Places
package import Telemetry
package import WebAuthn

/// The rules of accounts: who may register, who is who, and how long that holds.
package struct AccountsService: Sendable {
    /// Removes what a feature keeps of a user who goes away, in the transaction that removes the user.
    package typealias Farewell = @Sendable (UserID, any Transaction) async throws -> Void

    let database: any Database
    let passwords: PasswordHasher
    let tokens: AccessTokens
    let outbox: EventOutbox
    let jobs: JobQueue?
    /// nil where no mail can be sent.
    let letters: AccountLetters?
    let policy: AccountsPolicy
    let passwordRules: PasswordRules
    let seal: SecretSeal
    let ambient: Ambient
    let logger: Logger
    let store = AccountStore()
    let sessionStore = SessionStore()
    let resets = PasswordResetStore()
    let factors = SecondFactorStore()
    let profiles = ProfileStore()
    let devices = KnownDeviceStore()
    /// Finds the places of addresses; nil where nobody wants to know.
    let places: PlaceFinder?
    let passkeyStore = PasskeyStore()
    /// As authenticators know the installation; nil where browsers make no passkeys for its address.
    let party: RelyingParty?
    let confirmations = EmailConfirmationStore()
    let invitations = InvitationDesk()
    let signUps = SignUpStore()
    let refreshTokens = RefreshTokenStore()
    let throttle = SignInThrottle()
    let ended = EndedSessions()
    /// Wakes whoever reads which sessions ended in other processes.
    let endedElsewhere = WakeSignal()
    let farewells: [Farewell]
    let studyFigures: StudyFigures

    package init(
        database: any Database, passwords: PasswordHasher, tokens: AccessTokens, seal: SecretSeal, outbox: EventOutbox,
        jobs: JobQueue? = nil, letters: AccountLetters? = nil, policy: AccountsPolicy = AccountsPolicy(),
        passwordRules: PasswordRules = PasswordRules(), farewells: [Farewell] = [], studyFigures: StudyFigures = StudyFigures(),
        places: PlaceFinder? = nil, party: RelyingParty? = nil, ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.database = database
        self.passwords = passwords
        self.tokens = tokens
        self.seal = seal
        self.outbox = outbox
        (self.jobs, self.letters) = (jobs, letters)
        self.policy = policy
        self.passwordRules = passwordRules
        self.farewells = farewells
        self.studyFigures = studyFigures
        self.places = places
        self.party = party
        self.ambient = ambient
        self.logger = logger.labelled("accounts")
    }

    /// What the welcome page asks before anybody is signed in.
    ///
    /// - Returns: whether anybody may register, whether anybody has, and whether who lost the password gets a link by mail.
    package func status() async throws -> (isRegistrationOpen: Bool, hasUsers: Bool, mailsResets: Bool) {
        let hasUsers = try await database.read(as: .system) { try await store.hasUsers(in: $0) }
        return (policy.registration == .open || !hasUsers, hasUsers, letters != nil && hasUsers)
    }

    /// Throws `unauthenticated` if the account is gone.
    package func user(_ id: UserID) async throws -> User {
        guard let user = try await database.read(as: .user(id), { try await store.user(id, in: $0) }) else {
            throw AccountsFailure.noUser
        }
        return judged(user)
    }

    package func rename(_ id: UserID, to displayName: String) async throws -> User {
        let name = try Self.cleaned(displayName: displayName)
        let user = try await database.transaction(as: .user(id)) { try await store.setDisplayName(name, of: id, in: $0) }
        guard let user else { throw AccountsFailure.noUser }
        return judged(user)
    }

    /// Checks the password of somebody who is signed in, with the same brake on guessing as at the door.
    ///
    /// - Parameter field: that the password stands in.
    func confirm(_ id: UserID, _ password: String, field: String) async throws -> User {
        try await confirm(id, password, field: field) { _, _ in }
    }

    /// The same with the code of a second factor, where one is on: before what cannot be undone.
    func confirm(_ id: UserID, _ password: String, code: String?, field: String) async throws -> User {
        try await confirm(id, password, field: field) { user, transaction in
            try await checkCode(code, of: user.id, in: transaction) { .invalid("code", $0) }
        }
    }

    private func confirm(
        _ id: UserID, _ password: String, field: String, _ more: @Sendable (User, any Transaction) async throws -> Void
    ) async throws -> User {
        guard let known = try await database.read(as: .system, { try await store.credentials(id, in: $0) }) else {
            throw AccountsFailure.noUser
        }
        let email = EmailAddress(known.user.email)
        try await countAttempt(email)
        let shown = Self.shown(password)
        guard try await passwords.verify(shown, against: known.hash).matches else {
            throw AccountsFailure.invalid(field, "is not right")
        }
        try await database.transaction(as: .system) { transaction in
            try await more(known.user, transaction)
            if policy.throttlesSignIn { try await throttle.clear(email, in: transaction) }
        }
        return known.user
    }

    func countAttempt(_ email: EmailAddress) async throws {
        guard policy.throttlesSignIn else { return }
        try await database.transaction(as: .system) { try await throttle.begin(email, at: ambient.now(), in: $0) }
    }

    /// A password as it is compared: the same however it was typed. One that is too long cannot be right, and is not worth its hashing.
    static func shown(_ password: String) -> String {
        password.utf8.count <= PasswordRules.maximumBytes ? password.composed : ""
    }

    static func cleaned(displayName: String) throws(AccountsFailure) -> String {
        let name = displayName.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...80).contains(name.count) else { throw .invalid("display_name", "must have from 1 to 80 characters") }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .invalid("display_name", "must not have control characters")
        }
        return name
    }
}
