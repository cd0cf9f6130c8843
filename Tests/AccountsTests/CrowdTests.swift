import Accounts
import Ambient
import Failures
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

/// Many people behind one address, and one who guesses.
@Suite("A seminar behind one router", .timeLimit(.minutes(3)))
struct CrowdTests {
    private func withClient(_ body: (TestClient) async throws -> Void) async throws {
        try await withOffice { office in
            var policy = ServingPolicy()
            // Nothing is refilled meanwhile.
            policy.uptime = { .zero }
            try await body(
                TestClient(
                    Router(
                        [AccountsRoutes(service: office.service)], authenticator: TokenAuthenticator(office.service),
                        policy: policy, ambient: office.clock.ambient)))
        }
    }

    private func login(_ email: String, _ password: String, at client: TestClient) async throws -> Int {
        try await client.post("/auth/login", json: #"{"email":"\#(email)","password":"\#(password)"}"#).status
    }

    @Test("Thirty students sign up and in at once, mistype, and open the app; nobody is told to wait")
    func seminar() async throws {
        try await withClient { client in
            let statuses = try await withThrowingTaskGroup(of: [Int].self) { group in
                for number in 0..<30 {
                    group.addTask {
                        let email = "student\(number)@example.org"
                        let registered = try await client.post(
                            "/auth/register",
                            json: #"{"email":"\#(email)","password":"\#(Office.password)","display_name":"S"}"#)
                        let grant = try registered.json(GrantView.self)
                        let refreshed = try await client.post(
                            "/auth/refresh", json: #"{"refresh_token":"\#(grant.refreshToken ?? "")"}"#)
                        return [
                            try await client.get("/auth/status").status, registered.status, refreshed.status,
                            try await login(email, "not the phrase", at: client),
                            try await login(email, Office.password, at: client),
                            try await login(email, Office.password, at: client),
                        ]
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == [200, 201, 200, 401, 200, 200] }, "\(statuses)")
        }
    }

    @Test("Whoever guesses at account after account from one address is told to wait, and another address is not")
    func guesses() async throws {
        try await withClient { client in
            var refusedAfter: Int?
            for number in 0..<100 where refusedAfter == nil {
                let status = try await login("student\(number)@example.org", "not the phrase", at: client)
                if status == 429 { refusedAfter = number } else { #expect(status == 401) }
            }
            #expect(refusedAfter == 60)
            let other = try await client.send(
                .post, "/auth/login", headers: ["Content-Type": "application/json"],
                body: Array(#"{"email":"a@example.org","password":"not the phrase"}"#.utf8), from: "10.0.0.9")
            #expect(other.status == 401)
            // Making accounts is counted apart.
            let registered = try await client.post(
                "/auth/register", json: #"{"email":"a@example.org","password":"\#(Office.password)","display_name":"A"}"#)
            #expect(registered.status == 201)
        }
    }

    @Test("Sixty guesses that come side by side leave none for a sixty-first")
    func sideBySide() async throws {
        try await withClient { client in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<100 {
                    group.addTask { try await login("student\(number)@example.org", "not the phrase", at: client) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 401 } == 60)
            #expect(statuses.count { $0 == 429 } == 40)
        }
    }
}
