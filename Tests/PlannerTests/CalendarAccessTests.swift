import Accounts
import AccountsTesting
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
@testable import Planner
import Testing

/// The ways into a calendar that need no sign-in: who makes them, and what ends them.
@Suite(.timeLimit(.minutes(3)))
struct CalendarAccessTests {
    private static let (password, another) = (PlannerStage.password, "quiet meadow 42")

    private func opens(_ stage: PlannerStage, _ secret: String) async throws -> Bool {
        try await stage.passwords.user(email: "\(PlannerStage.annID)@example.org", secret: secret)?.id == stage.ann
    }

    @Test(arguments: Dialect.allCases) func `who has a password shows it before the calendar is opened to a program`(
        _ dialect: Dialect
    ) async throws {
        try await PlannerStage.with(dialect) { stage in
            try await stage.havePassword()
            let client = stage.client()
            for (path, fields) in [("/planner/passwords", #""name": "Phone""#), ("/planner/calendar", #""code": """#)] {
                let bare = try await client.post(path, json: "{\(fields)}")
                #expect(try bare.status == 400 && bare.error().details["password"] == "is required", "\(path) \(bare.text)")
                let wrong = try await client.post(path, json: #"{\#(fields), "password": "wrong one"}"#)
                #expect(try wrong.status == 400 && wrong.error().details["password"] == "is not right", "\(path) \(wrong.text)")
                #expect(try await client.post(path, json: #"{\#(fields), "password": "\#(Self.password)"}"#).status == 201)
            }
            let listed = try await client.get("/planner/passwords").json(AppPasswordList.self).data
            #expect(listed.count == 1)
            #expect(try await client.delete("/planner/passwords/\(try #require(listed.first).id)").status == 204)
            // What is not there any more is not told of.
            for _ in 0..<2 { #expect(try await client.delete("/planner/calendar").status == 204) }
            #expect(
                try await stage.eventTypes().filter { $0.hasPrefix("planner.") } == [
                    "planner.password_made", "planner.address_made", "planner.password_removed", "planner.address_removed",
                ])
        }
    }

    @Test func `a program that signs in rightly is limited too`() async throws {
        try await PlannerStage.with(.sqlite) { stage in
            try await stage.havePassword()
            let made: AppPasswordView = try await stage.client().post(
                "/planner/passwords", json: #"{"name": "Phone", "password": "\#(Self.password)"}"#
            ).json()
            var policy = ServingPolicy()
            policy.rateLimits = RateLimits([.files: .init(perMinute: 1, burst: 2)])
            let program = TestClient(
                Router([DAVRoutes(collection: stage.collection, passwords: stage.passwords)], policy: policy))
            let pair = Data("\(stage.ann)@example.org:\(made.secret ?? "")".utf8).base64EncodedString()
            var statuses: [Int] = []
            for _ in 0..<3 {
                statuses.append(
                    try await program.send(.propfind, "/dav/", headers: ["Authorization": "Basic \(pair)", "Depth": "0"]).status)
            }
            #expect(statuses == [207, 207, 429])
        }
    }

    @Test(arguments: Dialect.allCases) func `a new password of the account ends them all`(_ dialect: Dialect) async throws {
        try await PlannerStage.with(dialect) { stage in
            let client = stage.client()
            try await stage.havePassword()
            let made: AppPasswordView = try await client.post(
                "/planner/passwords", json: #"{"name": "Phone", "password": "\#(Self.password)"}"#
            ).json()
            let secret = try #require(made.secret)
            let state: CalendarState = try await client.post("/planner/calendar", json: #"{"password": "\#(Self.password)"}"#)
                .json()
            let path = try #require(state.url?.dropFirst("/api/v1".count)).description
            #expect(try await opens(stage, secret))
            #expect(try await client.get(path).status == 200)

            stage.clock.advance(minutes: 1)
            try await TestAccounts.choosePassword(Self.another, of: stage.ann, stage.accounts, on: stage.database)
            #expect(try await !opens(stage, secret))
            #expect(try await client.get(path).status == 404)
            #expect(try await client.get("/planner/calendar").json(CalendarState.self).isOpen == false)

            // Those that are made with it are good.
            let next: AppPasswordView = try await client.post(
                "/planner/passwords", json: #"{"name": "Phone", "password": "\#(Self.another)"}"#
            ).json()
            #expect(try await opens(stage, try #require(next.secret)))
            let opened: CalendarState = try await client.post(
                "/planner/calendar", json: #"{"password": "\#(Self.another)"}"#
            ).json()
            #expect(try await client.get(try #require(opened.url?.dropFirst("/api/v1".count)).description).status == 200)
            #expect(try await client.get("/planner/calendar").json(CalendarState.self).isOpen)
        }
    }
}
