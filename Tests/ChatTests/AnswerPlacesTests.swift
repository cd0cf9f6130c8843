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
struct AnswerPlacesTests {
    private let ada = UserID(UUID())
    private let bob = UserID(UUID())
    private let eve = UserID(UUID())

    @Test(
        "One user gets half of the places, and some are left for everyone who comes",
        arguments: [(8, [4, 2, 1, 1]), (4, [2, 1, 1])])
    func shares(places: Int, expected: [Int]) {
        var line = AnswerPlaces.Line(places)
        for share in expected {
            let user = UserID(UUID())
            let tickets = (0..<places).map { _ in line.enter(user) }
            #expect(tickets.count { line.isServed($0) } == share)
            #expect(tickets.prefix(share).allSatisfy { line.isServed($0) })
        }
    }

    @Test("Even the only place is given")
    func onlyPlace() {
        var line = AnswerPlaces.Line(1)
        let ticket = line.enter(ada)
        #expect(line.isServed(ticket))
    }

    @Test("Whoever was served longest ago goes first, so that many questions of one user are not all before another's")
    func turns() {
        var line = AnswerPlaces.Line(1)
        let first = line.enter(ada)
        let more = (0..<3).map { _ in line.enter(ada) }
        let bobs = [line.enter(bob), line.enter(bob)]
        let eves = line.enter(eve)
        var order: [AnswerPlaces.Line.Ticket] = []
        line.leave(first)
        while let next = (more + bobs + [eves]).first(where: { line.isServed($0) }) {
            order.append(next)
            line.leave(next)
        }
        #expect(order == [bobs[0], eves, more[0], bobs[1], more[1], more[2]])
    }

    @Test("Whoever comes back at once does not overtake those who wait")
    func comingBack() {
        var line = AnswerPlaces.Line(1)
        let first = line.enter(ada)
        let bobs = [line.enter(bob), line.enter(bob)]
        line.leave(first)
        #expect(line.isServed(bobs[0]))
        let again = line.enter(ada)
        line.leave(bobs[0])
        #expect(line.isServed(again))
        let onceMore = line.enter(ada)
        line.leave(again)
        #expect(line.isServed(bobs[1]) && !line.isServed(onceMore))
    }

    @Test("The user with the fewest places goes first")
    func fewest() {
        var line = AnswerPlaces.Line(4)
        let adas = [line.enter(ada), line.enter(ada), line.enter(ada)]
        let bobs = [line.enter(bob), line.enter(bob)]
        #expect(adas.map(line.isServed) == [true, true, false] && bobs.map(line.isServed) == [true, false])
        line.leave(adas[0])
        // One each; two are free, and Bob's turn was later.
        #expect(line.isServed(adas[2]) && !line.isServed(bobs[1]))
        line.leave(adas[1])
        #expect(line.isServed(bobs[1]))
    }

    @Test("A ticket that is given up while it waits is never served")
    func givenUp() {
        var line = AnswerPlaces.Line(1)
        let first = line.enter(ada)
        let (second, third) = (line.enter(bob), line.enter(eve))
        line.leave(second)
        line.leave(first)
        #expect(!line.isServed(second) && line.isServed(third))
    }

    @Test("A user with many answers waits, is told so, and another user does not", arguments: Dialect.allCases)
    func fairness(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatMigrations.all) { database in
            let model = ScriptedModel { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await Gate().wait()
            }
            let fixture = ChatFixture(database, model: model, configure: { $0.parallelAnswers = 4 })
            try await fixture.running {
                let first = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: first.id, until: .delta)
                let second = try await fixture.ask("What is osmosis?")
                try await fixture.events(of: second.id, until: .delta)
                let third = try await fixture.ask("What is osmosis?")
                #expect(try await fixture.events(of: third.id, until: .waiting).map(\.event) == [.started, .waiting])
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
        try await withDatabase(.sqlite, migrations: ChatMigrations.all) { database in
            let (signal, gate) = (ShutdownSignal(), Gate())
            let model = ScriptedModel(isDeterministic: deterministic) { _, continuation in
                continuation.yield(.text("Water moves [1]."))
                await gate.wait()
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model, configure: { $0.parallelAnswers = 1 })
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
            #expect(try await fixture.log(of: second.id).map(\.event) == [.started, .waiting])

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
