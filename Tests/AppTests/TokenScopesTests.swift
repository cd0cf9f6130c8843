@testable import App
import Assembly
import Database
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing
import Tokens

@Suite("What tokens are for", .timeLimit(.minutes(3)))
struct TokenScopesTests {
    @Test("Each area whose routes take tokens can be named by their scopes")
    func areas() async throws {
        try await Stage.with(.sqlite, running: false) { stage in
            let routes = stage.app.features.flatMap { $0.parts.routes + $0.parts.rootRoutes }.flatMap(\.routes)
            let areas = Set(routes.filter { $0.details.access == .signedIn }.compactMap(\.scope?.area))
            #expect(areas.count > 15)
            // A new area is named in `PersonalTokenRoutes`, or its routes need a sign-in.
            #expect(areas.subtracting(PersonalTokenRoutes.areas).isEmpty)
        }
    }

    @Test("A token that may do everything opens no account, looks after nobody, and makes no other", arguments: Dialect.allCases)
    func account(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let ann = try await stage.person("ann")
            let wish = #"{"name": "a", "scopes": ["write"], "password": "\#(Stage.password)"}"#
            let made = try await ann.client.post("/api/v1/users/me/tokens", json: wish)
            try #require(made.status == 201, "\(made.text)")
            let client = stage.client.bearing(try #require(try made.json(JSONValue.self)["token"]?.text))
            #expect(try await client.get("/api/v1/documents").status == 200)
            var asked = 0
            let own = ["/api/v1/users", "/api/v1/admin/", "/api/v1/auth/logout-all"]
            for operation in try Operation.all(of: stage.app) where own.contains(where: operation.template.hasPrefix) {
                let answer = try await client.send(operation.method, operation.path(with: { _ in ann.id }))
                #expect(answer.status == 403, "\(operation.name)")
                asked += 1
            }
            #expect(asked > 15)
            // Nor a way into the calendar that outlives it.
            for path in ["passwords", "calendar"] {
                #expect(try await client.post("/api/v1/planner/\(path)", json: #"{"name": "a"}"#).status == 403)
            }
            #expect(try await ann.client.get("/api/v1/users/me").status == 200)
        }
    }
}
