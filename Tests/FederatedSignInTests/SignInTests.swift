import Accounts
import Ambient
import Cryptography
import Database
@testable import FederatedSignIn
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import JSON
import OpenIDTesting
import Testing

@Suite("Signing in by others", .timeLimit(.minutes(3)))
struct SignInTests {
    @Test("A newcomer gets an account, and comes back to it by both of two providers", arguments: Dialect.allCases)
    func newcomer(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let way = try await desk.begin(page: "/c/7?x=1")
            let answer = try await desk.complete(way, desk.issuers[0].authorize(way.address))
            let view = try answer.json(CallbackView.self)
            #expect(view.outcome == .signIn && view.page == "/c/7?x=1")
            let grant = try desk.grant(answer)
            #expect(grant.user.email == "ada@example.org" && grant.user.displayName == "Ada" && grant.user.role == .administrator)
            #expect(try await desk.client.bearing(grant.accessToken).get("/users/me").status == 200)
            #expect(try desk.grant(try await desk.signIn()).user.id == grant.user.id)
            #expect(try await desk.count("users") == 1)
            // No password is right.
            for password in ["", "violet harbour 7"] {
                #expect(
                    try await desk.client.post("/auth/login", json: #"{"email":"ada@example.org","password":"\#(password)"}"#)
                        .status >= 400)
            }
            // The other provider, by a link.
            let ada = desk.client.bearing(grant.accessToken)
            await #expect(throws: Refused.self) { _ = try await desk.begin("two", as: ada, purpose: .link) }
            try await desk.prove(as: ada)
            let link = try await desk.begin("two", as: ada, purpose: .link, page: "/settings/account")
            #expect(link.address.contains("prompt=login"))
            let linked = try await desk.complete(
                link, desk.issuers[1].authorize(link.address, as: .init(subject: "b-9", email: "a@elsewhere.org")), as: ada)
            #expect(try linked.json(CallbackView.self).outcome == .link)
            #expect(try desk.grant(try await desk.signIn(1, as: .init(subject: "b-9", email: nil))).user.id == grant.user.id)
            let ways = try await ada.get("/users/me/identities").json(IdentitiesView.self)
            #expect(
                !ways.hasPassword && ways.data.map(\.provider) == ["one", "two"] && ways.providers.map(\.name) == ["one", "two"])
            #expect(ways.data.map(\.email) == ["ada@example.org", "a@elsewhere.org"])
        }
    }

    @Test("What goes to the provider and what comes of it", arguments: Dialect.allCases)
    func request(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let (one, two) = (try await desk.begin(), try await desk.begin("two"))
            let (first, second) = (fields(one.address), fields(two.address))
            #expect(first["redirect_uri"] == "https://study.example.org/sign-in/one")
            #expect(second["redirect_uri"] == "https://study.example.org/sign-in/two")
            #expect(first["code_challenge_method"] == "S256" && first["response_type"] == "code")
            for name in ["state", "nonce", "code_challenge"] {
                #expect(first[name]?.utf8.count == 43 && first[name] != second[name])
            }
            // Nothing of it that is secret is stored.
            let rows = try await desk.database.read(as: .system) {
                try await $0.query("SELECT state_digest, browser_digest FROM sign_in_flows")
            }
            let stored = try rows.flatMap {
                [try $0.get("state_digest", as: String.self), try $0.get("browser_digest", as: String.self)]
            }
            #expect(stored.count == 4 && !stored.contains(one.binding) && !stored.contains(first["state"] ?? ""))
        }
    }

    private func fields(_ address: String) -> [String: String] {
        ScriptedIssuer.fields(String(address.split(separator: "?", maxSplits: 1)[1]))
    }

    @Test("An address that has an account is never taken over", arguments: Dialect.allCases)
    func takeover(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let grant = try await desk.register()
            for email in ["ada@example.org", "ADA@example.org", "Ada@Example.Org"] {
                let answer = try await desk.signIn(as: .init(email: email))
                #expect(answer.status == 409 && answer.reason == "taken")
            }
            #expect(try await desk.count("linked_identities") == 0)
            // Signed in and with the password it is linked.
            let ada = desk.client.bearing(grant.accessToken)
            for password in [nil, "", "wrong"] {
                await #expect(throws: Refused.self) { _ = try await desk.begin(as: ada, purpose: .link, password: password) }
            }
            await #expect(throws: Refused.self) { _ = try await desk.begin(purpose: .link, password: Desk.password) }
            let link = try await desk.begin(as: ada, purpose: .link, password: Desk.password)
            let brought = desk.issuers[0].authorize(link.address)
            // Nobody else finishes it.
            #expect(try await desk.complete(link, brought).reason == "lost")
            let eve = try await desk.register("eve@example.org")
            #expect(try await desk.complete(link, brought, as: desk.client.bearing(eve.accessToken)).reason == "lost")
            #expect(try await desk.complete(link, brought, as: ada).status == 200)
            #expect(try desk.grant(try await desk.signIn()).user.id == grant.user.id.description)
            // Nor does Eve get it linked to herself.
            let other = desk.client.bearing(eve.accessToken)
            let hers = try await desk.begin(as: other, purpose: .link, password: Desk.password)
            #expect(try await desk.complete(hers, desk.issuers[0].authorize(hers.address), as: other).reason == "linked_elsewhere")
        }
    }

    @Test("Where nobody new is taken, nobody new comes in; who is linked does", arguments: Dialect.allCases)
    func closed(_ dialect: Dialect) async throws {
        try await Desk.with(dialect, mode: .closed) { desk async throws in
            #expect(try desk.grant(try await desk.signIn()).user.role == .administrator)
            let refused = try await desk.signIn(as: .init(subject: "b-2", email: "bob@example.org"))
            #expect(refused.status == 403)
            #expect(try await desk.count("users") == 1)
            #expect(try await desk.signIn().status == 200)
        }
    }

    @Test("By invitation who has one comes in, as what it says, and once", arguments: Dialect.allCases)
    func invited(_ dialect: Dialect) async throws {
        try await Desk.with(dialect, mode: .invitation) { desk async throws in
            let grant = try await desk.register()
            let token = try #require(try await desk.accounts.invite(as: .teacher, by: grant.user.id).token)
            let bob = ScriptedIssuer.Person(subject: "b-2", email: "bob@example.org", name: "Bob")
            #expect(try await desk.signIn(as: bob).status == 403)
            let way = try await desk.begin(invitation: token)
            let rows = try await desk.database.read(as: .system) {
                try await $0.query("SELECT invitation FROM sign_in_flows WHERE invitation IS NOT NULL").map {
                    try $0.get("invitation", as: String.self)
                }
            }
            #expect(rows.count == 1 && !rows[0].contains(token))
            #expect(
                try desk.grant(try await desk.complete(way, desk.issuers[0].authorize(way.address, as: bob))).user.role == .teacher)
            let again = try await desk.begin(invitation: token)
            let eve = ScriptedIssuer.Person(subject: "e-3", email: "eve@example.org")
            #expect(try await desk.complete(again, desk.issuers[0].authorize(again.address, as: eve)).status >= 400)
            #expect(try await desk.count("users") == 2)
        }
    }

    @Test("Without an address, or with one that the provider does not vouch for, there is no account")
    func addresses() async throws {
        try await Desk.with { desk async throws in
            #expect(try await desk.signIn(as: .init(isVerified: false)).reason == "unverified")
            #expect(try await desk.signIn(as: .init(subject: "b-2", email: nil)).reason == "no_email")
            #expect(try await desk.count("users") == 0)
            // What the token leaves out is asked for, of the same person.
            #expect(try await desk.signIn(as: .init(email: nil, isVerified: nil)).status == 200)
        }
    }

    @Test("A second factor that is on is asked for, and its codes are braked", arguments: Dialect.allCases)
    func secondFactor(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let grant = try await desk.register()
            let ada = desk.client.bearing(grant.accessToken)
            #expect(try await ada.post("/users/me/second-factor", json: #"{"password":"\#(Desk.password)"}"#).status == 201)
            let sealed = try await desk.database.read(as: .system) {
                try await $0.first("SELECT secret FROM second_factors")?.get("secret", as: String.self)
            }
            let app = OneTimePassword(
                secret: try desk.seal.open(try #require(sealed), place: "second_factors.secret/\(grant.user.id)"))
            func code() -> String { app.code(step: OneTimePassword.step(at: desk.clock.now)) }
            #expect(try await ada.post("/users/me/second-factor/confirm", json: #"{"code":"\#(code())"}"#).status == 200)
            desk.clock.advance(60)
            let link = try await desk.client.bearing(grant.accessToken).send(
                .post, "/auth/authorize",
                json: AuthorizationBody(provider: "one", purpose: .link, password: Desk.password, code: code()))
            let view = try link.json(AuthorizationView.self)
            let way = Desk.Way(provider: "one", address: view.address, binding: try #require(view.binding))
            #expect(try await desk.complete(way, desk.issuers[0].authorize(way.address), as: ada).status == 200)
            desk.clock.advance(60)

            let back = try await desk.begin()
            let brought = desk.issuers[0].authorize(back.address)
            let asked = try await desk.complete(back, brought)
            #expect(try asked.status == 401 && asked.error().details["code"] == "is required")
            // The code of the provider is not asked for twice, and another browser does not come in by the state.
            #expect(
                try await desk.complete(
                    .init(provider: "one", address: "", binding: BrowserBinding().text), brought, secondFactor: code()
                ).reason == "lost")
            #expect(try await desk.complete(back, brought, secondFactor: "000000").status == 401)
            let told = try await desk.database.read(as: .system) { transaction in
                try await transaction.query("SELECT user_id, payload FROM events WHERE event_type = 'user.sign_in_failed'").map {
                    (try $0.optional("user_id", as: UserID.self), try $0.get("payload", as: String.self))
                }
            }
            // That a code was asked for is no failure.
            #expect(told.map(\.0) == [grant.user.id] && told.allSatisfy { $0.1.contains("provider") })
            #expect(
                try desk.grant(try await desk.complete(back, brought, secondFactor: code())).user.id == grant.user.id.description)
            #expect(try await desk.complete(back, brought, secondFactor: code()).reason == "spent")

            let guessing = try await desk.begin()
            let again = desk.issuers[0].authorize(guessing.address)
            #expect(try await desk.complete(guessing, again).status == 401)
            var statuses: [Int] = []
            for guess in 0..<8 { statuses.append(try await desk.complete(guessing, again, secondFactor: "00000\(guess)").status) }
            #expect(statuses.last == 429)
        }
    }

    @Test("The last way in stays", arguments: Dialect.allCases)
    func lastWay(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let grant = try desk.grant(try await desk.signIn())
            let ada = desk.client.bearing(grant.accessToken)
            let first = try #require(try await ada.get("/users/me/identities").json(IdentitiesView.self).data.first)
            try await desk.prove(as: ada)
            let refused = try await ada.delete("/users/me/identities/\(first.id)")
            #expect(refused.status == 409 && refused.reason == "last_way")
            // A password is chosen by way of the provider: by the person who is linked, and nobody else.
            let wrong = try await desk.begin(as: ada, purpose: .password)
            let other = desk.issuers[0].authorize(wrong.address, as: .init(subject: "somebody-else"))
            #expect(try await desk.complete(wrong, other, as: ada).reason == "other_identity")
            let way = try await desk.begin(as: ada, purpose: .password)
            let chosen = try await desk.complete(way, desk.issuers[0].authorize(way.address), as: ada)
            let token = try #require(try chosen.json(CallbackView.self).token)
            let reset = #"{"token":"\#(token)","password":"\#(Desk.password)"}"#
            let entered: GrantView = try await desk.client.post("/auth/reset", json: reset).json()
            // It ends the sessions of before.
            #expect(try await ada.get("/users/me").status == 401)
            let anew = desk.client.bearing(entered.accessToken)
            let proof = UnlinkBody(password: Desk.password)
            #expect(try await anew.send(.delete, "/users/me/identities/\(first.id)", json: proof).status == 204)
            #expect(try await anew.send(.delete, "/users/me/identities/\(first.id)", json: proof).status == 404)
            #expect(try await desk.signIn().reason == "taken")
            let events = try await desk.database.read(as: .system) {
                try await $0.query("SELECT event_type FROM events ORDER BY event_id").map {
                    try $0.get("event_type", as: String.self)
                }
            }
            #expect(events.filter { $0.hasPrefix("user.identity") } == ["user.identity_linked", "user.identity_unlinked"])
        }
    }

    @Test("Who has a password shows it before a link is taken away", arguments: Dialect.allCases)
    func provenUnlink(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let ada = desk.client.bearing(try await desk.register().accessToken)
            let way = try await desk.begin(as: ada, purpose: .link, password: Desk.password)
            #expect(try await desk.complete(way, desk.issuers[0].authorize(way.address), as: ada).status == 200)
            let path =
                "/users/me/identities/\(try #require(try await ada.get("/users/me/identities").json(IdentitiesView.self).data.first).id)"
            let bare = try await ada.delete(path)
            #expect(try bare.status == 400 && bare.error().details["password"] == "is required")
            let wrong = try await ada.send(.delete, path, json: UnlinkBody(password: "wrong one"))
            #expect(try wrong.status == 400 && wrong.error().details["password"] == "is not right")
            #expect(try await ada.get("/users/me/identities").json(IdentitiesView.self).data.count == 1)
            #expect(try await ada.send(.delete, path, json: UnlinkBody(password: Desk.password)).status == 204)
        }
    }

    @Test("A link, and a first password, want a sign-in at the provider that is fresh", arguments: Dialect.allCases)
    func freshSignIn(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let ada = desk.client.bearing(try desk.grant(try await desk.signIn()).accessToken)
            try await desk.prove(as: ada)
            for purpose in [SignInPurpose.link, .password] {
                let provider = purpose == .link ? 1 : 0
                for (age, isFresh) in [(3600.0, false), (5.0, true)] {
                    let then = desk.clock.now.timeIntervalSince1970 - age
                    desk.issuers[provider].sign { $0["auth_time"] = .number(then) }
                    let way = try await desk.begin(provider == 0 ? "one" : "two", as: ada, purpose: purpose)
                    #expect(way.address.contains("max_age=0"))
                    let answer = try await desk.complete(way, desk.issuers[provider].authorize(way.address), as: ada)
                    #expect(isFresh ? answer.status == 200 : answer.status == 403 && answer.reason == "stale", "\(answer.text)")
                }
            }
            // To sign in it may have been at any time.
            desk.issuers[0].sign { $0["auth_time"] = .number(1000) }
            #expect(try await desk.signIn().status == 200)
        }
    }

    @Test("Of two links that are taken away at once one stays", arguments: Dialect.allCases)
    func racingUnlinks(_ dialect: Dialect) async throws {
        try await Desk.with(dialect) { desk async throws in
            let ada = desk.client.bearing(try desk.grant(try await desk.signIn()).accessToken)
            try await desk.prove(as: ada)
            let link = try await desk.begin("two", as: ada, purpose: .link)
            #expect(try await desk.complete(link, desk.issuers[1].authorize(link.address), as: ada).status == 200)
            let known = try await ada.get("/users/me/identities").json(IdentitiesView.self).data
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for identity in known { group.addTask { try await ada.delete("/users/me/identities/\(identity.id)").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [204, 409])
        }
    }

    @Test("The web app's secrets go into cookies of the folder of sign-in")
    func cookies() async throws {
        try await Desk.with { desk async throws in
            let mode: HTTPHeaders = ["X-LM-Session": "cookie"]
            let begun = try await desk.client.send(
                .post, "/auth/authorize", json: AuthorizationBody(provider: "one"), headers: mode)
            let cookie = try #require(begun.headers["Set-Cookie"])
            #expect(cookie.hasPrefix("lm_sign_in=") && cookie.contains("; HttpOnly; SameSite=Strict") && !cookie.contains("Path"))
            let view = try begun.json(AuthorizationView.self)
            #expect(view.binding == nil)
            let brought = desk.issuers[0].authorize(view.address)
            let body = CallbackBody(provider: "one", state: brought["state"] ?? "", code: brought["code"])
            #expect(try await desk.client.send(.post, "/auth/callback", json: body, headers: mode).reason == "lost")
            var shown = mode
            shown["Cookie"] = String(try #require(cookie.split(separator: ";").first))
            let answer = try await desk.client.send(.post, "/auth/callback", json: body, headers: shown)
            #expect(answer.status == 200 && answer.headers["Set-Cookie"]?.hasPrefix("lm_refresh=") == true)
            #expect(try answer.json(CallbackView.self).grant?.refreshToken == nil)
            var secure = mode
            secure["X-Forwarded-Proto"] = "https"
            let again = try await desk.client.send(
                .post, "/auth/authorize", json: AuthorizationBody(provider: "one"), headers: secure)
            let named = try #require(again.headers["Set-Cookie"])
            #expect(named.hasPrefix("__Secure-lm_sign_in=") && named.contains("; Secure"))
        }
    }

    @Test("Afterwards one is on a page of the app, never on another site")
    func pages() {
        for page in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "", nil] {
            #expect(FederatedSignInService.inside(page) == "/", "\(page ?? "")")
        }
        #expect(FederatedSignInService.inside("/c/7?a=b#c") == "/c/7?a=b#c")
    }
}
