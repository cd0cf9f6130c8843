import Accounts
import Cryptography
import Database
import DatabaseTesting
@testable import FederatedSignIn
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import OpenIDTesting
import Testing

/// People who came by another service and have no password.
@Suite("Proof without a password", .timeLimit(.minutes(3)))
struct PasswordlessTests {
    @Test("To sign in again at the service is the proof, for this session and ten minutes", arguments: Dialect.allCases)
    func proves(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            _ = try await desk.register("root@example.org")
            let person = ScriptedIssuer.Person(subject: "a-1", email: "new@example.org")
            let ada = desk.client.bearing(try desk.grant(try await desk.signIn(as: person)).accessToken)
            let other = desk.client.bearing(try desk.grant(try await desk.signIn(as: person)).accessToken)
            func removal(_ client: TestClient) async throws -> Int {
                try await client.send(.delete, "/users/me", json: [String: String]()).status
            }
            #expect(try await removal(ada) == 400)

            // Somebody else's sign-in is none of theirs, and neither is one that another began.
            let wrong = try await desk.begin(as: ada, purpose: .prove)
            let brought = desk.issuers[0].authorize(wrong.address, as: .init(subject: "somebody-else"))
            #expect(try await desk.complete(wrong, brought, as: ada).reason == "other_identity")
            #expect(try await removal(ada) == 400)
            let nobodys = try await desk.begin(as: ada, purpose: .prove)
            #expect(
                try await desk.complete(nobodys, desk.issuers[0].authorize(nobodys.address, as: person)).reason == "lost")
            await #expect(throws: Refused.self) { _ = try await desk.begin(purpose: .prove) }

            let way = try await desk.begin(as: ada, purpose: .prove, page: "/settings/data")
            #expect(way.address.contains("prompt=login"))
            let back = desk.issuers[0].authorize(way.address, as: person)
            let view = try await desk.complete(way, back, as: ada).json(CallbackView.self)
            #expect(view.outcome == .prove && view.page == "/settings/data" && view.grant == nil)
            #expect(try await desk.complete(way, back, as: ada).reason == "spent")
            // Another session of theirs is not proved by it, and this one no more after ten minutes.
            #expect(try await removal(other) == 400)
            desk.clock.advance(601)
            #expect(try await removal(ada) == 400)
            let again = try await desk.begin(as: ada, purpose: .prove)
            let once = desk.issuers[0].authorize(again.address, as: person)
            #expect(try await desk.complete(again, once, as: ada).status == 200)
            #expect(try await removal(ada) == 204)
            #expect(try await desk.count("linked_identities") == 0)
        }
    }

    @Test("Who has a password shows that", arguments: Dialect.allCases)
    func passwordFirst(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let ada = desk.client.bearing(try await desk.register().accessToken)
            await #expect(throws: Refused.self) { _ = try await desk.begin(as: ada, purpose: .prove) }
        }
    }

    @Test("Where codes are on, one is asked for besides", arguments: Dialect.allCases)
    func secondFactor(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let grant = try desk.grant(try await desk.signIn())
            let ada = desk.client.bearing(grant.accessToken)
            try await desk.prove(as: ada)
            #expect(try await ada.post("/users/me/second-factor", json: "{}").status == 201)
            let sealed = try await desk.database.read(as: .system) {
                try await $0.first("SELECT secret FROM second_factors")?.get("secret", as: String.self)
            }
            let app = OneTimePassword(
                secret: try desk.seal.open(try #require(sealed), place: "second_factors.secret/\(grant.user.id)"))
            func code() -> String { app.code(step: OneTimePassword.step(at: desk.clock.now)) }
            #expect(try await ada.post("/users/me/second-factor/confirm", json: #"{"code":"\#(code())"}"#).status == 200)
            desk.clock.advance(700)
            let way = try await desk.begin(as: ada, purpose: .prove)
            let brought = desk.issuers[0].authorize(way.address)
            let asked = try await desk.complete(way, brought, as: ada)
            #expect(try asked.status == 401 && asked.error().details["code"] == "is required")
            #expect(try await desk.complete(way, brought, as: ada, secondFactor: "000000").status == 401)
            #expect(try await desk.complete(way, brought, as: ada, secondFactor: code()).status == 200)
        }
    }
}
