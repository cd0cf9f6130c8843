import Ambient
import Database
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Synchronization
import Testing

@testable import Accounts

@Suite("Profiles", .timeLimit(.minutes(3)))
struct ProfileTests {
    private func client(_ office: Office) -> TestClient {
        var policy = ServingPolicy()
        policy.rateLimits = nil
        return TestClient(
            Router(
                [
                    AccountsRoutes(service: office.service), ProfileRoutes(service: office.service),
                    ProofRoutes(service: office.service),
                ],
                authenticator: TokenAuthenticator(office.service), policy: policy, ambient: office.clock.ambient))
    }

    private func patch(_ client: TestClient, _ id: UserID, _ json: String) async throws -> TestAnswer {
        try await client.send(
            .patch, "/users/\(id)", headers: ["Content-Type": "application/json"], body: Array(json.utf8))
    }

    @Test("One changes what one says of oneself, a part at a time", arguments: Dialect.allCases)
    func change(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register()
            let client = client(office).bearing(ada.accessToken)
            let first = try await client.get("/users/\(ada.user.id)").json(ProfileView.self)
            #expect(first.displayName == "Ada" && first.subjects == [] && first.preferences == [:] && first.avatarColour == nil)
            let changed = try await patch(
                client, ada.user.id,
                #"{"avatar_colour":"teal","subjects":["  Cell   biology","cell biology","Statistics"],"preferences":{"a":{"b":1,"c":2},"d":[1]}}"#
            ).json(ProfileView.self)
            #expect(changed.displayName == "Ada" && changed.avatarColour == .teal)
            #expect(changed.subjects == ["Cell biology", "Statistics"])
            // RFC 7396: null removes, objects merge, lists are replaced.
            let merged = try await patch(
                client, ada.user.id,
                #"{"display_name":"Ada L.","preferences":{"a":{"b":null,"e":"x"},"d":[2,null],"f":{"g":null}}}"#
            ).json(ProfileView.self)
            #expect(merged.displayName == "Ada L." && merged.avatarColour == .teal && merged.subjects?.count == 2)
            #expect(merged.preferences == ["a": ["c": 2, "e": "x"], "d": [2, .null], "f": .object([])])
            #expect(try await client.get("/users/me").json(UserView.self).avatarColour == .teal)
        }
    }

    @Test("What is too much changes nothing", arguments: Dialect.allCases)
    func bounds(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register()
            let client = client(office).bearing(ada.accessToken)
            let long = String(repeating: "x", count: 9000)
            #expect(try await patch(client, ada.user.id, #"{"preferences":{"a":"\#(long)"}}"#).status == 200)
            let refused: [(String, String)] = [
                (#"{"display_name":"B","preferences":{"b":"\#(long)"}}"#, "preferences"),
                (
                    #"{"preferences":{"b":\#(String(repeating: "[", count: 20))\#(String(repeating: "]", count: 20))}}"#,
                    "preferences"
                ),
                (#"{"subjects":["\#(String(repeating: "y", count: 61))"]}"#, "subjects"),
                (#"{"subjects":[\#((0..<21).map { "\"s\($0)\"" }.joined(separator: ","))]}"#, "subjects"),
                (#"{"avatar_colour":"mauve"}"#, "avatar_colour"), (#"{"display_name":" "}"#, "display_name"),
            ]
            for (json, field) in refused {
                let answer = try await patch(client, ada.user.id, json)
                #expect(answer.status == 400, "\(field)")
                #expect(try answer.error().details[field] != nil, "\(field)")
            }
            let kept = try await client.get("/users/\(ada.user.id)").json(ProfileView.self)
            #expect(kept.displayName == "Ada" && kept.preferences?.count == 1 && kept.subjects == [])
        }
    }

    @Test("Of two changes at once both are kept", arguments: Dialect.allCases)
    func atOnce(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register()
            try await withThrowingTaskGroup { group in
                for number in 0..<8 {
                    group.addTask {
                        _ = try await office.service.changeProfile(
                            of: ada.user.id, ProfileChange(preferences: ["key\(number)": .integer(number)]))
                    }
                }
                try await group.waitForAll()
            }
            let profile = try await office.service.profile(of: ada.user.id, for: ada.user.id, isAdministrator: false)
            #expect(profile.preferences.count == 8)
        }
    }

    @Test("Others are not there, but for an administrator, who sees less and may end an account", arguments: Dialect.allCases)
    func others(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let (ada, ben, cy) = (
                try await office.register(), try await office.register("ben@example.org"),
                try await office.register("cy@example.org")
            )
            let client = client(office)
            let (admin, student) = (client.bearing(ada.accessToken), client.bearing(ben.accessToken))
            for method in [HTTPMethod.get, .patch, .delete] {
                let answer = try await student.send(
                    method, "/users/\(cy.user.id)", headers: ["Content-Type": "application/json"],
                    body: method == .get ? [] : Array(#"{"password":"\#(Office.password)"}"#.utf8))
                #expect(answer.status == 404, "\(method)")
            }
            #expect(try await student.get("/users/\(cy.user.id)/stats").status == 404)
            #expect(try await admin.get("/users/\(ben.user.id)/stats").status == 404)
            #expect(try await patch(admin, ben.user.id, #"{"display_name":"Benny"}"#).status == 404)
            let seen = try await admin.get("/users/\(ben.user.id)").json(ProfileView.self)
            #expect(seen.email == "ben@example.org" && seen.preferences == nil && seen.subjects == nil)
            #expect(
                try await admin.send(.delete, "/users/\(ben.user.id)", json: ["password": "not the phrase"]).status == 400)
            #expect(
                try await admin.send(.delete, "/users/\(ben.user.id)", json: ["password": Office.password]).status == 204)
            #expect(try await student.get("/users/me").status == 401)
            #expect(
                try await admin.send(.delete, "/users/\(ben.user.id)", json: ["password": Office.password]).status == 404)
            #expect(
                try await client.bearing(cy.accessToken).send(
                    .delete, "/users/\(cy.user.id)", json: ["password": Office.password]
                ).status == 204)
        }
    }

    @Test(
        "A session that was proved needs no password for ten minutes, and no other session gains by it", arguments: Dialect.allCases
    )
    func proof(_ dialect: Dialect) async throws {
        try await withOffice(dialect) { office in
            let ada = try await office.register()
            let other = try await office.service.logIn(email: "ada@example.org", password: Office.password)
            let client = client(office)
            let (here, there) = (client.bearing(ada.accessToken), client.bearing(other.accessToken))
            func change(_ client: TestClient, _ password: String) async throws -> Int {
                try await client.send(.post, "/users/me/password", json: ["new_password": password]).status
            }
            #expect(try await change(here, "quiet meadow 42") == 400)
            #expect(try await here.send(.post, "/users/me/proof", json: ["password": "not the phrase"]).status == 400)
            let proof = try await here.send(.post, "/users/me/proof", json: ["password": Office.password])
            #expect(try proof.json(ProofView.self).until == office.clock.now.addingTimeInterval(600))
            #expect(try await change(there, "quiet meadow 42") == 400)
            #expect(try await change(here, "quiet meadow 42") == 204)
            office.clock.advance(601)
            #expect(try await change(here, "another meadow 43") == 400)
        }
    }

    @Test("A streak goes on over the turn of two months, and today may still come")
    func streak() async throws {
        let days = Mutex<[Date]>([])
        let figures = StudyFigures(
            counts: [
                { _, _ in
                    var counts = StudyFigures.Counts(); counts.cards = 3; return counts
                },
                { _, _ in
                    var counts = StudyFigures.Counts(); counts.quizzes = 2; counts.duration = 90_000; return counts
                },
            ],
            moments: [{ times, _, _ in days.withLock { $0.filter(times.contains) } }])
        try await withOffice(figures: figures) { office in
            let ada = try await office.register()
            func streak(_ ago: [Int]) async throws -> Int {
                days.withLock { $0 = ago.map { office.clock.now.addingTimeInterval(-86_400 * Double($0)) } }
                return try await office.service.figures(of: ada.user.id).streak
            }
            #expect(try await streak([]) == 0)
            #expect(try await streak([0]) == 1)
            #expect(try await streak([1, 2, 3]) == 3)
            #expect(try await streak([2, 3]) == 0)
            #expect(try await streak(Array(0..<59)) == 59)
            #expect(try await streak(Array(0..<60)) == 60)
            #expect(try await streak(Array(1..<130) + [131]) == 129)
            let client = client(office).bearing(ada.accessToken)
            let told = try await client.get("/users/\(ada.user.id)/stats").json(StudyStandingView.self)
            #expect(told.cards == 3 && told.quizzes == 2 && told.studyMinutes == 1 && told.streak == 129)
        }
    }
}
