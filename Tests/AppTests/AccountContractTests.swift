import App
import BlobStorage
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

@Suite(.timeLimit(.minutes(3)))
struct AccountContractTests {
    @Test(arguments: Dialect.allCases) func `registering, signing in, refreshing and signing out answer as the contract says`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let client = stage.client
            let registered = try await client.post(
                "/api/v1/auth/register",
                json: #"{"email": "ann@example.org", "password": "\#(Stage.password)", "display_name": "Ann"}"#)
            #expect(registered.status == 201)
            let grant = try registered.json(JSONValue.self)
            #expect(grant.names == ["user", "access_token", "refresh_token", "token_type", "expires_in"])
            #expect(
                grant["user"]?.names == [
                    "id", "email", "display_name", "role", "has_second_factor", "has_passkeys", "email_verified", "verification",
                ])
            #expect(grant["user"]?["role"]?.text == "administrator")
            #expect(grant["token_type"]?.text == "Bearer")
            #expect(grant["expires_in"]?.integer == 1800)

            let again = try await client.post(
                "/api/v1/auth/register",
                json: #"{"email": "ANN@example.org", "password": "\#(Stage.password)", "display_name": "Ann"}"#)
            #expect(again.status == 409)
            #expect(try again.error().error == "Conflict")

            let login = try await client.post(
                "/api/v1/auth/login", json: #"{"email": "ann@example.org", "password": "\#(Stage.password)"}"#)
            #expect(login.status == 200)
            let session = try login.json(JSONValue.self)
            #expect(session.names == grant.names)
            let wrong = try await client.post(
                "/api/v1/auth/login", json: #"{"email": "ann@example.org", "password": "another phrase"}"#)
            #expect(wrong.status == 401)

            let token = try #require(session["access_token"]?.text)
            let me = try await client.bearing(token).get("/api/v1/users/me")
            #expect(me.status == 200)
            #expect(try me.json(JSONValue.self) == session["user"])
            #expect(try await client.bearing(token + "x").get("/api/v1/users/me").status == 401)

            let refresh = try #require(session["refresh_token"]?.text)
            let renewed = try await client.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": refresh])
            #expect(renewed.status == 200)
            let next = try renewed.json(JSONValue.self)
            #expect(next.names == grant.names)
            #expect(next["refresh_token"] != session["refresh_token"])

            let last = try #require(next["refresh_token"]?.text)
            #expect(try await client.send(.post, "/api/v1/auth/logout", json: ["refresh_token": last]).status == 204)
            #expect(try await client.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": last]).status == 401)
            let ended = try await client.bearing(try #require(next["access_token"]?.text)).get("/api/v1/users/me")
            #expect(ended.status == 401)
        }
    }

    @Test(arguments: Dialect.allCases) func `a refresh token that is used again later ends the session`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect, running: false) { stage in
            let ann = try await stage.person("ann")
            let first = try await stage.client.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": ann.refreshToken])
            let next = try #require(try first.json(JSONValue.self)["refresh_token"]?.text)
            let racing = try await stage.client.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": ann.refreshToken])
            #expect(try racing.json(JSONValue.self)["refresh_token"]?.text == next)
            let earlier = Date().addingTimeInterval(-11)
            try await stage.app.database.transaction(as: .system) {
                try await $0.execute("UPDATE refresh_tokens SET used_at = \(earlier) WHERE used_at IS NOT NULL")
            }
            let stolen = try await stage.client.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": ann.refreshToken])
            #expect(stolen.status == 401)
            #expect(try await stage.client.send(.post, "/api/v1/auth/refresh", json: ["refresh_token": next]).status == 401)
        }
    }

    @Test(arguments: Dialect.allCases) func `with registration closed the first account can be made and no other`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect, settings: ["LM_REGISTRATION": "off"], running: false) { stage in
            _ = try await stage.person("ann")
            let second = try await stage.client.post(
                "/api/v1/auth/register",
                json: #"{"email": "ben@example.org", "password": "\#(Stage.password)", "display_name": "Ben"}"#)
            #expect(second.status == 403)
            #expect(try second.error().error == "Forbidden")
            let status = try await stage.client.get("/api/v1/auth/status").json(JSONValue.self)
            #expect(
                status == [
                    "has_users": true, "mails_resets": false, "passkey_origin": "http://localhost:8080", "registration": "closed",
                    "registration_open": false,
                ])
        }
    }

    @Test(arguments: Dialect.allCases) func `removing an account removes all that was in it and nothing of others`(
        _ dialect: Dialect
    ) async throws {
        try await Stage.with(dialect) { stage in
            let (ann, ben) = (try await stage.person("ann"), try await stage.person("ben"))
            let kept = try await ann.bring("cell.md", Course.markdown)
            let document = try await ben.bring("cell.md", Course.markdown)
            #expect(document["status"]?.text == "completed")
            let alone = try await ben.bring("own.txt", Array("Nobody but ben has this text about cells.".utf8))
            #expect(try await stage.app.blobs.content(of: try #require(alone["sha256"]?.text)) != nil)
            _ = try await ben.ask(Course.question, in: try await ben.conversation())

            let refused = try await ben.client.send(.delete, "/api/v1/users/me", json: ["password": "not the phrase"])
            #expect(refused.status == 400)
            #expect(try refused.error().details["password"] != nil)
            let removed = try await ben.client.send(.delete, "/api/v1/users/me", json: ["password": Stage.password])
            #expect(removed.status == 204)
            #expect(try await ben.client.get("/api/v1/users/me").status == 401)
            // That the account went away is told on, by its id alone.
            #expect(try await stage.count("events", where: "user_id = '\(ben.id)' AND event_type <> 'user.deleted'") == 0)
            for table in ["documents", "jobs", "chat_conversations", "sessions"] {
                #expect(try await stage.count(table, where: "user_id = '\(ben.id)'") == 0, "\(table)")
            }
            for table in ["chat_messages", "chat_message_log"] { #expect(try await stage.count(table) == 0, "\(table)") }
            #expect(try await stage.count("users") == 1)
            #expect(try await stage.count("documents") == 1)

            // The file that ben alone had goes at once; the one that ann has too stays.
            let lone = try #require(alone["sha256"]?.text)
            let deadline = ContinuousClock.now + .seconds(60)
            while try await stage.app.blobs.content(of: lone) != nil, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await stage.app.blobs.content(of: lone) == nil)
            let id = try #require(kept["id"]?.text)
            #expect(try await ann.client.get("/api/v1/documents/\(id)/file").body == Course.markdown)
            let found = try await ann.client.post("/api/v1/documents/search", json: #"{"query": "rubisco"}"#)
            #expect(try found.json(JSONValue.self)["data"]?.list.isEmpty == false)
        }
    }
}
