import Accounts
import Ambient
import Database
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@Suite("The way back in without the password", .timeLimit(.minutes(3)))
struct RecoveryTests {
    private static let another = "quiet meadow 42"

    private func code(_ body: () async throws -> Void) async -> FailureCode? {
        do { try await body() } catch { return FailureCode(of: error) }
        return nil
    }

    private func client(_ office: Office) -> TestClient {
        var policy = ServingPolicy()
        policy.rateLimits = nil
        return TestClient(
            Router(
                [AccountsRoutes(service: office.service), AdministrationRoutes(service: office.service)],
                authenticator: TokenAuthenticator(office.service), policy: policy, ambient: office.clock.ambient))
    }

    @Test("A link lets its holder choose a password, once; the old one and the sessions are gone", arguments: Dialect.allCases)
    func once(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            let reset = try await office.service.resetPassword(of: grant.user.id)
            #expect(reset.user == grant.user)
            #expect(reset.expiresAt == office.clock.now.addingTimeInterval(3600))
            #expect(await code { _ = try await office.service.refresh(grant.refreshToken) } == .unauthenticated)
            #expect(
                await code { _ = try await office.service.logIn(email: "ada@example.org", password: Office.password) }
                    == .unauthenticated)
            #expect(await code { _ = try await office.service.logIn(email: "ada@example.org", password: "") } == .unauthenticated)
            // A password that is not acceptable leaves the link as it was.
            #expect(
                await code { _ = try await office.service.choosePassword("password123", with: reset.token) } == .validationFailed)
            let next = try await office.service.choosePassword(Self.another, with: reset.token)
            #expect(next.user == grant.user)
            _ = try await office.service.refresh(next.refreshToken)
            _ = try await office.service.logIn(email: "ada@example.org", password: Self.another)
            #expect(await code { _ = try await office.service.choosePassword("third phrase 9", with: reset.token) } == .notFound)
        }
    }

    @Test("A password chosen by a mailed link ends the sessions that were open", arguments: Dialect.allCases)
    func otherSessions(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            let thief = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            // As it is mailed: the sessions stay until another password is chosen.
            let token = try await office.database.transaction(as: .system) {
                try await office.service.passwordLink(of: grant.user.id, in: $0)
            }
            let client = client(office)
            #expect(try await client.bearing(thief.accessToken).get("/users/me").status == 200)
            let next = try await office.service.choosePassword(Self.another, with: token)
            #expect(try await client.bearing(thief.accessToken).get("/users/me").status == 401)
            #expect(try await client.bearing(next.accessToken).get("/users/me").status == 200)
            for old in [grant, thief] {
                #expect(await code { _ = try await office.service.refresh(old.refreshToken) } == .unauthenticated)
            }
            #expect(try await office.service.sessions(of: grant.user.id).map(\.id) == [next.session])
        }
    }

    @Test("It is good for an hour, and until another is given", arguments: Dialect.allCases)
    func expiry(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            let first = try await office.service.resetPassword(of: grant.user.id)
            let second = try await office.service.resetPassword(of: grant.user.id)
            #expect(await code { _ = try await office.service.choosePassword(Self.another, with: first.token) } == .notFound)
            office.clock.advance(3601)
            #expect(await code { _ = try await office.service.choosePassword(Self.another, with: second.token) } == .notFound)
            let third = try await office.service.resetPassword(of: grant.user.id)
            office.clock.advance(3599)
            _ = try await office.service.choosePassword(Self.another, with: third.token)
        }
    }

    @Test("Of many who show it at once, one chooses", arguments: Dialect.allCases)
    func race(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            let reset = try await office.service.resetPassword(of: grant.user.id)
            let chosen = await withTaskGroup(of: String?.self) { group in
                for number in 0..<8 {
                    let password = "quiet meadow \(number)"
                    group.addTask {
                        (try? await office.service.choosePassword(password, with: reset.token)).map { _ in password }
                    }
                }
                return await group.reduce(into: [String]()) { if let password = $1 { $0.append(password) } }
            }
            #expect(chosen.count == 1)
            _ = try await office.service.logIn(email: "ada@example.org", password: try #require(chosen.first))
        }
    }

    @Test("Only its digest is stored, and an account that waits after wrong passwords waits no longer", arguments: Dialect.allCases)
    func storage(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let grant = try await office.register()
            for _ in 0..<5 {
                _ = await code { _ = try await office.service.logIn(email: "ada@example.org", password: "wrong one") }
            }
            let reset = try await office.service.resetPassword(of: grant.user.id)
            let stored = try await office.database.read(as: .system) {
                try await $0.query("SELECT digest FROM password_resets").map { try $0.get("digest", as: String.self) }
            }
            #expect(stored.count == 1 && stored.first != reset.token)
            _ = try await office.service.choosePassword(Self.another, with: reset.token)
            _ = try await office.service.logIn(email: "ada@example.org", password: Self.another)
        }
    }

    @Test("An administrator finds people and gives links; a student may not", arguments: Dialect.allCases)
    func administration(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let client = client(office)
            let admin = client.bearing(try await office.register().accessToken)
            let people = try await office.register("ben_a@example.org")
            for name in ["cy", "dora"] { _ = try await office.register("\(name)@example.org") }
            #expect(try await client.get("/admin/users").status == 401)
            let student = client.bearing(people.accessToken)
            #expect(try await student.get("/admin/users").status == 403)
            #expect(try await student.post("/admin/users/\(people.user.id)/reset-password").status == 403)

            let page = try await admin.get("/admin/users?page=2&limit=3").json(Page<UserEntryView>.self)
            #expect(page.pagination == Pagination(page: 2, limit: 3, total: 4))
            #expect(page.data.map(\.email) == ["dora@example.org"])
            // What a pattern would mean is text here.
            let found = try await admin.get("/admin/users?q=N_A%40").json(Page<UserEntryView>.self)
            #expect(found.data.map(\.email) == ["ben_a@example.org"])
            #expect(found.data.first?.lastSeenAt == office.clock.now)
            #expect(try await admin.get("/admin/users?q=%25").json(Page<UserEntryView>.self).data.isEmpty)

            let answer = try await admin.post("/admin/users/\(people.user.id)/reset-password")
            #expect(answer.status == 200)
            let link = try answer.json(PasswordResetView.self)
            #expect(link.page == "reset#token=\(link.token)")
            #expect(try await student.get("/users/me").status == 401)
            #expect(try await admin.post("/admin/users/\(UserID(office.clock.ambient.newUUID()))/reset-password").status == 404)

            let weak = try await client.post("/auth/reset", json: #"{"token":"\#(link.token)","password":"1234567890"}"#)
            #expect(weak.status == 400)
            #expect(try weak.error().details["password"] != nil)
            let chosen = try await client.post(
                "/auth/reset", json: #"{"token":"\#(link.token)","password":"\#(Self.another)"}"#,
                headers: ["X-LM-Session": "cookie"])
            #expect(chosen.status == 200)
            #expect(chosen.headers["Set-Cookie"]?.hasPrefix("lm_refresh=") == true)
            let grant = try chosen.json(GrantView.self)
            #expect(grant.user.email == "ben_a@example.org" && grant.refreshToken == nil)
            let again = try await client.post("/auth/reset", json: #"{"token":"\#(link.token)","password":"\#(Self.another)"}"#)
            #expect(again.status == 404)
        }
    }
}
