import Ambient
package import Assembly
import Database
import FoundationEssentials
import Places

extension AccountsService {
    /// The account and its sign-ins, as `account.json`. The end of the account itself removes them.
    package static let portability = AccountPortability(export: { user, transaction in
        let store = AccountStore()
        guard let account = try await store.user(user, in: transaction) else { return [] }
        let sessions = try await SessionStore().list(of: user, at: Date(timeIntervalSince1970: 0), in: transaction)
        return [.init("account.json", json: ExportedAccount(account, sessions))]
    })
}

private struct ExportedAccount: Encodable, Sendable {
    struct SignIn: Encodable, Sendable {
        let userAgent: String
        let createdAt: Date
        let lastUsedAt: Date
        let address: String?
        let country: String?
        let city: String?
    }

    let id: String
    let email: String
    let displayName: String
    let role: String
    let createdAt: Date
    let sessions: [SignIn]

    init(_ user: User, _ sessions: [Session]) {
        id = user.id.description
        email = user.email
        displayName = user.displayName
        role = user.role.rawValue
        createdAt = user.createdAt
        self.sessions = sessions.map {
            SignIn(
                userAgent: $0.userAgent, createdAt: $0.createdAt, lastUsedAt: $0.lastUsedAt, address: $0.address,
                country: $0.place?.country,
                city: $0.place?.city)
        }
    }
}
