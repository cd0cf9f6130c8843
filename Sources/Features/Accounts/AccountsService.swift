package import Ambient
import Concurrency
package import Cryptography
package import Database
package import Events
import Failures
import FoundationEssentials
package import Telemetry

/// The rules of accounts: who may register, who is who, and how long that holds.
package struct AccountsService: Sendable {
    /// Removes what a feature keeps of a user who goes away, in the transaction that removes the user.
    package typealias Farewell = @Sendable (UserID, any Transaction) async throws -> Void

    let database: any Database
    let passwords: PasswordHasher
    let tokens: AccessTokens
    let outbox: EventOutbox
    let policy: AccountsPolicy
    let ambient: Ambient
    let logger: Logger
    let store = AccountStore()
    let refreshTokens = RefreshTokenStore()
    let throttle = SignInThrottle()
    let ended = EndedSessions()
    /// Wakes whoever reads which sessions ended in other processes.
    let endedElsewhere = WakeSignal()
    private let farewells: [Farewell]

    package init(
        database: any Database, passwords: PasswordHasher, tokens: AccessTokens, outbox: EventOutbox,
        policy: AccountsPolicy = AccountsPolicy(), farewells: [Farewell] = [], ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.database = database
        self.passwords = passwords
        self.tokens = tokens
        self.outbox = outbox
        self.policy = policy
        self.farewells = farewells
        self.ambient = ambient
        self.logger = logger.labelled("accounts")
    }

    /// What the welcome page asks before anybody is signed in.
    package func status() async throws -> (isRegistrationOpen: Bool, hasUsers: Bool) {
        let hasUsers = try await database.read(as: .system) { try await store.hasUsers(in: $0) }
        return (policy.isRegistrationOpen || !hasUsers, hasUsers)
    }

    /// Makes an account and signs it in. The first one is the administrator's.
    package func register(email: String, password: String, displayName: String, userAgent: String = "") async throws -> Grant {
        let email = EmailAddress(email)
        guard email.isPlausible else { throw AccountsFailure.invalid("email", "must be an email address") }
        let name = try Self.cleaned(displayName: displayName)
        if let objection = PasswordRules.objection(to: password, email: email) {
            throw AccountsFailure.invalid("password", objection)
        }
        // Before the expensive part; the transaction below decides.
        guard try await status().isRegistrationOpen else { throw AccountsFailure.closed }
        let hash = try await passwords.hash(password.composed)
        let grant = try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            let id: UserID = ambient.newID()
            let isFirst = try await store.claimFirst(id, in: transaction)
            guard isFirst || policy.isRegistrationOpen else { throw AccountsFailure.closed }
            let user = User(
                id: id, email: email.text, displayName: name, role: isFirst ? .administrator : .student, createdAt: now)
            guard try await store.insert(user, key: email.key, passwordHash: hash, in: transaction) else {
                throw AccountsFailure.taken
            }
            try await outbox.append(
                EventDraft(
                    type: AccountsEvents.registered.name, userID: id,
                    payload: AccountsEvents.Registered(userID: id.description, role: user.role.rawValue)),
                in: transaction)
            return try await startSession(of: user, userAgent, at: now, in: transaction)
        }
        logger.info("account made", ["user_id": "\(grant.user.id)", "role": grant.user.role.rawValue])
        return grant
    }

    /// Signs in. An unknown address costs the same work and gives the same answer as a wrong password.
    package func logIn(email: String, password: String, userAgent: String = "") async throws -> Grant {
        let email = EmailAddress(email)
        try await countAttempt(email)
        let known = try await database.read(as: .system) { try await store.credentials(emailKey: email.key, in: $0) }
        let shown = Self.shown(password)
        let check = try await passwords.verify(shown, against: known?.hash)
        guard let known, check.matches else { throw AccountsFailure.wrongCredentials }
        let stronger = check.needsRehash ? try await passwords.hash(shown) : nil
        return try await database.transaction(as: .system) { transaction in
            if policy.throttlesSignIn { try await throttle.clear(email, in: transaction) }
            if let stronger { try await store.strengthen(stronger, from: known.hash, of: known.user.id, in: transaction) }
            return try await startSession(of: known.user, userAgent, at: ambient.now(), in: transaction)
        }
    }

    /// Trades a refresh token for new tokens. Whoever shows one again within the grace gets the same successor: the tabs of a browser
    /// share a token and may trade it at once. After that it ends its session: somebody has a copy.
    package func refresh(_ token: String) async throws -> Grant {
        let outcome = try await database.transaction(as: .system) { transaction -> Result<Grant, AccountsFailure> in
            let lifetimes = (token: policy.refreshLifetime, grace: policy.reuseGrace)
            switch try await refreshTokens.rotate(token, at: ambient.now(), lifetimes, in: transaction) {
            case .unknown: return .failure(.sessionOver)
            case .reused(let session):
                try await forget([session], in: transaction)
                logger.warning("a spent refresh token was shown again; its session is ended", ["session": "\(session)"])
                return .failure(.sessionOver)
            case .rotated(let id, let session, let next):
                guard let user = try await store.user(id, in: transaction) else { return .failure(.sessionOver) }
                return .success(try grant(user, session, next))
            }
        }
        return try outcome.get()
    }

    /// Ends the session of a refresh token; one that is not known is as good as signed out.
    package func logOut(refreshToken: String) async throws {
        try await database.transaction(as: .system) { transaction in
            guard let session = try await refreshTokens.session(of: refreshToken, in: transaction) else { return }
            _ = try await store.endSession(session, of: nil, in: transaction)
            try await forget([session], in: transaction)
        }
    }

    /// Ends one of the user's sessions. Throws `notFound` if it is not theirs.
    package func endSession(_ session: SessionID, of user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.endSession(session, of: user, in: transaction) else {
                throw AccountsFailure(.notFound, "There is no such session.")
            }
            try await forget([session], in: transaction)
        }
    }

    /// Ends all of the user's sessions, or all but one.
    package func logOutEverywhere(_ user: UserID, except kept: SessionID? = nil) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            try await forget(try await store.endSessions(of: user, except: kept, in: transaction), in: transaction)
        }
    }

    package func sessions(of user: UserID) async throws -> [Session] {
        try await database.read(as: .user(user)) { try await store.sessions(of: user, at: ambient.now(), in: $0) }
    }

    /// Throws `unauthenticated` if the account is gone.
    package func user(_ id: UserID) async throws -> User {
        guard let user = try await database.read(as: .user(id), { try await store.user(id, in: $0) }) else {
            throw AccountsFailure.noUser
        }
        return user
    }

    package func rename(_ id: UserID, to displayName: String) async throws -> User {
        let name = try Self.cleaned(displayName: displayName)
        let user = try await database.transaction(as: .user(id)) { try await store.setDisplayName(name, of: id, in: $0) }
        guard let user else { throw AccountsFailure.noUser }
        return user
    }

    /// Sets a new password and ends every other session.
    package func changePassword(of id: UserID, from old: String, to new: String, keeping session: SessionID?) async throws {
        let user = try await confirm(id, old, field: "current_password")
        if let objection = PasswordRules.objection(to: new, email: EmailAddress(user.email)) {
            throw AccountsFailure.invalid("new_password", objection)
        }
        let hash = try await passwords.hash(new.composed)
        try await database.transaction(as: .user(id)) { transaction in
            try await store.setPassword(hash, of: id, at: ambient.now(), in: transaction)
            try await forget(try await store.endSessions(of: id, except: session, in: transaction), in: transaction)
        }
        logger.info("password changed", ["user_id": "\(id)"])
    }

    /// Removes the account and, through the farewells, everything that is kept of it.
    package func delete(_ id: UserID, password: String) async throws {
        let user = try await confirm(id, password, field: "password")
        try await database.transaction(as: .system) { transaction in
            // Whatever is being brought in for this account is there by now, or comes too late.
            guard try await store.lock(id, in: transaction) else { throw AccountsFailure.noUser }
            try await forget(try await store.endSessions(of: id, except: nil, in: transaction), in: transaction)
            for farewell in farewells { try await farewell(id, transaction) }
            guard try await store.delete(user, in: transaction) else { throw AccountsFailure.lastAdministrator }
            // Nobody's event, since nobody is there to have it.
            try await outbox.append(
                EventDraft(
                    type: AccountsEvents.deleted.name, userID: nil, payload: AccountsEvents.Deleted(userID: id.description)),
                in: transaction)
        }
        logger.info("account removed", ["user_id": "\(id)"])
    }

    /// Checks the password of somebody who is signed in, with the same brake on guessing as at the door.
    private func confirm(_ id: UserID, _ password: String, field: String) async throws -> User {
        guard let known = try await database.read(as: .system, { try await store.credentials(id, in: $0) }) else {
            throw AccountsFailure.noUser
        }
        let email = EmailAddress(known.user.email)
        try await countAttempt(email)
        let shown = Self.shown(password)
        guard try await passwords.verify(shown, against: known.hash).matches else {
            throw AccountsFailure.invalid(field, "is not right")
        }
        if policy.throttlesSignIn {
            try await database.transaction(as: .system) { try await throttle.clear(email, in: $0) }
        }
        return known.user
    }

    private func countAttempt(_ email: EmailAddress) async throws {
        guard policy.throttlesSignIn else { return }
        try await database.transaction(as: .system) { try await throttle.begin(email, at: ambient.now(), in: $0) }
    }

    /// A password as it is compared: the same however it was typed. One that is too long cannot be right, and is not worth its hashing.
    private static func shown(_ password: String) -> String {
        password.utf8.count <= PasswordRules.maximumBytes ? password.composed : ""
    }

    private func startSession(
        of user: User, _ userAgent: String, at now: Date, in transaction: any Transaction
    ) async throws -> Grant {
        let session: SessionID = ambient.newID()
        let expires = now.addingTimeInterval(policy.refreshLifetime)
        try await store.startSession(
            session, of: user.id, userAgent: String(userAgent.prefix(200)), at: now, expires: expires, in: transaction)
        let refresh = try await refreshTokens.issue(for: session, of: user.id, expires: expires, in: transaction)
        return try grant(user, session, refresh)
    }

    private func grant(_ user: User, _ session: SessionID, _ refreshToken: String) throws -> Grant {
        let access = try tokens.issue(
            subject: user.id.description, role: user.role.rawValue, session: session.description,
            id: ambient.newUUID().uuidString.lowercased(), at: ambient.now())
        return Grant(
            user: user, accessToken: access, expiresIn: Int(tokens.lifetime), refreshToken: refreshToken, session: session)
    }

    private static func cleaned(displayName: String) throws(AccountsFailure) -> String {
        let name = displayName.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...80).contains(name.count) else { throw .invalid("display_name", "must have from 1 to 80 characters") }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .invalid("display_name", "must not have control characters")
        }
        return name
    }
}
