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
    private let ambient: Ambient
    private let store = AppPasswordStore()
    private let failures: SignInFailures?

    /// - Parameter failures: is told of who does not get in.
    package init(database: any Database, failures: SignInFailures? = nil, ambient: Ambient = .live) {
        self.database = database
        self.failures = failures
        self.ambient = ambient
    }

    func list(of user: UserID) async throws -> [AppPassword] {
        try await database.read(as: .user(user)) { try await store.list(of: user, in: $0) }
    }

    /// - Returns: with the secret, which is kept nowhere.
    func make(name: String, user: UserID) async throws -> (password: AppPassword, secret: String) {
        let secret = AppPassword.secret()
        let password = AppPassword(
            id: ambient.newID(), userID: user, name: name.split(whereSeparator: \.isWhitespace).joined(separator: " "),
            createdAt: ambient.now())
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.list(of: user, in: transaction).count < Self.most else { throw PlannerFailure.tooManyPasswords }
            try await store.insert(password, digest: AppPassword.digest(secret), in: transaction)
        }
        return (password, secret)
    }

    func remove(_ id: AppPasswordID, user: UserID) async throws {
        let isGone = try await database.transaction(as: .user(user)) { try await store.delete(id, user: user, in: $0) }
        if !isGone { throw PlannerFailure.noPassword }
    }

    /// Who signs in with an address and a password of a program; nil where they do not belong together.
    func user(email: String, secret: String, userAgent: String = "") async throws -> (id: UserID, email: String)? {
        let found = try await database.read(as: .system) { transaction -> (password: AppPassword, email: String)? in
            guard let password = try await store.find(digest: AppPassword.digest(secret), in: transaction),
                let user = try await PeopleDirectory().find(email: email, in: transaction), user.id == password.userID
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
