import Ambient
import Database
import DatabaseTesting
import Events
import FoundationEssentials
import HTTPServing
import Synchronization

struct Sample: Codable, Sendable {
    var name: String
    var count = 1
}

/// A passing sample; names of the form that passes.
func note(_ name: String, _ user: UserID?) -> PassingNote {
    PassingNote("sample.progress", user: user, ["name": .word(name), "count": .count(1)])
}

func newUser() -> UserID { UserID(Ambient.live.newUUID()) }

/// A database with the outbox, and what stands around it.
struct Stage: Sendable {
    let database: any Database
    let bus: EventBus
    let outbox: EventOutbox
    let relay: EventRelay

    init(_ database: any Database, capacity: Int = 256, retention: Duration = .seconds(3600)) {
        self.database = database
        bus = EventBus(capacity: capacity, limitPerUser: 2)
        outbox = EventOutbox(bus: bus)
        var configuration = EventRelay.Configuration()
        configuration.retention = retention
        // Only wakes and signals can be in time.
        configuration.interval = .seconds(600)
        relay = EventRelay(database: database, bus: bus, configuration: configuration)
    }

    func append(_ names: String..., user: UserID?) async throws {
        try await database.transaction(as: .system) { transaction in
            for name in names {
                try await outbox.append(
                    EventDraft(type: "sample.made", userID: user, payload: Sample(name: name)), in: transaction)
            }
        }
    }

    func deliverAll() async throws { while try await relay.deliver() > 0 {} }
}

extension Event {
    var sampleName: String? { try? decode(Sample.self).name }
}

extension EventSubscription.Element {
    var sampleName: String? { if case .event(let event) = self { event.sampleName } else { "resync" } }
}

/// The far end of an event stream: waits for lines.
final class StreamEnd: HTTPBodyWriter {
    private let lines: AsyncStream<String>
    private let feed: AsyncStream<String>.Continuation

    init() { (lines, feed) = AsyncStream.makeStream() }

    func write(_ bytes: [UInt8]) async throws {
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") { feed.yield(String(line)) }
    }

    /// The lines up to and with the first that contains `text`.
    func read(until text: String) async -> [String] {
        var seen: [String] = []
        for await line in lines {
            seen.append(line)
            if line.contains(text) { return seen }
        }
        return seen
    }
}
