import Ambient
import FoundationEssentials
import LanguageModels
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2)))
struct CallPlacesTests {
    private let ada = UserID(UUID())
    private let bob = UserID(UUID())
    private let eve = UserID(UUID())

    @Test(
        "One user gets half of the places, and some are left for everyone who comes",
        arguments: [(8, [4, 2, 1, 1]), (4, [2, 1, 1])])
    func shares(places: Int, expected: [Int]) {
        var line = CallLine(places)
        for share in expected {
            let user = UserID(UUID())
            let tickets = (0..<places).map { _ in line.enter(user) }
            #expect(tickets.count { line.isServed($0) } == share)
            #expect(tickets.prefix(share).allSatisfy { line.isServed($0) })
        }
    }

    @Test("Even the only place is given")
    func onlyPlace() {
        var line = CallLine(1)
        let ticket = line.enter(ada)
        #expect(line.isServed(ticket))
    }

    @Test("Whoever was served longest ago goes first, so that many questions of one user are not all before another's")
    func turns() {
        var line = CallLine(1)
        let first = line.enter(ada)
        let more = (0..<3).map { _ in line.enter(ada) }
        let bobs = [line.enter(bob), line.enter(bob)]
        let eves = line.enter(eve)
        var order: [CallLine.Ticket] = []
        line.leave(first)
        while let next = (more + bobs + [eves]).first(where: { line.isServed($0) }) {
            order.append(next)
            line.leave(next)
        }
        #expect(order == [bobs[0], eves, more[0], bobs[1], more[1], more[2]])
    }

    @Test("Whoever comes back at once does not overtake those who wait")
    func comingBack() {
        var line = CallLine(1)
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
        var line = CallLine(4)
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
        var line = CallLine(1)
        let first = line.enter(ada)
        let (second, third) = (line.enter(bob), line.enter(eve))
        line.leave(second)
        line.leave(first)
        #expect(!line.isServed(second) && line.isServed(third))
    }

    @Test("Whoever calls the model waits behind the same line, is told so, and then served", .timeLimit(.minutes(1)))
    func decorators() async throws {
        let (opened, open) = AsyncStream<Void>.makeStream()
        let held = HeldModel(opened)
        let places = CallPlaces(1)
        let (model, answers) = (FairTextModel(held, places: places), FairAnswers(PromptedAnswers(held), places: places))
        try await withThrowingTaskGroup(of: Void.self) { group in
            let first = Mutex<[ModelEvent]>([])
            let (begun, began) = AsyncStream<Void>.makeStream()
            group.addTask {
                for try await event in model.complete(ModelRequest(messages: [.user("one")]), for: self.ada) {
                    first.withLock { $0.append(event) }
                    began.yield()
                }
            }
            for await _ in begun { break }
            // Another caller, by another way.
            var second: [ModelEvent] = []
            for try await event in answers.answer(AnswerPrompt(question: "two", passages: []), for: bob) {
                second.append(event)
                if event == .waiting { open.finish() }
            }
            try await group.waitForAll()
            #expect(first.withLock { $0 } == [.text("said"), .finished(.stop)])
            #expect(second == [.waiting, .began, .text("said"), .finished(.stop)])
        }
    }

    @Test("A call that nobody waits for any more gives its place back")
    func abandoned() async throws {
        let (opened, open) = AsyncStream<Void>.makeStream()
        let model = FairTextModel(HeldModel(opened), places: CallPlaces(1))
        for try await event in model.complete(ModelRequest(messages: [.user("one")]), for: ada) where event == .text("said") {
            break
        }
        open.finish()
        let answer = try await model.answer(to: ModelRequest(messages: [.user("two")]), for: bob)
        #expect(answer.text == "said" && answer.reason == .stop)
    }
}

/// Says something at once, and ends when it is let.
private struct HeldModel: TextModel {
    let name = "held"
    let contextWindow = 4096
    let opened: AsyncStream<Void>

    init(_ opened: AsyncStream<Void>) { self.opened = opened }

    func check() async throws -> ModelStatus { ModelStatus(summary: name) }

    func complete(_ request: ModelRequest, for user: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { continuation in
            // Ends with the stream; cancelled when nobody listens.
            let task = Task { [opened] in
                continuation.yield(.text("said"))
                for await _ in opened {}
                continuation.yield(.finished(.stop))
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
