import Accounts
import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// `/users/me/tokens`: tokens for programs of one's own.
package struct PersonalTokenRoutes: RouteCollection {
    private let service: PersonalTokenService

    package init(service: PersonalTokenService) { self.service = service }

    /// What a token may be for: the areas of the API that take tokens, by the tags of their routes.
    package static let areas: Set<String> = [
        "cards", "chat", "classes", "companion", "courses", "events", "grades", "jobs", "library", "memory", "notes",
        "notifications",
        "planner",
        "questions", "quiz-statistics", "quiz-taking", "quizzes", "reading-aloud", "recordings", "reviews", "speech", "transcripts",
    ]

    package var routes: [Route] { [list, make, remove] }

    private static let tag = "Tokens"

    private var list: Route {
        .get("/users/me/tokens", "List your tokens", tag: Self.tag, returns: Page<PersonalTokenView>.self) { [service] call in
            let views = try await service.list(of: try call.user()).map { PersonalTokenView($0) }
            return Page(data: views, page: 1, limit: max(1, views.count), total: views.count)
        }
    }

    private var make: Route {
        .post(
            "/users/me/tokens", "Make a token for a program", tag: Self.tag, body: NewPersonalToken.self,
            returns: PersonalTokenView.self, status: 201, failures: [.conflict, .rateLimited], limit: .login
        ) { [service] call, input in
            for text in input.scopes {
                guard let scope = TokenScope(text), scope.area.map({ Self.areas.contains($0) }) ?? true else {
                    throw TokensFailure.scope(text)
                }
            }
            let made = try await service.make(
                input.name, scopes: input.scopes, days: input.days ?? 90, user: try call.user(),
                call.shown(input.password, input.code))
            return PersonalTokenView(made.token, secret: made.secret)
        }.described(
            "It goes into `Authorization: Bearer`. Shown once: only its digest is kept. Scopes are `read` and `write`, of everything or of an "
                + "area (`library:read`, `cards:write`); what opens or closes an account takes no token. A new password ends all of them."
        )
    }

    private var remove: Route {
        .delete("/users/me/tokens/:id", "Take a token away", tag: Self.tag, failures: [.notFound]) { [service] call in
            try await service.remove(try call.parameter("id"), user: try call.user())
        }.described("It is worth nothing from then on.")
    }
}

struct NewPersonalToken: APIType {
    var name: String
    var scopes: [String]
    var days: Int?
    var password: String?
    var code: String?

    static var constraints: [Constraint<NewPersonalToken>] {
        [
            .length(\.name, "name", 1...100), .notBlank(\.name, "name"), .example("name", "Backup at home"),
            .count(\.scopes, "scopes", 1...30), .describe("scopes", "`read`, `write`, or those of areas: `library:read`."),
            .range(\.days, "days", PersonalTokenService.days), .describe("days", "How long it is good; 90 where nothing is said."),
            .length(\.password, "password", 0...4096), .writeOnly("password"), .length(\.code, "code", 0...40), .writeOnly("code"),
            .describe("password", "Of the account, where it has one."),
        ]
    }
}

/// A token as its owner sees it.
struct PersonalTokenView: APIType {
    var id: PersonalTokenID
    var name: String
    var scopes: [String]
    var token: String?
    var createdAt: Date
    var expiresAt: Date
    var lastUsedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, name, scopes, token
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
    }

    init(_ token: PersonalToken, secret: String? = nil) {
        (id, name, scopes, self.token) = (token.id, token.name, token.scopes, secret)
        (createdAt, expiresAt, lastUsedAt) = (token.createdAt, token.expiresAt, token.lastUsedAt)
    }

    static var schemaName: String { "PersonalToken" }
    static var constraints: [Constraint<PersonalTokenView>] {
        [.describe("token", "The token itself; only where it was just made."), .describe("last_used_at", "To the minute.")]
    }
}
