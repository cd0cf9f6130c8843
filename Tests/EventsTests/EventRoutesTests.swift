import Ambient
import Database
import DatabaseTesting
import Events
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@Suite(.timeLimit(.minutes(3)))
struct EventRoutesTests {
    @Test("A stream tells stored events with their ids, passing ones without, and none of others", arguments: Dialect.allCases)
    func streams(_ dialect: Dialect) async throws {
        try await withStream(dialect) { stage, user, open in
            try await open([:]) { end in
                _ = await end.read(until: "ok")
                try await stage.append("others", user: newUser())
                try await stage.append("mine", user: user)
                try await stage.deliverAll()
                let lines = await end.read(until: "data:")
                #expect(lines.contains("id: 2"))
                #expect(lines.contains("event: sample.made"))
                #expect(lines.contains { $0.hasPrefix("data: {\"event_id\":") && $0.contains("mine") })
                stage.bus.publish(note("half", user))
                let passing = await end.read(until: "data:")
                #expect(passing.contains("event: sample.progress"))
                #expect(!passing.contains { $0.hasPrefix("id:") })
            }
        }
    }

    @Test("A client that comes back gets what it missed, once and in order", arguments: Dialect.allCases)
    func resumes(_ dialect: Dialect) async throws {
        try await withStream(dialect) { stage, user, open in
            for number in 1...450 { try await stage.append("e\(number)!", user: number % 3 == 0 ? newUser() : user) }
            try await stage.deliverAll()
            try await open(["Last-Event-ID": "10"]) { end in
                var ids = await end.read(until: "e449!").filter { $0.hasPrefix("id: ") }.compactMap { Int($0.dropFirst(4)) }
                try await stage.append("next!", user: user)
                try await stage.deliverAll()
                ids += await end.read(until: "next!").filter { $0.hasPrefix("id: ") }.compactMap { Int($0.dropFirst(4)) }
                #expect(ids == (11...450).filter { $0 % 3 != 0 } + [451])
            }
        }
    }

    @Test("A client that was away longer than events are kept is told to load anew", arguments: Dialect.allCases)
    func tellsOfGaps(_ dialect: Dialect) async throws {
        try await withStream(dialect, retention: .seconds(-60)) { stage, user, open in
            try await stage.append("one", "two", user: user)
            try await stage.deliverAll()
            try await stage.relay.prune()
            try await stage.append("three", user: user)
            try await stage.deliverAll()
            try await open(["Last-Event-ID": "1"]) { end in
                let lines = await end.read(until: "three")
                #expect(lines.contains("event: resync"))
                #expect(lines.contains("id: 3"))
            }
            try await open(["Last-Event-ID": "999"]) { end in
                let lines = await end.read(until: "resync")
                #expect(lines.contains("event: resync"))
            }
        }
    }

    @Test("A slow client loses nothing that is stored", arguments: Dialect.allCases)
    func slowClient(_ dialect: Dialect) async throws {
        try await withStream(dialect, capacity: 4) { stage, user, open in
            try await open([:]) { end in
                _ = await end.read(until: "ok")
                for number in 1...100 { try await stage.append("e\(number)!", user: user) }
                try await stage.deliverAll()
                let ids = await end.read(until: "e100!").filter { $0.hasPrefix("id: ") }.compactMap { Int($0.dropFirst(4)) }
                #expect(ids == Array(1...100))
            }
        }
    }

    @Test("Without a token, or with a made-up id, there is no stream", arguments: Dialect.allCases)
    func refuses(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let (client, _) = client(Stage(database))
            let anonymous = try await client.send(.get, "/events", headers: ["Authorization": "Bearer wrong"])
            #expect(anonymous.status == 401)
            let malformed = try await client.get("/events", headers: ["Last-Event-ID": "abc"])
            #expect(malformed.status == 400)
        }
    }

    @Test(
        "A burst of streams past a user's limit is refused with 429, and one that is given up frees its place",
        arguments: Dialect.allCases)
    func burst(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let (client, _) = client(Stage(database))
            do {
                // Promised, but not listening yet.
                let promised = [await client.open(.get, "/events"), await client.open(.get, "/events")]
                #expect(promised.allSatisfy { $0.status == 200 })
                let refused = try await client.get("/events")
                #expect(refused.status == 429)
                #expect(refused.headers["Retry-After"] != nil)
            }
            #expect(await client.open(.get, "/events").status == 200)
        }
    }

    private func client(_ stage: Stage) -> (TestClient, UserID) {
        let user = newUser()
        let authenticator = TestAuthenticator(["token": Principal(userID: user, isAdministrator: false)])
        let router = Router([EventRoutes(database: stage.database, bus: stage.bus)], authenticator: authenticator)
        return (TestClient(router).bearing("token"), user)
    }

    private typealias Open = (HTTPHeaders, (StreamEnd) async throws -> Void) async throws -> Void

    private func withStream(
        _ dialect: Dialect, capacity: Int = 256, retention: Duration = .seconds(3600),
        _ body: (Stage, UserID, Open) async throws -> Void
    ) async throws {
        try await withDatabase(dialect, migrations: EventsMigrations.all) { database in
            let stage = Stage(database, capacity: capacity, retention: retention)
            let (client, user) = client(stage)
            try await stage.deliverAll()
            try await body(stage, user) { headers, use in
                let response = await client.open(.get, "/events", headers: headers)
                #expect(response.status == 200)
                #expect(response.headers["Content-Type"] == "text/event-stream")
                guard case .stream(let write) = response.body else {
                    Issue.record("not a stream")
                    return
                }
                let end = StreamEnd()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // Cancelled at the end, as by a client that goes away.
                    group.addTask { try? await write(end) }
                    defer { group.cancelAll() }
                    try await use(end)
                }
            }
            #expect(stage.bus.listeners == 0)
        }
    }
}
