import Accounts
import Ambient
import Database
import Failures
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

@Suite("Invitations", .timeLimit(.minutes(3)))
struct InvitationTests {
    private func failure(_ body: () async throws -> Void) async -> AccountsFailure? {
        do { try await body() } catch { return error as? AccountsFailure }
        return nil
    }

    private func register(_ office: Office, _ email: String, by token: String?) async throws -> Grant {
        try await office.service.register(email: email, password: Office.password, displayName: "Ben", invitation: token)
    }

    @Test(
        "Where registration is by invitation a link makes an account of its role, as often as it says",
        arguments: Dialect.allCases)
    func invited(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.registration = .invitation }) { office in
            let ada = try await office.register().user
            #expect(ada.role == .administrator)
            #expect(try await office.service.status() == (false, true, false))
            let without = await failure { _ = try await register(office, "ben@example.org", by: nil) }
            #expect(without?.code == .forbidden && without?.details["invitation"] == nil)

            let (made, shown) = try await office.service.invite(as: .teacher, uses: 2, by: ada.id)
            let token = try #require(shown)
            #expect(made.state == .open && made.inviter == "Ada")
            let look = try await office.service.lookAtInvitation(token)
            #expect(look.invitation.role == .teacher && look.inviter == "Ada" && look.invitation.purpose == .account)
            #expect(try await register(office, "ben@example.org", by: token).user.role == .teacher)
            // What is refused for another reason uses nothing up.
            #expect(await failure { _ = try await register(office, "ben@example.org", by: token) }?.code == .conflict)
            #expect(try await register(office, "cleo@example.org", by: token).user.role == .teacher)
            let spent = await failure { _ = try await register(office, "dora@example.org", by: token) }
            #expect(spent?.code == .forbidden && spent?.details["invitation"] == "spent")
            #expect(await failure { _ = try await office.service.lookAtInvitation(token) }?.details["invitation"] == "spent")
            let listed = try await office.service.invitations(for: ada.id)
            #expect(listed.map(\.state) == [.spent] && listed.map(\.invitation.uses) == [2])
            #expect(try await office.events().filter { $0 == "invitation.made" }.count == 1)
        }
    }

    @Test("Of many who come at once by a link for one, one gets in", arguments: Dialect.allCases)
    func race(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.registration = .invitation }) { office in
            let ada = try await office.register().user.id
            let token = try await office.service.invite(as: .student, by: ada).token
            let refused = await withTaskGroup(of: String?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        await failure { _ = try await register(office, "user\(number)@example.org", by: token) }.map {
                            $0.details["invitation"] ?? "\($0)"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { if let reason = $1 { $0.append(reason) } }
            }
            #expect(refused == Array(repeating: "spent", count: 7))
        }
    }

    @Test("What is too old, taken back or made up is refused with the reason", arguments: Dialect.allCases)
    func over(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.registration = .invitation }) { office in
            let ada = try await office.register().user.id
            let (old, oldToken) = try await office.service.invite(as: .student, days: 1, by: ada)
            let (taken, takenToken) = try await office.service.invite(as: .student, days: 30, by: ada)
            office.clock.advance(86_400)
            try await office.service.revokeInvitation(taken.invitation.id, by: ada)
            for (token, reason) in [(oldToken, "expired"), (takenToken, "revoked"), ("made up", "unknown")] {
                #expect(
                    await failure { _ = try await register(office, "ben@example.org", by: token) }?.details["invitation"] == reason)
                #expect(
                    await failure { _ = try await office.service.lookAtInvitation(token ?? "") }?.details["invitation"] == reason)
            }
            // Once more changes nothing, and is no mistake.
            try await office.service.revokeInvitation(taken.invitation.id, by: ada)
            #expect(try await office.service.invitations(for: ada).map(\.state) == [.revoked, .expired])
            #expect(try await office.events().filter { $0 == "invitation.revoked" }.count == 1)
            let nobodys = await failure {
                try await office.service.revokeInvitation(InvitationID(office.clock.ambient.newUUID()), by: ada)
            }
            #expect(nobodys?.code == .notFound)
            _ = old
        }
    }

    @Test("Closed is closed for invitations too; open takes them and gives their role", arguments: Dialect.allCases)
    func modes(_ dialect: Dialect) async throws {
        try await withOffice(dialect, { $0.registration = .closed }) { office in
            let ada = try await office.register().user.id
            let token = try await office.service.invite(as: .student, by: ada).token
            let refused = await failure { _ = try await register(office, "ben@example.org", by: token) }
            #expect(refused?.code == .forbidden && refused?.details["invitation"] == nil)
        }
        try await withOffice(dialect) { office in
            let ada = try await office.register().user.id
            let token = try await office.service.invite(as: .moderator, by: ada).token
            #expect(try await register(office, "ben@example.org", by: token).user.role == .moderator)
            #expect(try await register(office, "cleo@example.org", by: nil).user.role == .student)
        }
    }

    @Test("The database holds nothing by which a link could be made again", arguments: Dialect.allCases)
    func digest(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register().user.id
            let token = try #require(try await office.service.invite(as: .student, by: ada).token)
            let digest: String = try await office.database.read(as: .system) {
                try #require(try await $0.first("SELECT digest FROM invitations")).get("digest")
            }
            #expect(digest != token && !digest.contains(token))
            let told = try await office.database.read(as: .system) { transaction in
                try await transaction.query("SELECT CAST(payload AS text) AS payload FROM events").map {
                    try $0.get("payload", as: String.self)
                }
            }
            #expect(!told.contains { $0.contains(token) })
        }
    }

    @Test("Moderators invite students and see their own invitations; everybody else none", arguments: Dialect.allCases)
    func moderators(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            var policy = ServingPolicy()
            policy.rateLimits = nil
            let client = TestClient(
                Router(
                    [
                        AccountsRoutes(service: office.service), AdministrationRoutes(service: office.service),
                        InvitationRoutes(service: office.service),
                    ],
                    authenticator: TokenAuthenticator(office.service), policy: policy, ambient: office.clock.ambient))
            let ada = client.bearing(try await office.register().accessToken)
            var people: [UserRole: TestClient] = [:]
            for role in [UserRole.moderator, .teacher, .student] {
                let email = "\(role.rawValue)@example.org"
                let token = try await office.service.invite(as: role, by: try await office.service.firstUser()!.id).token
                people[role] = client.bearing(try await register(office, email, by: token).accessToken)
            }
            let moderator = try #require(people[.moderator])
            let made = try await moderator.post("/admin/invitations", json: #"{"uses": 3}"#)
            #expect(made.status == 201, "\(made.text)")
            let page = try made.json(JSONValue.self)["page"]
            guard case .string(let page)? = page else { return #expect(page != nil) }
            #expect(page.hasPrefix("register#invitation="))
            for role in UserRole.allCases where role != .student {
                let body = #"{"role": "\#(role.rawValue)"}"#
                #expect(try await moderator.post("/admin/invitations", json: body).status == 403)
                #expect(try await ada.post("/admin/invitations", json: body).status == 201)
            }
            func count(_ client: TestClient) async throws -> Int {
                let list = try await client.get("/admin/invitations").json(JSONValue.self)
                guard case .array(let data)? = list["data"] else { return -1 }
                return data.count
            }
            #expect(try await count(moderator) == 1)
            #expect(try await count(ada) == 7)
            #expect(try await moderator.get("/admin/users").status == 200)
            for role in [UserRole.teacher, .student] {
                let client = try #require(people[role])
                #expect(try await client.get("/admin/invitations").status == 403)
                #expect(try await client.post("/admin/invitations", json: "{}").status == 403)
                #expect(try await client.get("/admin/users").status == 403)
            }
            // Another's is not there for a moderator; no mail, no invitation by mail; nonsense is named.
            let first = try await office.service.invitations(for: try await office.service.firstUser()!.id).last!.invitation.id
            #expect(try await moderator.delete("/admin/invitations/\(first)").status == 404)
            #expect(try await ada.delete("/admin/invitations/\(first)").status == 204)
            let mailed = try await ada.post("/admin/invitations", json: #"{"email": "eve@example.org"}"#)
            #expect(mailed.status == 403 && mailed.text.contains("sends no mail"))
            let nonsense = try await ada.post("/admin/invitations", json: #"{"uses": 0, "days": 900, "email": "x"}"#)
            #expect(try Set(nonsense.error().details.keys) == ["uses", "days", "email"])
        }
    }
}
