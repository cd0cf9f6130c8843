import Ambient
import Failures
package import FoundationEssentials
package import HTTPServing

/// `/admin/users`: who has an account, and the way back in for those who lost their password.
package struct AdministrationRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    package var routes: [Route] {
        [
            .get(
                "/admin/users", "List everybody with an account", tag: "Administration", access: .moderator,
                query: UserQuery.self, returns: Page<UserEntryView>.self
            ) { [service] _, query in
                let (users, total) = try await service.users(
                    matching: query.q, offset: (query.page - 1) * query.limit, limit: query.limit)
                return Page(data: users.map(UserEntryView.init), page: query.page, limit: query.limit, total: total)
            },
            .patch(
                "/admin/users/:id", "Give somebody another role", tag: "Administration",
                access: .administrator, body: RoleRequest.self, returns: UserView.self, failures: [.notFound, .conflict]
            ) { [service] call, input in
                UserView(try await service.setRole(input.role, of: try call.parameter("id"), by: try call.user()))
            }.described(
                "Who may do more does so with the next access token. Who may no longer do something is signed out everywhere. One "
                    + "administrator always stays."),
            .post(
                "/admin/users/:id/reset-password", "Give somebody a one-time link to a new password", tag: "Administration",
                access: .administrator, returns: PasswordResetView.self, failures: [.notFound]
            ) { [service] call in
                let reset = try await service.resetPassword(of: try call.parameter("id"))
                return PasswordResetView(
                    token: reset.token, page: "reset#token=\(reset.token)", expiresAt: reset.expiresAt)
            }.described("The old password is worth nothing from then on, and all sessions of the account end."),
        ]
    }
}

/// `GET /admin/users`
package struct UserQuery: APIType, Hashable {
    package var page: Int
    package var limit: Int
    package var q: String?

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        page = try container.decodeIfPresent(Int.self, forKey: .page) ?? 1
        limit = try container.decodeIfPresent(Int.self, forKey: .limit) ?? 20
        q = try container.decodeIfPresent(String.self, forKey: .q)
    }

    package enum CodingKeys: String, CodingKey { case page, limit, q }

    package static var constraints: [Constraint<UserQuery>] {
        [
            .range(\.page, "page", 1...1_000_000), .range(\.limit, "limit", 1...100), .length(\.q, "q", 0...254),
            .describe("page", "Which page, counted from 1."), .describe("limit", "Items a page."),
            .describe("q", "Part of the address or of the name."),
        ]
    }
}

/// `PATCH /admin/users/:id`
package struct RoleRequest: APIType {
    package var role: UserRole
}

/// A person as administrators see them.
package struct UserEntryView: APIType {
    package var id: String
    package var email: String
    package var displayName: String
    package var role: UserRole
    package var createdAt: Date
    /// Of the sessions that are open; absent without one.
    package var lastSeenAt: Date?

    init(_ entry: (user: User, lastSeen: Date?)) {
        (id, email, displayName) = (entry.user.id.description, entry.user.email, entry.user.displayName)
        (role, createdAt, lastSeenAt) = (entry.user.role, entry.user.createdAt, entry.lastSeen)
    }

    package enum CodingKeys: String, CodingKey {
        case id, email, role
        case displayName = "display_name"
        case createdAt = "created_at"
        case lastSeenAt = "last_seen_at"
    }
}

/// A one-time link, shown once.
package struct PasswordResetView: APIType {
    package var token: String
    /// The app's page with the token, from the app's own address on.
    package var page: String
    package var expiresAt: Date

    package enum CodingKeys: String, CodingKey {
        case token, page
        case expiresAt = "expires_at"
    }
}
