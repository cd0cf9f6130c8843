import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Lifecycle
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TakingTurnsTests {
    @Test("A user with many answers waits, is told so, and another user does not", arguments: Dialect.allCases)
    func fairness(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await Gate().wait()
            }
            let fixture = ChatFixture(database, model: model, places: 4)
            try await fixture.running {
                let first = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: first.id, until: .delta)
                let second = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: second.id, until: .delta)
                let third = try await fixture.ask("What is osmosis?")
                #expect(try await fixture.events(of: third.id, until: .waiting).map(\.event) == [.started, .retrieval, .waiting])
                // Two of four places are free.
                let bobs = try await fixture.ask("What is osmosis?", user: fixture.bob)
                let seen = try await fixture.events(of: bobs.id, until: .delta, user: fixture.bob)
                #expect(!seen.contains { $0.event == .waiting })
                _ = try await fixture.chat.stop(bobs.id, user: fixture.bob)
                _ = try await fixture.chat.stop(first.id, user: fixture.ada)
                try await fixture.events(of: third.id, until: .delta)
            }
        }
    }

    @Test("At shutdown an answer that waits does not begin any more, and the next start writes it", arguments: [true, false])
    func shutdown(deterministic: Bool) async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let (signal, gate) = (ShutdownSignal(), Gate())
            let model = ScriptedModel(isDeterministic: deterministic) { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await gate.wait()
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model, places: 1)
            let second = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await fixture.service.run(until: signal) }
                let first = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: first.id, until: .delta)
                let second = try await fixture.ask("What is active transport?")
                try await fixture.events(of: second.id, until: .waiting)
                signal.trigger()
                // Its place comes free.
                gate.trigger()
                try await group.waitForAll()
                return second
            }
            #expect(try await fixture.chat.message(second.id, user: fixture.ada).status == .streaming)
            #expect(try await fixture.log(of: second.id).map(\.event) == [.started, .retrieval, .waiting])

            let next = ChatFixture(database, model: model)
            try await next.running {
                let answer = try await next.chat.finished(second.id, user: fixture.ada)
                #expect(answer.status == .completed && answer.content == "Water moves [1].")
                let events = try await next.log(of: second.id, user: fixture.ada)
                #expect(events.map(\.number) == Array(1...events.count))
                #expect(try ChatFixture.text(events) == answer.content)
                // The same answer goes on where it was, another one begins anew.
                #expect(events.contains { $0.event == .restarted } == !deterministic)
            }
        }
    }
}
