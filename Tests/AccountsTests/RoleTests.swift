import Accounts
import Ambient
import Database
import Failures
import HTTPServing
import HTTPServingTesting
import Testing

@Suite("Who is an administrator", .timeLimit(.minutes(3)))
struct RoleTests {
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

    private func administrators(_ office: Office) async throws -> [UserID] {
        try await office.database.read(as: .system) {
            try await $0.query("SELECT id FROM users WHERE role = 'administrator'").map { try $0.get("id") }
        }
    }

    @Test(
        "Whom an administrator makes one is one with the next token; who is one no longer is out at once",
        arguments: Dialect.allCases)
    func change(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let client = client(office)
            let admin = client.bearing(try await office.register().accessToken)
            let ben = try await office.register("ben@example.org")
            let path = "/admin/users/\(ben.user.id)"

            let made = try await admin.patch(path, json: #"{"role":"administrator"}"#)
            #expect(made.status == 200)
            #expect(try made.json(UserView.self).role == .administrator)
            #expect(try await client.bearing(ben.accessToken).get("/admin/users").status == 403)
            let next = try await office.service.refresh(ben.refreshToken)
            #expect(next.user.role == .administrator)
            let asBen = client.bearing(next.accessToken)
            #expect(try await asBen.get("/admin/users").status == 200)
            // Nothing changes, so nothing is told and nobody is signed out.
            #expect(try await admin.patch(path, json: #"{"role":"administrator"}"#).status == 200)
            #expect(try await asBen.get("/admin/users").status == 200)

            #expect(try await admin.patch(path, json: #"{"role":"student"}"#).status == 200)
            #expect(try await asBen.get("/users/me").status == 401)
            #expect(await code { _ = try await office.service.refresh(next.refreshToken) } == .unauthenticated)
            let again = try await office.service.logIn(email: "ben@example.org", password: Office.password)
            #expect(again.user.role == .student)
            #expect(try await office.events().filter { $0 == "user.role_changed" }.count == 2)
        }
    }

    @Test("Any role can be given; who loses one of the things that they might is out at once", arguments: Dialect.allCases)
    func roles(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let client = client(office)
            _ = try await office.register()
            let ben = try await office.register("ben@example.org").user.id
            // Whether who was signed in with the role before still is.
            for (role, stays) in [
                (UserRole.teacher, true), (.moderator, false), (.administrator, true), (.teacher, false), (.teacher, true),
                (.student, false),
            ] {
                let before = try await office.service.logIn(email: "ben@example.org", password: Office.password)
                #expect(try await office.service.setRole(role, of: ben).role == role)
                #expect(try await client.bearing(before.accessToken).get("/users/me").status == (stays ? 200 : 401), "\(role)")
            }
            #expect(try await office.events().filter { $0 == "user.role_changed" }.count == 5)
            await #expect(throws: DatabaseFailure.self) {
                try await office.database.transaction(as: .system) {
                    try await $0.execute("UPDATE users SET role = 'owner' WHERE id = \(ben)")
                }
            }
        }
    }

    @Test("Only administrators may, and only with what makes sense", arguments: Dialect.allCases)
    func refusals(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let client = client(office)
            let ada = try await office.register()
            let ben = try await office.register("ben@example.org")
            let (admin, student) = (client.bearing(ada.accessToken), client.bearing(ben.accessToken))
            let body = #"{"role":"administrator"}"#
            #expect(try await client.patch("/admin/users/\(ben.user.id)", json: body).status == 401)
            #expect(try await student.patch("/admin/users/\(ben.user.id)", json: body).status == 403)
            #expect(try await admin.patch("/admin/users/\(UserID(office.clock.ambient.newUUID()))", json: body).status == 404)
            #expect(try await admin.patch("/admin/users/\(ben.user.id)", json: #"{"role":"owner"}"#).status == 400)
            #expect(try await admin.patch("/admin/users/\(ben.user.id)", json: "{}").status == 400)
            #expect(try await admin.patch("/admin/users/\(ada.user.id)", json: #"{"role":"student"}"#).status == 409)
            #expect(try await administrators(office) == [ada.user.id])
            #expect(try await admin.get("/users/me").status == 200)
        }
    }

    @Test("Of administrators who are all demoted at once, one stays", arguments: Dialect.allCases)
    func race(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            var people = [try await office.register().user.id]
            for number in 1..<6 {
                people.append(try await office.register("user\(number)@example.org").user.id)
                _ = try await office.service.setRole(.administrator, of: people[number])
            }
            let refused = await withTaskGroup(of: FailureCode?.self) { group in
                for id in people { group.addTask { await code { _ = try await office.service.setRole(.student, of: id) } } }
                return await group.reduce(into: [FailureCode]()) { if let code = $1 { $0.append(code) } }
            }
            #expect(refused == [.conflict])
            #expect(try await administrators(office).count == 1)
        }
    }

    @Test("The last one stays also when the other leaves at that moment", arguments: Dialect.allCases)
    func leaving(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register().user.id
            let ben = try await office.register("ben@example.org").user.id
            _ = try await office.service.setRole(.administrator, of: ben)
            async let demoted = code { _ = try await office.service.setRole(.student, of: ben) }
            async let left = code { try await office.service.delete(ada, password: Office.password) }
            let outcome = await [demoted, left]
            #expect(outcome.compactMap(\.self) == [.conflict])
            #expect(try await administrators(office).count == 1)
        }
    }

    @Test("Who signs in while being demoted does not stay an administrator", arguments: Dialect.allCases)
    func signingIn(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let client = client(office)
            _ = try await office.register()
            let ben = try await office.register("ben@example.org").user.id
            for _ in 0..<10 {
                _ = try await office.service.setRole(.administrator, of: ben)
                async let demoted = office.service.setRole(.student, of: ben)
                async let grant = office.service.logIn(email: "ben@example.org", password: Office.password)
                let (user, token) = try await (demoted, grant.accessToken)
                #expect(user.role == .student)
                #expect(try await client.bearing(token).get("/admin/users").status != 200)
            }
        }
    }
}
