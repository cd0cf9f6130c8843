package import Accounts
package import Ambient
package import Database
package import Events
import FoundationEssentials

/// The rules of personal tokens: made by who shows who they are, shown once, and worth nothing the moment they are taken away.
package struct PersonalTokenService: Sendable {
    /// Of one person.
    static let most = 50
    /// Days that one may be good for.
    static let days = 1...366
    /// Seconds between notes of its use.
    private static let pause: TimeInterval = 60

    let database: any Database
    let accounts: AccountsService
    let outbox: EventOutbox
    let ambient: Ambient
    let store = PersonalTokenStore()

    package init(database: any Database, accounts: AccountsService, outbox: EventOutbox, ambient: Ambient = .live) {
        (self.database, self.accounts, self.outbox, self.ambient) = (database, accounts, outbox, ambient)
    }

    func list(of user: UserID) async throws -> [PersonalToken] {
        try await database.read(as: .user(user)) { try await store.list(of: user, in: $0) }
    }

    /// - Returns: with the secret, which is kept nowhere.
    func make(
        _ name: String, scopes: [String], days: Int, user: UserID, _ shown: ShownProof
    ) async throws -> (token: PersonalToken, secret: String) {
        // A token outlives the sign-in that made it.
        try await accounts.provePasswordless(user, shown)
        let (secret, now) = (PersonalToken.secret(), ambient.now())
        let token = PersonalToken(
            id: ambient.newID(), userID: user, name: name.split(whereSeparator: \.isWhitespace).joined(separator: " "),
            scopes: Set(scopes).sorted(), createdAt: now, expiresAt: now.addingTimeInterval(TimeInterval(days) * 86_400))
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.list(of: user, in: transaction).count < Self.most else { throw TokensFailure.tooMany }
            try await store.insert(token, digest: PersonalToken.digest(secret), in: transaction)
            try await TokensEvents.made.append(token, to: outbox, in: transaction)
        }
        return (token, secret)
    }

    func remove(_ id: PersonalTokenID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard let token = try await store.list(of: user, in: transaction).first(where: { $0.id == id }),
                try await store.delete(id, of: user, in: transaction)
            else { throw TokensFailure.noToken }
            try await TokensEvents.removed.append(token, to: outbox, in: transaction)
        }
    }

    /// Whose token it is, and what they may do now. It is asked for in the database each time, so that one that is taken away is worth nothing
    /// from then on, in every process.
    ///
    /// A password that was chosen after it was made ends it: whoever had the account before may have made it.
    package func owner(of secret: String) async throws -> (token: PersonalToken, role: UserRole) {
        let now = ambient.now()
        let found = try await database.read(as: .system) { transaction -> (PersonalToken, UserRole)? in
            guard let token = try await store.find(digest: PersonalToken.digest(secret), in: transaction), token.expiresAt > now,
                let standing = try await accounts.standing(token.userID, in: transaction), !standing.isHeldBack,
                standing.passwordChangedAt <= token.createdAt
            else { return nil }
            return (token, standing.role)
        }
        guard let (token, role) = found else { throw TokensFailure.notGood }
        if token.lastUsedAt.map({ now.timeIntervalSince($0) > Self.pause }) ?? true {
            try await database.transaction(as: .system) { try await store.note(token.id, usedAt: now, in: $0) }
        }
        return (token, role)
    }

    /// Whether it is still good, for what is still being sent to who has it.
    package func isGood(_ id: PersonalTokenID) async throws -> Bool {
        let now = ambient.now()
        return try await database.read(as: .system) { try await store.isThere(id, at: now, in: $0) }
    }
}
