import Accounts
import Ambient
import Cryptography
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@Suite("The routes of accounts", .timeLimit(.minutes(3)))
struct AccountsRoutesTests {
    private let registration =
        #"{"email":"ada@example.org","password":"violet harbour 7","display_name":"Ada"}"#
    private let login = #"{"email":"ada@example.org","password":"violet harbour 7"}"#
    private let cookieMode: HTTPHeaders = ["X-LM-Session": "cookie"]

    private func withClient(_ body: (Office, TestClient) async throws -> Void) async throws {
        try await withOffice { office in
            var policy = ServingPolicy()
            policy.rateLimits = nil
            let router = Router(
                mounts: [RouteMount(["/api/v1", "/api"], [AccountsRoutes(service: office.service)])],
                authenticator: TokenAuthenticator(office.service), policy: policy, ambient: office.clock.ambient)
            try await body(office, TestClient(router))
        }
    }

    private func token(in answer: TestAnswer) throws -> String {
        let cookie = try #require(answer.headers["Set-Cookie"])
        return String(try #require(cookie.split(separator: ";").first).dropFirst("lm_refresh=".count))
    }

    @Test("The contract: register, login, refresh, me, logout")
    func contract() async throws {
        try await withClient { office, client in
            let registered = try await client.post("/api/v1/auth/register", json: registration)
            #expect(registered.status == 201)
            let grant: GrantView = try registered.json()
            #expect(grant.user.email == "ada@example.org")
            #expect(grant.user.displayName == "Ada")
            #expect(grant.user.role == .administrator)
            #expect(grant.tokenType == "Bearer")
            #expect(grant.expiresIn == 1800)
            for name in ["access_token", "refresh_token", "token_type", "expires_in", "display_name"] {
                #expect(registered.text.contains("\"\(name)\""))
            }
            #expect(registered.headers["Set-Cookie"] == nil)

            let signedIn = try await client.post("/api/v1/auth/login", json: login)
            #expect(signedIn.status == 200)
            #expect(try signedIn.json(GrantView.self).user == grant.user)

            let me = try await client.bearing(grant.accessToken).get("/api/v1/users/me")
            #expect(me.status == 200)
            #expect(try me.json(UserView.self) == grant.user)

            let refresh = try #require(grant.refreshToken)
            let refreshed = try await client.post("/api/v1/auth/refresh", json: #"{"refresh_token":"\#(refresh)"}"#)
            #expect(refreshed.status == 200)
            let next: GrantView = try refreshed.json()
            #expect(next.refreshToken != nil && next.refreshToken != refresh)

            let logout = try await client.post(
                "/api/v1/auth/logout", json: #"{"refresh_token":"\#(next.refreshToken ?? "")"}"#)
            #expect(logout.status == 204)
            #expect(try await client.bearing(next.accessToken).get("/api/v1/users/me").status == 401)
        }
    }

    @Test("Signing out with the access token alone ends its session")
    func bareLogout() async throws {
        try await withClient { office, client in
            let grant: GrantView = try await client.post("/api/v1/auth/register", json: registration).json()
            #expect(try await client.bearing(grant.accessToken).post("/api/v1/auth/logout").status == 204)
            #expect(try await client.bearing(grant.accessToken).get("/api/v1/users/me").status == 401)
            #expect(try await client.post("/api/v1/auth/logout").status == 204)
        }
    }

    @Test(
        "What is wrong with a registration is said by field",
        arguments: [
            (#"{}"#, ["email", "password", "display_name"]),
            (#"{"email":"nonsense","password":"violet harbour 7","display_name":"Ada"}"#, ["email"]),
            (#"{"email":"ada@example.org","password":"short","display_name":"Ada"}"#, ["password"]),
            (#"{"email":"ada@example.org","password":"password123","display_name":"Ada"}"#, ["password"]),
            (#"{"email":"ada@example.org","password":"violet harbour 7","display_name":"  "}"#, ["display_name"]),
        ])
    func invalid(body: String, fields: [String]) async throws {
        try await withClient { _, client in
            let answer = try await client.post("/api/v1/auth/register", json: body)
            #expect(answer.status == 400)
            let error = try answer.error()
            #expect(error.error == "ValidationFailed")
            // A missing field may hide the next one; each that is named must be one of these.
            #expect(!error.details.isEmpty && Set(error.details.keys).isSubset(of: fields))
        }
    }

    @Test("Statuses: taken 409, wrong password 401, no token 401, bad token 401")
    func statuses() async throws {
        try await withClient { _, client in
            _ = try await client.post("/api/v1/auth/register", json: registration)
            #expect(try await client.post("/api/v1/auth/register", json: registration).status == 409)
            let wrong = try await client.post(
                "/api/v1/auth/login", json: #"{"email":"ada@example.org","password":"wrong password"}"#)
            #expect(wrong.status == 401)
            #expect(try await client.get("/api/v1/users/me").status == 401)
            #expect(try await client.bearing("nonsense").get("/api/v1/users/me").status == 401)
            #expect(try await client.get("/api/v1/users/me", headers: ["Authorization": "Basic YTpi"]).status == 401)
            #expect(try await client.post("/api/v1/auth/refresh", json: "{}").status == 401)
            #expect(try await client.post("/api/v1/auth/refresh").status == 401)
        }
    }

    @Test("An expired access token is refused, a refresh gives a good one")
    func expiry() async throws {
        try await withClient { office, client in
            let grant: GrantView = try await client.post("/api/v1/auth/register", json: registration).json()
            office.clock.advance(1810)
            let answer = try await client.bearing(grant.accessToken).get("/api/v1/users/me")
            #expect(answer.status == 401)
            let next: GrantView = try await client.post(
                "/api/v1/auth/refresh", json: #"{"refresh_token":"\#(grant.refreshToken ?? "")"}"#
            ).json()
            #expect(try await client.bearing(next.accessToken).get("/api/v1/users/me").status == 200)
        }
    }

    @Test("The web keeps the refresh token in a cookie, out of the body")
    func cookie() async throws {
        try await withClient { _, client in
            let registered = try await client.post("/api/v1/auth/register", json: registration, headers: cookieMode)
            #expect(try registered.json(GrantView.self).refreshToken == nil)
            #expect(!registered.text.contains("refresh_token"))
            let cookie = try #require(registered.headers["Set-Cookie"])
            for part in ["HttpOnly", "SameSite=Strict", "Max-Age=604800"] { #expect(cookie.contains(part)) }
            // The browser takes the path from the address that it asked, which a proxy may have given a prefix.
            #expect(!cookie.contains("Path="))
            #expect(!cookie.contains("Secure"))
            let first = try token(in: registered)

            // Without the header the cookie counts for nothing: a form of another site cannot set it.
            let forged = try await client.post("/api/v1/auth/refresh", headers: ["Cookie": "lm_refresh=\(first)"])
            #expect(forged.status == 401)

            let headers: HTTPHeaders = ["X-LM-Session": "cookie", "Cookie": "theme=dark; lm_refresh=\(first)"]
            let refreshed = try await client.post("/api/v1/auth/refresh", json: "{}", headers: headers)
            #expect(refreshed.status == 200)
            let second = try token(in: refreshed)
            #expect(second != first)

            let out = try await client.post(
                "/api/v1/auth/logout", json: "{}", headers: ["X-LM-Session": "cookie", "Cookie": "lm_refresh=\(second)"])
            #expect(out.status == 204)
            #expect(out.headers["Set-Cookie"]?.contains("Max-Age=0") == true)
            let after = try await client.post(
                "/api/v1/auth/refresh", headers: ["X-LM-Session": "cookie", "Cookie": "lm_refresh=\(second)"])
            #expect(after.status == 401)
        }
    }

    @Test("Behind TLS the cookie is Secure and named so; one of the plain name is taken up and put away")
    func secureCookie() async throws {
        try await withClient { office, client in
            let https: HTTPHeaders = ["X-LM-Session": "cookie", "X-Forwarded-Proto": "https"]
            let registered = try await client.post("/api/v1/auth/register", json: registration, headers: https)
            let cookie = try #require(registered.headers["Set-Cookie"])
            #expect(cookie.hasPrefix("__Secure-lm_refresh=") && cookie.contains("; Secure") && !cookie.contains("Domain"))
            let first = try #require(cookie.split(separator: ";").first).dropFirst("__Secure-lm_refresh=".count)

            // As the version before named it.
            var headers = https
            headers["Cookie"] = "lm_refresh=\(first)"
            let refreshed = try await client.post("/api/v1/auth/refresh", json: "{}", headers: headers)
            let given = refreshed.headers.all("Set-Cookie")
            #expect(refreshed.status == 200 && given.count == 2)
            #expect(given[0].hasPrefix("__Secure-lm_refresh=") && given[1].hasPrefix("lm_refresh=; Max-Age=0;"))
            let second = try #require(given[0].split(separator: ";").first)

            // With both, the one that only TLS can set counts.
            headers["Cookie"] = "lm_refresh=\(first); \(second)"
            office.clock.advance(60)
            let third = try await client.post("/api/v1/auth/refresh", json: "{}", headers: headers)
            #expect(third.status == 200)
            headers["Cookie"] = String(try #require(third.headers["Set-Cookie"]).split(separator: ";")[0])
            let out = try await client.post("/api/v1/auth/logout", json: "{}", headers: headers)
            #expect(out.status == 204 && out.headers["Set-Cookie"]?.hasPrefix("__Secure-lm_refresh=; Max-Age=0;") == true)
            #expect(try await client.post("/api/v1/auth/refresh", json: "{}", headers: headers).status == 401)
        }
    }

    @Test("Signing out has the browser forget the files that it kept, and nothing that the app stored")
    func clearedCache() async throws {
        try await withClient { _, client in
            _ = try await client.post("/api/v1/auth/register", json: registration)
            for path in ["logout", "logout-all"] {
                let grant: GrantView = try await client.post("/api/v1/auth/login", json: login).json()
                let web = try await client.bearing(grant.accessToken).post("/api/v1/auth/\(path)", json: "{}", headers: cookieMode)
                #expect(web.status == 204 && web.headers["Clear-Site-Data"] == "\"cache\"")
                let again: GrantView = try await client.post("/api/v1/auth/login", json: login).json()
                let program = try await client.bearing(again.accessToken).post("/api/v1/auth/\(path)", json: "{}")
                #expect(program.status == 204 && program.headers["Clear-Site-Data"] == nil)
            }
        }
    }

    @Test("Signing in rightly and asking for mail are limited by address, though nothing failed")
    func limitedWithoutFailing() async throws {
        try await withOffice { office in
            var policy = ServingPolicy()
            policy.rateLimits = RateLimits([.signIn: .init(perMinute: 1, burst: 3), .registration: .init(perMinute: 1, burst: 2)])
            let client = TestClient(
                Router([AccountsRoutes(service: office.service)], authenticator: TokenAuthenticator(office.service), policy: policy)
            )
            _ = try await office.register()
            func statuses(_ path: String, _ json: String, from address: String) async throws -> [Int] {
                var found: [Int] = []
                for _ in 0..<4 {
                    let headers: HTTPHeaders = ["Content-Type": "application/json"]
                    found.append(try await client.send(.post, path, headers: headers, body: Array(json.utf8), from: address).status)
                }
                return found
            }
            #expect(try await statuses("/auth/login", login, from: "192.0.2.1") == [200, 200, 200, 429])
            #expect(try await statuses("/auth/login", login, from: "192.0.2.2") == [200, 200, 200, 429])
            // Here no mail is sent.
            let address = #"{"email":"ada@example.org"}"#
            #expect(try await statuses("/auth/forgot", address, from: "192.0.2.1") == [403, 403, 429, 429])
        }
    }

    @Test("Signing in again ends the session that the browser had, and no other")
    func signedInAgain() async throws {
        try await withClient { office, client in
            let other: GrantView = try await client.post("/api/v1/auth/register", json: registration).json()
            let before = try await client.post("/api/v1/auth/login", json: login, headers: cookieMode)
            let old = try before.json(GrantView.self)
            var headers = cookieMode
            headers["Cookie"] = "lm_refresh=\(try token(in: before))"
            // A wrong password ends nothing.
            let wrong = try await client.post(
                "/api/v1/auth/login", json: login.replacing("harbour", with: "harvest"), headers: headers)
            #expect(wrong.status == 401)
            #expect(try await client.bearing(old.accessToken).get("/api/v1/users/me").status == 200)

            let after = try await client.post("/api/v1/auth/login", json: login, headers: headers)
            let new = try after.json(GrantView.self)
            #expect(try await client.bearing(old.accessToken).get("/api/v1/users/me").status == 401)
            #expect(try await client.post("/api/v1/auth/refresh", json: "{}", headers: headers).status == 401)
            for kept in [other, new] {
                #expect(try await client.bearing(kept.accessToken).get("/api/v1/users/me").status == 200)
            }
            #expect(try await office.service.sessions(of: try #require(UserID(new.user.id))).count == 2)
        }
    }

    @Test("The welcome page learns whether there is anybody")
    func status() async throws {
        try await withClient { _, client in
            #expect(
                try await client.get("/api/v1/auth/status").text
                    == #"{"registration_open":true,"registration":"open","has_users":false,"mails_resets":false}"#)
            _ = try await client.post("/api/v1/auth/register", json: registration)
            #expect(
                try await client.get("/api/v1/auth/status").text
                    == #"{"registration_open":true,"registration":"open","has_users":true,"mails_resets":false}"#)
        }
    }

    @Test("Sessions are listed, the asking one marked, and can be ended one by one or all")
    func sessions() async throws {
        try await withClient { _, client in
            let grant: GrantView = try await client.post(
                "/api/v1/auth/register", json: registration, headers: ["User-Agent": "curl/8"]
            ).json()
            let other: GrantView = try await client.post("/api/v1/auth/login", json: login).json()
            let mine = client.bearing(grant.accessToken)
            let page: Page<SessionView> = try await mine.get("/api/v1/users/me/sessions").json()
            #expect(page.data.count == 2)
            #expect(page.data.filter(\.isCurrent).map(\.userAgent) == ["curl/8"])
            let away = try #require(page.data.first { !$0.isCurrent })
            #expect(try await mine.delete("/api/v1/users/me/sessions/\(away.id)").status == 204)
            #expect(try await mine.delete("/api/v1/users/me/sessions/\(away.id)").status == 404)
            #expect(try await client.bearing(other.accessToken).get("/api/v1/users/me").status == 401)
            #expect(try await mine.post("/api/v1/auth/logout-all").status == 204)
            #expect(try await mine.get("/api/v1/users/me").status == 401)
        }
    }

    @Test("Name, password and account can be changed by their owner")
    func person() async throws {
        try await withClient { _, client in
            let grant: GrantView = try await client.post("/api/v1/auth/register", json: registration).json()
            let mine = client.bearing(grant.accessToken)
            let renamed = try await mine.send(.patch, "/api/v1/users/me", json: ["display_name": "Countess"])
            #expect(try renamed.json(UserView.self).displayName == "Countess")
            let change = ["current_password": "violet harbour 7", "new_password": "another good one"]
            #expect(try await mine.send(.post, "/api/v1/users/me/password", json: change).status == 204)
            #expect(try await mine.get("/api/v1/users/me").status == 200)
            #expect(try await mine.send(.delete, "/api/v1/users/me", json: ["password": "wrong"]).status == 400)
            #expect(try await mine.send(.delete, "/api/v1/users/me", json: ["password": "another good one"]).status == 204)
            #expect(try await mine.get("/api/v1/users/me").status == 401)
        }
    }

    @Test("Five sign-ins to an account may fail a minute from one address; a right one does not count")
    func guesses() async throws {
        try await withOffice(.sqlite, { $0.throttlesSignIn = false }) { office in
            for name in ["ada", "ben"] { _ = try await office.register("\(name)@example.org") }
            let router = Router([AccountsRoutes(service: office.service)], authenticator: TokenAuthenticator(office.service))
            func logIn(_ email: String, _ password: String, from address: String) async -> HTTPResponse {
                let body = #"{"email":"\#(email)","password":"\#(password)"}"#
                return await router.respond(
                    to: HTTPRequest(
                        method: .post, target: "/auth/login", headers: ["Content-Type": "application/json"],
                        body: HTTPRequestBody(bytes: Array(body.utf8)), remoteAddress: address))
            }
            for _ in 0..<8 { #expect(await logIn("ada@example.org", Office.password, from: "10.0.0.1").status == 200) }
            for left in (0..<5).reversed() {
                let answer = await logIn("Ada@example.org", "not the password", from: "10.0.0.1")
                #expect(answer.status == 401)
                #expect(answer.headers["RateLimit"]?.contains("\"account\";r=\(left);t=") == true)
                #expect(answer.headers["RateLimit-Policy"] == "\"login\";q=60;w=180, \"sign-in\";q=300;w=150, \"account\";q=5;w=60")
            }
            let refused = await logIn("ada@example.org", Office.password, from: "10.0.0.1")
            #expect(
                refused.status == 429 && refused.headers["Retry-After"].flatMap { Int($0) }.map { (1...12).contains($0) } == true)
            // Others at the same address, and the same person elsewhere, sign in.
            #expect(await logIn("ben@example.org", Office.password, from: "10.0.0.1").status == 200)
            #expect(await logIn("ada@example.org", Office.password, from: "10.0.0.2").status == 200)
            // An account that is not there is held as one that is.
            for _ in 0..<5 { #expect(await logIn("eve@example.org", "guess", from: "10.0.0.1").status == 401) }
            #expect(await logIn("eve@example.org", "guess", from: "10.0.0.1").status == 429)
        }
    }
}
