import Accounts
import Ambient
import Failures
import FoundationEssentials
package import HTTPServing

/// Passwords of calendar programs, over HTTP.
package struct AppPasswordRoutes: RouteCollection {
    private let service: AppPasswordService

    package init(service: AppPasswordService) { self.service = service }

    package var routes: [Route] { [list, make, remove] }

    private static let tag = "Planner"

    private var list: Route {
        Route.get(
            "/planner/passwords", "List the passwords of calendar programs", tag: Self.tag, returns: AppPasswordList.self
        ) { call in
            AppPasswordList(data: try await service.list(of: try call.user()).map { AppPasswordView($0) })
        }
    }

    private var make: Route {
        Route.post(
            "/planner/passwords", "Make a password for a calendar program", tag: Self.tag, body: NewAppPassword.self,
            returns: AppPasswordView.self, status: 201, failures: [.validationFailed, .conflict, .rateLimited], limit: .login
        ) { call, body in
            let made = try await service.make(
                name: body.name, user: try call.user(), call.shown(body.password, body.code))
            return AppPasswordView(made.password, secret: made.secret)
        }
        .described(
            "For CalDAV at `/dav/`, with your email address as the user name. Shown once: only its digest is kept. A new password of the "
                + "account ends it."
        )
        .needingSignIn()
    }

    private var remove: Route {
        Route.delete(
            "/planner/passwords/:id", "Take a calendar program's password away", tag: Self.tag, failures: [.notFound]
        ) { call in
            try await service.remove(try call.parameter("id"), user: try call.user())
        }
    }
}

struct NewAppPassword: APIType {
    var name: String
    var password: String?
    var code: String?

    static var constraints: [Constraint<NewAppPassword>] {
        [
            .length(\.name, "name", 1...100), .notBlank(\.name, "name"), .example("name", "Thunderbird at home"),
            .describe("name", "Which program or device has it."),
            .length(\.password, "password", 0...4096), .writeOnly("password"), .length(\.code, "code", 0...40), .writeOnly("code"),
            .describe("password", "Of the account, where it has one and the session was not proved a moment ago."),
        ]
    }
}

struct AppPasswordList: APIType {
    var data: [AppPasswordView]
}

struct AppPasswordView: APIType {
    var id: AppPasswordID
    var name: String
    var secret: String?
    var createdAt: Date
    var lastUsedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, name, secret
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }

    init(_ password: AppPassword, secret: String? = nil) {
        (id, name, self.secret) = (password.id, password.name, secret)
        (createdAt, lastUsedAt) = (password.createdAt, password.lastUsedAt)
    }

    static var schemaName: String { "AppPassword" }
    static var constraints: [Constraint<AppPasswordView>] {
        [.describe("secret", "The password itself; only where it was just made."), .describe("last_used_at", "To the hour.")]
    }
}
