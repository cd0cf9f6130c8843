package import Accounts
package import Ambient
package import Database
import FoundationEssentials

/// Passwords of programs: made, shown once, taken away, and held against what a program says.
package struct AppPasswordService: Sendable {
    /// Of one student.
    static let most = 30
    /// Seconds between notes of its use.
    private static let pause: TimeInterval = 3600

    private let database: any Database
    private let accounts: AccountsService
    private let told: PlannerEvents
    private let ambient: Ambient
    private let store = AppPasswordStore()
    private let failures: SignInFailures?

    /// - Parameter failures: is told of who does not get in.
    package init(
        database: any Database, accounts: AccountsService, events: PlannerEvents, failures: SignInFailures? = nil,
        ambient: Ambient = .live
    ) {
        (self.database, self.accounts, self.failures, self.ambient) = (database, accounts, failures, ambient)
        told = events
    }

    func list(of user: UserID) async throws -> [AppPassword] {
        try await database.read(as: .user(user)) { try await store.list(of: user, in: $0) }
    }

    /// - Returns: with the secret, which is kept nowhere.
    func make(name: String, user: UserID, _ shown: ShownProof) async throws -> (password: AppPassword, secret: String) {
        // It outlives the sign-in that made it.
        try await accounts.proveOwner(user, shown)
        let secret = AppPassword.secret()
        let password = AppPassword(
            id: ambient.newID(), userID: user, name: name.split(whereSeparator: \.isWhitespace).joined(separator: " "),
            createdAt: ambient.now())
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.list(of: user, in: transaction).count < Self.most else { throw PlannerFailure.tooManyPasswords }
            try await store.insert(password, digest: AppPassword.digest(secret), in: transaction)
            try await told.appendAccess(PlannerEvents.passwordMade, id: password.id, user: user, in: transaction)
        }
        return (password, secret)
    }

    func remove(_ id: AppPasswordID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.delete(id, user: user, in: transaction) else { throw PlannerFailure.noPassword }
            try await told.appendAccess(PlannerEvents.passwordRemoved, id: id, user: user, in: transaction)
        }
    }

    /// Who signs in with an address and a password of a program; nil where they do not belong together, or somebody has chosen a new
    /// password of the account since: whoever had it before may have made this one.
    func user(email: String, secret: String, userAgent: String = "") async throws -> (id: UserID, email: String)? {
        let found = try await database.read(as: .system) { transaction -> (password: AppPassword, email: String)? in
            guard let password = try await store.find(digest: AppPassword.digest(secret), in: transaction),
                let user = try await PeopleDirectory().find(email: email, in: transaction), user.id == password.userID,
                let standing = try await accounts.standing(user.id, in: transaction), !standing.isHeldBack,
                standing.passwordChangedAt <= password.createdAt
            else { return nil }
            return (password, user.email)
        }
        guard let found else {
            try await failures?.tell(email: email, way: .appPassword, userAgent: userAgent)
            return nil
        }
        let now = ambient.now()
        if found.password.lastUsedAt.map({ now.timeIntervalSince($0) > Self.pause }) ?? true {
            try await database.transaction(as: .system) { try await store.note(found.password.id, usedAt: now, in: $0) }
        }
        return (found.password.userID, found.email)
    }
}
