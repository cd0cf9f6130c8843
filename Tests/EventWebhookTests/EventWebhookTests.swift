import Ambient
import EventWebhook
import Events
import FoundationEssentials
import HTTPClient
import JSON
import ScriptedServing
import Testing

@Suite(.timeLimit(.minutes(1)))
struct EventWebhookTests {
    private let events = (1...3).map { number in
        Event(
            id: Ambient.live.newID(), type: "document.processed", timestamp: Date(timeIntervalSince1970: 1_800_000_000),
            userID: UserID(UUID()), service: "lm", version: "1.0", payload: #"{"title":"Nr. \#(number) “é”"}"#,
            position: Int64(number))
    }

    @Test func `events are posted as an array of envelopes, with the key`() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(204) }
        let hook = EventWebhook(url: "\(server.url)/in?from=lm", key: "secret", client: try HTTPClient())
        try await hook.take(events)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/in?from=lm")
        #expect(request.headers["authorization"] == "Bearer secret")
        #expect(request.headers["content-type"] == "application/json")
        let body = try JSONDecoder().decode([JSONValue].self, from: Data(request.body))
        #expect(body.compactMap { $0["event_id"] } == events.map { .string($0.id.description) })
        #expect(body[1]["payload"]?["title"] == "Nr. 2 “é”")
        #expect(body[0]["timestamp"] == "2027-01-15T08:00:00.000000Z")
    }

    @Test(arguments: [302, 400, 500]) func `another answer than a good one is a failure`(_ status: Int) async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(status) }
        let client = try HTTPClient(HTTPClientConfiguration(retry: .never))
        let hook = EventWebhook(url: server.url, key: nil, client: client)
        await #expect(throws: HTTPClientFailure.self) { try await hook.take(events) }
        #expect(server.requests.first?.headers["authorization"] == nil)
    }
}
