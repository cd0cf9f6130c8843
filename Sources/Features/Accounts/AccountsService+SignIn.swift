import Ambient
import Cryptography
import Database
import FoundationEssentials
import Telemetry

extension AccountsService {
    /// Names an account, or none, for counting, and tells nobody which.
    func tag(of email: String) -> String { String(AccountStore.digest(EmailAddress(email).key).prefix(22)) }

    /// Signs in. An unknown address costs the same work and gives the same answer as a wrong password.
    ///
    /// - Parameter code: of the second factor, where one is on. Whether one is told only to who has the password.
    package func logIn(email: String, password: String, code: String? = nil, userAgent: String = "", address: String? = nil)
        async throws -> Grant
    {
        try await logIn(email: email, password: password, second: .code(code), userAgent: userAgent, address: address)
    }

    /// What is shown after the password.
    enum SecondStep: Sendable {
        case code(String?)
        /// In the place of a code: it is more than one.
        case passkey(Assertion)
    }

    func logIn(
        email: String, password: String, second: SecondStep, userAgent: String, address: String?
    ) async throws -> Grant {
        let email = EmailAddress(email)
        try await countAttempt(email)
        let known = try await database.read(as: .system) { try await store.credentials(emailKey: email.key, in: $0) }
        let shown = Self.shown(password)
        let check = try await passwords.verify(shown, against: known?.hash)
        guard let known, check.matches else {
            try await failures.tell(known?.user.id, way: .password, userAgent: userAgent)
            throw AccountsFailure.wrongCredentials
        }
        let stronger = check.needsRehash ? try await passwords.hash(shown) : nil
        let signIn: @Sendable (any Transaction) async throws -> Grant = { transaction in
            // Changed or taken away while it was checked.
            guard try await store.lock(known.user.id, in: transaction),
                let now = try await store.credentials(known.user.id, in: transaction), now.hash == known.hash
            else { throw AccountsFailure.wrongCredentials }
            switch second {
            case .code(let code):
                let hasPasskeys = now.user.hasPasskeys
                try await checkCode(code, of: now.user.id, in: transaction) { .codeNeeded($0, orPasskey: hasPasskeys) }
            case .passkey(let assertion): try await checkPasskey(assertion, of: now.user.id, in: transaction)
            }
            if policy.throttlesSignIn { try await throttle.clear(email, in: transaction) }
            if let stronger { try await store.setHash(stronger, of: known.user.id, in: transaction) }
            return try await startSession(of: now.user, userAgent, address: address, at: ambient.now(), in: transaction)
        }
        do {
            return try await database.transaction(as: .system, signIn)
        } catch let failure as AccountsFailure {
            // That a code is asked for is no failure; that it is wrong is one.
            if case .code(nil) = second {
            } else {
                try await failures.tell(known.user.id, way: .password, userAgent: userAgent)
            }
            throw failure
        }
    }

    /// Trades a refresh token for new tokens. Whoever shows one again within the grace gets the same successor: the tabs of a browser
    /// share a token and may trade it at once. After that it ends its session: somebody has a copy.
    ///
    /// - Parameter address: where it is shown from.
    package func refresh(_ token: String, address: String? = nil) async throws -> Grant {
        let origin = address.map { SignInOrigin($0, places) }
        let outcome = try await database.transaction(as: .system) { transaction -> Result<Grant, AccountsFailure> in
            let lifetimes = (token: policy.refreshLifetime, grace: policy.reuseGrace, session: policy.longestSession)
            switch try await refreshTokens.rotate(token, at: ambient.now(), lifetimes, in: transaction) {
            case .unknown: return .failure(.sessionOver)
            case .overdue(let session):
                try await forget([session], in: transaction)
                return .failure(.sessionTooOld)
            case .reused(let user, let session):
                try await forget([session], in: transaction)
                try await tellTokenReused(session, of: user, in: transaction)
                logger.warning("a spent refresh token was shown again; its session is ended", ["session": "\(session)"])
                return .failure(.sessionOver)
            case .rotated(let id, let session, let next):
                guard let user = try await store.user(id, in: transaction) else { return .failure(.sessionOver) }
                if let origin { try await sessionStore.move(session, to: origin, in: transaction) }
                return .success(try grant(user, session, next))
            }
        }
        return try outcome.get()
    }

    func startSession(
        of user: User, _ userAgent: String, address: String? = nil, at now: Date, in transaction: any Transaction
    ) async throws -> Grant {
        let session: SessionID = ambient.newID()
        let expires = now.addingTimeInterval(policy.refreshLifetime)
        let (userAgent, origin) = (String(userAgent.prefix(200)), SignInOrigin(address, places))
        try await sessionStore.start(
            session, of: user.id, userAgent: userAgent, from: origin, at: now, expires: expires, in: transaction)
        try await notice(userAgent, from: origin, of: user.id, at: now, in: transaction)
        let refresh = try await refreshTokens.issue(for: session, of: user.id, expires: expires, in: transaction)
        try await tellSignedIn(user.id, session, userAgent, in: transaction)
        return try grant(user, session, refresh)
    }

    private func grant(_ user: User, _ session: SessionID, _ refreshToken: String) throws -> Grant {
        let user = judged(user)
        let role = user.verification == .demanded ? TokenAuthenticator.unverified : user.role.rawValue
        let access = try tokens.issue(
            subject: user.id.description, role: role, session: session.description,
            id: ambient.newUUID().uuidString.lowercased(), at: ambient.now())
        return Grant(
            user: user, accessToken: access, expiresIn: Int(tokens.lifetime), refreshToken: refreshToken, session: session)
    }
}
