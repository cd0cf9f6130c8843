import Ambient
import Signals
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import LanguageModels
import Lifecycle
import Passages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct FollowingTests {
    @Test("Any Last-Event-ID resumes with exactly what follows, during and after", arguments: Dialect.allCases)
    func resume(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            // Each word is an event of its own: the next one waits until it is seen.
            let gates = (0..<8).map { _ in Gate() }
            let model = ScriptedModel { _, continuation in
                for (number, gate) in gates.enumerated() {
                    continuation.yield(.text("word\(number) "))
                    await gate.wait()
                }
                continuation.yield(.text("end [2]."))
                continuation.yield(.finished(.stop))
            }
            let fixture = ChatFixture(database, model: model)
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                try await withThrowingTaskGroup(of: [AnswerEvent].self) { group in
                    for start in 0..<8 {
                        group.addTask {
                            let seen = Mutex<[AnswerEvent]>([])
                            try await fixture.chat.follow(answer.id, after: start, user: fixture.ada) { events in
                                seen.withLock { $0 += events }
                                let text = try seen.withLock { try ChatFixture.text($0) }
                                for (number, gate) in gates.enumerated() where text.contains("word\(number)") { gate.trigger() }
                            }
                            return seen.withLock { $0 }
                        }
                    }
                    var live: [[AnswerEvent]] = []
                    for try await events in group { live.append(events) }
                    let whole = try await fixture.log(of: answer.id)
                    for events in live { #expect(events == Array(whole.suffix(events.count))) }
                    #expect(Set(live.map(\.count)) == Set((0..<8).map { whole.count - $0 }))
                    for start in 0...whole.count {
                        let after = Mutex<[AnswerEvent]>([])
                        try await fixture.chat.follow(answer.id, after: start, user: fixture.ada) { events in
                            after.withLock { $0 += events }
                        }
                        #expect(after.withLock { $0 } == Array(whole[start...]))
                    }
                }
            }
        }
    }

    @Test(
        "Whoever follows what another process writes hears of every word, and of the end, by signals alone",
        arguments: Dialect.allCases)
    func followedElsewhere(_ dialect: Dialect) async throws {
        try await withSecondDatabase(dialect, migrations: ChatFixture.migrations) { first, second in
            let gates = (0..<4).map { _ in Gate() }
            let model = ScriptedModel { _, continuation in
                for (number, gate) in gates.enumerated() {
                    continuation.yield(.text("word\(number) "))
                    await gate.wait()
                }
                continuation.yield(.text("end [1]."))
                continuation.yield(.finished(.stop))
            }
            let here = ChatFixture(first, model: model)
            // Looking by itself would take longer than the test may.
            let there = ChatFixture(second, model: model, configure: { $0.followInterval = .seconds(600) })
            let listener = SignalListener(channel: second.signals)
            there.service.follow(listener)
            try await here.running {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await listener.run(until: ShutdownSignal()) }
                    let answer = try await here.ask("What is osmosis?")
                    try await withThrowingTaskGroup(of: [AnswerEvent].self) { followers in
                        for _ in 0..<3 {
                            followers.addTask {
                                let seen = Mutex<[AnswerEvent]>([])
                                try await there.chat.follow(answer.id, after: 0, user: here.ada) { events in
                                    seen.withLock { $0 += events }
                                    let text = try seen.withLock { try ChatFixture.text($0) }
                                    for (number, gate) in gates.enumerated() where text.contains("word\(number)") { gate.trigger() }
                                }
                                return seen.withLock { $0 }
                            }
                        }
                        for try await events in followers {
                            #expect(try ChatFixture.text(events) == "word0 word1 word2 word3 end [1].")
                            #expect(events.map(\.number) == Array(1...events.count) && events.last?.event == .completed)
                        }
                    }
                    group.cancelAll()
                }
            }
        }
    }

    @Test(
        "Whoever follows an answer that nobody writes hears at once that it was stopped, or is written here",
        arguments: [true, false])
    func followedNowhere(isStopped: Bool) async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let model = ScriptedModel.saying("Water moves [1].")
            let gone = ChatFixture(database, model: model)
            // Committed, and never begun: its process does not run.
            let answer = try await gone.ask("What is osmosis?")
            let fixture = ChatFixture(database, model: model, configure: { $0.followInterval = .seconds(600) })
            let isWaiting = Gate()
            try await withThrowingTaskGroup(of: ChatMessage?.self) { group in
                group.addTask {
                    isWaiting.trigger()
                    return try await fixture.chat.finished(answer.id, user: gone.ada)
                }
                await isWaiting.wait()
                if isStopped {
                    _ = try await fixture.chat.stop(answer.id, user: gone.ada)
                } else {
                    group.addTask {
                        try await fixture.service.run(until: ShutdownSignal())
                        return nil
                    }
                }
                let message = try #require(try await group.next() ?? nil)
                #expect(message.status == (isStopped ? .stopped : .completed))
                group.cancelAll()
            }
        }
    }

    @Test("From the beginning of an answer that is written anew, the log and what is being written follow without a pause")
    func followFromLog() async throws {
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let runs = Mutex(0)
            let gate = Gate()
            let model = ScriptedModel { _, continuation in
                let run = runs.withLock {
                    $0 += 1; return $0
                }
                continuation.yield(.text("run \(run)"))
                if run == 2 { await gate.wait() }
                continuation.yield(.text(" is over"))
                continuation.yield(.finished(.stop))
            }
            // Looking by itself would take longer than the test may.
            let fixture = ChatFixture(database, model: model, configure: { $0.followInterval = .seconds(600) })
            try await fixture.running {
                let answer = try await fixture.ask("What is osmosis?")
                _ = try await fixture.chat.finished(answer.id, user: fixture.ada)
                _ = try await fixture.chat.regenerate(answer.id, user: fixture.ada)
                let seen = Mutex<[AnswerEvent]>([])
                try await fixture.chat.follow(answer.id, after: 0, user: fixture.ada) { events in
                    seen.withLock { $0 += events }
                    if events.contains(where: { $0.data.contains("run 2") }) { gate.trigger() }
                }
                #expect(try ChatFixture.text(seen.withLock { $0 }) == "run 2 is over")
            }
        }
    }

    @Test("Who follows from before a feed's beginning is sent to the log")
    func feedBeginsLate() async throws {
        let feed = MessageFeed()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { if case .readLog = try await feed.next(after: 0) { true } else { false } }
            group.addTask {
                feed.begin(after: 5)
                return true
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
