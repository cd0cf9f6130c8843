import Ambient
import Events
import FoundationEssentials
import Testing

@Suite(.timeLimit(.minutes(3)))
struct EventBusTests {
    @Test("A user hears what is theirs and nothing else")
    func perUser() async throws {
        let (bus, ann, ben) = (EventBus(), newUser(), newUser())
        try await bus.withSubscription(user: ann) { subscription in
            bus.publish(note("bens", ben))
            bus.publish(note("nobodys", nil))
            bus.publish(note("anns", ann))
            subscription.end()
            var names: [String?] = []
            for await element in subscription { names.append(element.sampleName) }
            #expect(names == ["anns"])
        }
        #expect(bus.listeners == 0)
    }

    @Test("A slow listener loses its queue, is told, and hears what follows")
    func overflows() async throws {
        let (bus, user) = (EventBus(capacity: 3), newUser())
        try await bus.withSubscription(user: user) { subscription in
            for number in 1...4 { bus.publish(note("\(number)", user)) }
            subscription.end()
            var names: [String?] = []
            for await element in subscription { names.append(element.sampleName) }
            #expect(names == ["resync", "4"])
        }
    }

    @Test("A listener that is cancelled stops waiting")
    func cancelled() async throws {
        let bus = EventBus()
        let task = Task {
            try await bus.withSubscription { subscription in
                for await _ in subscription {}
                return true
            }
        }
        task.cancel()
        #expect(try await task.value)
    }

    @Test("One user has a bounded number of listeners")
    func bounded() async throws {
        let (bus, user) = (EventBus(limitPerUser: 1), newUser())
        try await bus.withSubscription(user: user) { _ in
            let failure = await #expect(throws: EventFailure.self) { try await bus.withSubscription(user: user) { _ in } }
            #expect(failure?.retryAfter != nil)
        }
        try await bus.withSubscription(user: user) { _ in }
    }

    @Test("The envelope has exactly the fields that were promised")
    func envelope() throws {
        let user = newUser()
        let event = Event(
            id: EventID(UUID()), type: "document.processed", timestamp: Date(timeIntervalSince1970: 0), userID: user,
            service: "l\"m",
            version: "1.0", payload: #"{"id": "x"}"#, position: 9)
        let decoded = try JSONDecoder().decode(Envelope.self, from: Data(event.json.utf8))
        #expect(decoded.id == event.id.description)
        #expect(decoded.type == "document.processed")
        #expect(decoded.timestamp == "1970-01-01T00:00:00.000000Z")
        #expect(decoded.user == user.description)
        #expect(decoded.service == "l\"m")
        #expect(decoded.version == "1.0")
        #expect(decoded.payload == ["id": "x"])
        let names = event.json.split(separator: "\"").map(String.init).filter {
            ["event_id", "event_type", "timestamp", "user_id", "service", "version", "payload", "position"].contains($0)
        }
        #expect(names == ["event_id", "event_type", "timestamp", "user_id", "service", "version", "payload"])
    }
}

private struct Envelope: Decodable {
    let id: String
    let type: String
    let timestamp: String
    let user: String
    let service: String
    let version: String
    let payload: [String: String]

    enum CodingKeys: String, CodingKey {
        case timestamp, service, version, payload
        case id = "event_id"
        case type = "event_type"
        case user = "user_id"
    }
}
