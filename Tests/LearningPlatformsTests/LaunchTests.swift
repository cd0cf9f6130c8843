import Accounts
import Ambient
import Cryptography
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import JSON
@testable import LearningPlatforms
import OpenID
import OpenIDTesting
import Sharing
import Testing

@Suite("Launches from learning platforms", .timeLimit(.minutes(3)))
struct LaunchTests {
    @Test("A newcomer gets an account and comes back to it; an instructor is a teacher", arguments: Dialect.allCases)
    func newcomer(_ dialect: Dialect) async throws {
        try await Place.with(dialect) { place async throws in
            try await place.register()
            let (where_, way) = try await place.launch { _ in }
            #expect(where_ == "launch#state=\(way.state)")
            let told = try await place.session(way).json(LaunchSessionView.self)
            #expect(told.unknown?.mayRegister == true && told.unknown?.platform == "Old College" && told.grant == nil)
            #expect(try await place.count("users") == 1)
            let made = try await place.session(way, account: .new).json(LaunchSessionView.self)
            let ada = try #require(made.grant?.user)
            #expect(ada.email == "ada@example.org" && ada.displayName == "Ada Lovelace" && ada.role == .student)
            #expect(made.launch?.step == .open && made.launch?.page == "/")
            // The same account there is the same person here, whatever address it has by then.
            let again = try await place.enter { $0["email"] = "administrator@example.org" }
            #expect(again.grant?.user.id == ada.id)
            // The platform calls them an instructor by now.
            let teaching = try await place.enter {
                $0[ScriptedPlatform.claim("roles")] = ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
            }
            #expect(teaching.grant?.user.id == ada.id && teaching.grant?.user.role == .teacher)
            // Another account there is another person, though it has the same address.
            let (_, other) = try await place.launch { $0["sub"] = "s-2" }
            #expect(try await place.session(other, account: .new).reason == "taken")
            #expect(try await place.count("users") == 2)
        }
    }

    @Test("An account that has the address is linked by its owner alone", arguments: Dialect.allCases)
    func linking(_ dialect: Dialect) async throws {
        try await Place.with(dialect) { place async throws in
            try await place.register()
            let ada = try await place.account("ada@example.org")
            let signedIn = place.client.bearing(ada.accessToken)
            let (_, way) = try await place.launch { _ in }
            // Neither unasked, nor without being signed in, nor without the password.
            #expect(try await place.session(way, as: signedIn).json(LaunchSessionView.self).unknown != nil)
            #expect(try await place.session(way, account: .link).reason == "lost")
            #expect(
                try await place.session(way, as: signedIn, account: .link, password: "wrong").error().details["password"] != nil)
            #expect(try await place.session(way, account: .new).reason == "taken")
            let linked = try await place.session(way, as: signedIn, account: .link, password: Place.password)
            let view = try linked.json(LaunchSessionView.self)
            #expect(view.grant == nil && view.launch?.step == .open, "\(linked.text)")
            // From now on it opens the account, and who is in already goes on as they are.
            let (_, next) = try await place.launch { _ in }
            #expect(try await place.session(next, as: signedIn).json(LaunchSessionView.self).grant == nil)
            #expect(try await place.enter().grant?.user.id == ada.user.id.description)
            let list = try await signedIn.get("/users/me/platforms").json(PlatformIdentityList.self)
            #expect(list.data.map(\.platform) == ["Old College"])
            let id = try #require(list.data.first?.id)
            let ben = place.client.bearing(try await place.account("ben@example.org").accessToken)
            #expect(try await ben.delete("/users/me/platforms/\(id)").status == 404)
            #expect(try await signedIn.delete("/users/me/platforms/\(id)").status == 204)
            let (_, last) = try await place.launch { _ in }
            #expect(try await place.session(last).json(LaunchSessionView.self).unknown != nil)
        }
    }

    @Test("Who has no password keeps the way in; where newcomers are not taken none comes")
    func ways() async throws {
        try await Place.with { place async throws in
            try await place.register()
            let grant = try #require(try await place.enter().grant)
            let ada = place.client.bearing(grant.accessToken)
            let id = try #require(try await ada.get("/users/me/platforms").json(PlatformIdentityList.self).data.first?.id)
            #expect(try await ada.delete("/users/me/platforms/\(id)").reason == "last_way")
        }
        try await Place.with(mode: .invitation) { place async throws in
            try await place.register()
            let (_, way) = try await place.launch { _ in }
            #expect(try await place.session(way).json(LaunchSessionView.self).unknown?.mayRegister == false)
            #expect(try await place.session(way, account: .new).status == 403)
            let (_, silent) = try await place.launch { $0["email"] = nil }
            #expect(try await place.session(silent, account: .new).reason == "no_email")
        }
    }

    @Test("Within another page a tab of its own is offered, framed by the platform alone")
    func framed() async throws {
        try await Place.with { place async throws in
            try await place.register { $0.frameOrigins = ["https://*.school.example.org"] }
            let answer = try await place.login(headers: ["Sec-Fetch-Dest": "iframe", "Accept-Language": "de-DE,de;q=0.9"])
            let policy = try #require(answer.headers["Content-Security-Policy"])
            #expect(answer.status == 200 && answer.headers["Set-Cookie"] == nil)
            #expect(policy.hasSuffix("frame-ancestors \(place.platform.url) https://*.school.example.org"))
            #expect(!policy.contains("unsafe-inline") && policy.contains("default-src 'none'"))
            #expect(answer.text.contains("lang=\"de\"") && answer.text.contains("Little Monster öffnen"))
            #expect(try await place.count("learning_launches") == 0)
            // What others may frame they are not told by it.
            let plain = try await place.login()
            #expect(plain.headers["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
            let evil = try await place.login(
                { $0["login_hint"] = #""><script>alert(1)</script>"# }, headers: ["Sec-Fetch-Dest": "iframe"])
            #expect(!evil.text.contains("<script>alert"))
        }
    }

    // MARK: - Deep linking

    private static let settings = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"

    private func choosing(_ several: Bool = false) -> (inout [String: JSONValue]) -> Void {
        {
            $0[ScriptedPlatform.claim("message_type")] = "LtiDeepLinkingRequest"
            $0[ScriptedPlatform.claim("roles")] = ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
            $0[ScriptedPlatform.claim("resource_link")] = nil
            $0[Self.settings] = [
                "deep_link_return_url": "https://school.example.org/back?x=1&y=2", "accept_types": ["link", "ltiResourceLink"],
                "accept_multiple": .bool(several), "data": "opaque \"data\"",
            ]
        }
    }

    private struct Response: Decodable {
        struct Item: Decodable {
            let type: String
            let title: String
            let url: String
            let custom: [String: String]
        }

        let iss: String
        let aud: String
        let exp: Double
        let iat: Double
        let nonce: String
        let type: String
        let deployment: String
        let items: [Item]
        let data: String

        enum CodingKeys: String, CodingKey {
            case iss, aud, exp, iat, nonce
            case type = "https://purl.imsglobal.org/spec/lti/claim/message_type"
            case deployment = "https://purl.imsglobal.org/spec/lti/claim/deployment_id"
            case items = "https://purl.imsglobal.org/spec/lti-dl/claim/content_items"
            case data = "https://purl.imsglobal.org/spec/lti-dl/claim/data"
        }
    }

    private func give(_ ticket: String, _ place: Place) async throws -> TestAnswer {
        try await place.client.send(
            .post, "/auth/lti-return", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array("ticket=\(ticket)".utf8))
    }

    private func select(_ count: Int, _ id: LaunchID, _ client: TestClient) async throws -> TestAnswer {
        let items = (0..<count).map { _ in LaunchSelection.Item(kind: .quiz, id: UUIDv7.make(at: Date()).uuidString.lowercased()) }
        return try await client.send(.post, "/learning-platforms/launches/\(id)/selection", json: LaunchSelection(items: items))
    }

    @Test("What a teacher chooses goes back signed, once, to the platform's address alone", arguments: Dialect.allCases)
    func deepLinking(_ dialect: Dialect) async throws {
        try await Place.with(dialect) { place async throws in
            try await place.register()
            let view = try await place.enter(choosing())
            let launch = try #require(view.launch)
            #expect(launch.step == .choose && launch.course == "Biology 10b" && !launch.takesSeveral)
            let tess = place.client.bearing(try #require(view.grant?.accessToken))
            #expect(try await select(2, launch.id, tess).status == 400)
            let stranger = place.client.bearing(try await place.account("ben@example.org").accessToken)
            #expect(try await select(1, launch.id, stranger).status == 404)
            let ticket = try #require(try await select(1, launch.id, tess).json(LaunchTicket.self).ticket)
            #expect(try await select(1, launch.id, tess).reason == "spent")

            let answer = try await give(ticket, place)
            let policy = try #require(answer.headers["Content-Security-Policy"])
            #expect(policy.contains("form-action https://school.example.org;") && !policy.contains("unsafe"))
            #expect(answer.text.contains(#"action="https://school.example.org/back?x=1&amp;y=2""#))
            let token = try #require(answer.text.split(separator: "name=\"JWT\" value=\"").last?.split(separator: "\"").first)
            let signed = try #require(ForeignToken(String(token)))
            let keys = try #require(WebKeySet(json: try await place.client.get("/.well-known/jwks.json").body))
            #expect(keys.candidates(for: signed).contains { signed.isSigned(by: $0) })
            let response = try JSONDecoder().decode(Response.self, from: Data(signed.payload))
            #expect(response.iss == ScriptedPlatform.clientID && response.aud == place.platform.url)
            #expect(response.type == "LtiDeepLinkingResponse" && response.deployment == ScriptedPlatform.deployment)
            #expect(response.data == "opaque \"data\"" && response.exp > response.iat && response.nonce.count > 20)
            let item = try #require(response.items.first)
            #expect(item.type == "ltiResourceLink" && item.title == "Cells" && item.url.hasPrefix(Place.address + "lti/"))
            #expect(try await give(ticket, place).text.contains("over"))
            #expect(try await give("unknown", place).headers["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)

            // A learner who opens it agrees to the class first; the teacher goes straight there.
            let placement = try #require(item.custom["placement"])
            let opening: (inout [String: JSONValue]) -> Void = {
                $0["sub"] = "s-9"
                $0["email"] = "sam@example.org"
                $0[ScriptedPlatform.claim("custom")] = .fields([("placement", .string(placement))])
            }
            let first = try await place.enter(opening)
            let joining = try #require(first.launch)
            #expect(
                joining.step == .join && joining.teacher == "Tess" && joining.title == "Cells" && joining.page.hasPrefix("/quiz/"))
            let sam = place.client.bearing(try #require(first.grant?.accessToken))
            #expect(try await sam.post("/learning-platforms/launches/\(joining.id)/join").json(LaunchView.self).step == .open)
            #expect(try await place.enter(opening).launch?.step == .open)
            // In a course that was copied the link says nothing.
            let copied = try await place.enter {
                opening(&$0)
                $0[ScriptedPlatform.claim("context")] = .fields([("id", "c-2")])
            }
            #expect(copied.problem == .otherCourse && copied.grant != nil)
            let gone = try await place.enter {
                opening(&$0)
                $0[ScriptedPlatform.claim("custom")] = .fields([("placement", "nothing")])
            }
            #expect(gone.problem == .gone)
        }
    }

    @Test("A page within the platform's waits with its ticket, and gets the answer")
    func waiting() async throws {
        try await Place.with { place async throws in
            try await place.register()
            let opener = try await place.login(headers: ["Sec-Fetch-Dest": "iframe"])
            let ticket = try #require(
                opener.text.split(separator: "name=\"ticket\" value=\"").last?.split(separator: "\"").first.map(String.init))
            func ask() async throws -> Int {
                try await place.client.send(
                    .post, "/auth/lti-waiting", headers: ["Content-Type": "application/x-www-form-urlencoded"],
                    body: Array("ticket=\(ticket)".utf8)
                ).status
            }
            #expect(try await ask() == 404)
            let way = try await place.begin { $0["ticket"] = ticket }
            #expect(try await ask() == 404)
            var claims = place.platform.claims(nonce: way.nonce)
            choosing()(&claims)
            _ = try await place.bring(try place.platform.sign(claims), state: way.state)
            #expect(try await ask() == 204)
            let view = try await place.session(way, account: .new).json(LaunchSessionView.self)
            let tess = place.client.bearing(try #require(view.grant?.accessToken))
            #expect(try await give(ticket, place).text.contains("Nothing was chosen yet"))
            // The tab is not given another.
            #expect(try await select(1, try #require(view.launch?.id), tess).json(LaunchTicket.self).ticket == nil)
            #expect(try await ask() == 200)
            #expect(try await give(ticket, place).text.contains("name=\"JWT\""))
        }
    }

    @Test("Who does not teach chooses nothing, here or there")
    func notTeachers() async throws {
        try await Place.with { place async throws in
            try await place.register { $0.makesTeachers = false }
            let first = try await place.enter(choosing())
            #expect(first.problem == .notTeacher && first.launch == nil && first.grant?.user.role == .student)
            for role in ["membership#Learner", "membership/Instructor#TeachingAssistant", "institution/person#Instructor"] {
                let change: (inout [String: JSONValue]) -> Void = {
                    choosing()(&$0)
                    $0[ScriptedPlatform.claim("roles")] = [.string("http://purl.imsglobal.org/vocab/lis/v2/\(role)")]
                }
                #expect(try await place.enter(change).problem == .notTeacher, "\(role)")
            }
        }
    }

    // MARK: - Registering

    @Test("Platforms are registered by administrators, each client of an issuer once, with addresses that may be asked")
    func registering() async throws {
        try await Place.with { place async throws in
            let made = try await place.register()
            let administrator = try #require(try await place.accounts.user(email: "administrator@example.org")).id
            await #expect(throws: LearningPlatformsFailure.known) {
                try await place.service.register(place.draft(), by: administrator)
            }
            let faults: [(String, (inout LearningPlatformService.Draft) -> Void)] = [
                ("authorization_url", { $0.authorizationURL = "javascript:alert(1)" }),
                ("token_url", { $0.tokenURL = "http://school.example.org/t" }),
                ("keys_url", { $0.keysURL = "keys" }), ("deployment_ids", { $0.deployments = [" "] }),
                ("name", { $0.name = "a\u{7}" }),
                ("frame_origins", { $0.frameOrigins = ["https://a.example; script-src *"] }),
                ("frame_origins", { $0.frameOrigins = ["https://a.example/path"] }), ("frame_origins", { $0.frameOrigins = ["*"] }),
            ]
            for (field, change) in faults {
                let failure = await #expect(throws: LearningPlatformsFailure.self, "\(field)") {
                    try await place.service.register(place.draft(change), by: administrator)
                }
                #expect(failure?.details[field] != nil, "\(field)")
            }
            // A second client of the issuer: the client must be named, or follow from the deployment.
            _ = try await place.service.register(
                place.draft {
                    $0.clientID = "tool-2"
                    $0.deployments = ["2:b"]
                }, by: administrator)
            let both = try await place.login {
                $0["client_id"] = nil
                $0["lti_deployment_id"] = nil
            }
            #expect(both.headers["Location"]?.hasSuffix("#problem=unknown_platform") == true)
            #expect(try await place.begin { $0["client_id"] = nil }.asked["client_id"] == "tool-1")
            try await place.service.remove(made.id, by: administrator)
            #expect(try await place.login().headers["Location"]?.hasSuffix("#problem=unknown_platform") == true)
        }
    }

    @Test("Another key signs when it is asked for; the former stay published, and none is stored open", arguments: Dialect.allCases)
    func keys(_ dialect: Dialect) async throws {
        try await Place.with(dialect) { place async throws in
            try await place.register()
            let first = try await place.service.keys.current()
            try await place.service.keys.rotate()
            let second = try await place.service.keys.current()
            #expect(first.id != second.id)
            let published = try #require(WebKeySet(json: try await place.client.get("/.well-known/jwks.json").body))
            #expect(published.keys.map(\.id) == [second.id, first.id])
            for _ in 0..<4 { try await place.service.keys.rotate() }
            #expect(try await place.service.keys.all().count == 4)
            let stored = try await place.database.read(as: .system) {
                try await $0.query("SELECT private_key FROM learning_platform_keys")
            }
            #expect(try stored.allSatisfy { try $0.get("private_key", as: String.self).hasPrefix("1.") })
            // Another process opens the same.
            let other = ToolKeys(database: place.database, seal: place.seal, ambient: place.clock.ambient)
            #expect(try await other.current().id == (try await place.service.keys.current()).id)
        }
    }
}
