import Ambient
import Assembly
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import LanguageModels
import Passages
import Synchronization
import Testing

/// What students have made by saying so.
@Suite("Tools of the tutor", .timeLimit(.minutes(2)))
struct ToolTests {
    private static let quiz = ToolWishes(
        ["quiz", "a test", "questions"].map { .init($0) }, phrases: ["quiz me", "frag mich ab", "how am i doing"],
        counted: ["questions", "fragen"])
    private static let note = ToolWishes(
        [.init("note"), .init("notes"), .init("cheat sheet", [.init(name: "kind", value: "cheat_sheet")])])

    @Test(
        "a wish is understood with what it is about and how many",
        arguments: [
            ("Make me a quiz on chapter 2", "chapter 2", nil),
            ("Can you make a quiz with 5 questions about osmosis, please?", "osmosis", 5),
            ("Quiz me on the Krebs cycle!", "Krebs cycle", nil), ("Erstelle mir ein Quiz über Osmose mit 7 Fragen", "Osmose", 7),
            ("I'd like ten questions from my documents", nil, 10), ("How am I doing?", nil, nil),
        ] as [(String, String?, Int?)])
    func understood(_ text: String, _ about: String?, _ count: Int?) throws {
        let wish = try #require(Self.quiz.wish(in: text))
        #expect(wish.about == about && wish.count == count && !wish.isOfThis)
    }

    @Test(
        "what only speaks of it is no wish",
        arguments: [
            "How do I make a quiz?", "What is a quiz?", "I don't want a quiz", "Make sense of a test",
            "I have to pass a test on Friday",
            "Is there a quiz?", "Write an essay on questions", "Explain osmosis",
        ])
    func spokenOf(_ text: String) { #expect(Self.quiz.wish(in: text) == nil) }

    @Test("a note is wished for of a kind, of an answer, or with what is to stand in it")
    func notes() throws {
        let sheet = try #require(Self.note.wish(in: "Make a cheat sheet for chapter 3"))
        #expect(sheet.fields == [.init(name: "kind", value: "cheat_sheet")] && sheet.about == "chapter 3")
        #expect(try #require(Self.note.wish(in: "Turn this into notes")).isOfThis)
        #expect(try #require(Self.note.wish(in: "save that as a note")).isOfThis)
        #expect(Self.note.wish(in: "Make a note that the exam is on Friday")?.said == "the exam is on Friday")
        #expect(Self.note.wish(in: "What do my notes say about osmosis?") == nil)
    }

    // MARK: - In a conversation

    private struct Wanted: APIType {
        var topic: String?
        var count: Int?
        var documentIDs: [String]?

        enum CodingKeys: String, CodingKey {
            case topic, count
            case documentIDs = "document_ids"
        }
        static var constraints: [Constraint<Wanted>] { [.range(\.count, "count", 1...100)] }
    }

    /// What was made, by its id.
    private final class Shelf: Sendable {
        let made = Mutex<[UUID: String]>([:])
        let calls = Mutex(0)

        var tool: AssistantTool {
            AssistantTool(
                "quiz_make", "Makes a quiz.", takes: Wanted.self, wishes: ToolTests.quiz,
                asks: { "A quiz on \($0.topic ?? "everything"), \($0.count ?? 10) questions?" },
                make: { input, id, _ in
                    self.calls.withLock { $0 += 1 }
                    self.made.withLock { $0[id] = input.topic ?? "everything" }
                    return ToolDeed("quiz", id: id.uuidString.lowercased(), title: input.topic ?? "everything")
                },
                undo: { id, _ in self.made.withLock { $0[id] = nil } })
        }
    }

    @Test("it is proposed, made once when the student agrees, and taken back", arguments: Dialect.allCases)
    func agreed(_ dialect: Dialect) async throws {
        let shelf = Shelf()
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(
                database, model: ScriptedModel.saying("Never asked."), passages: Self.placed, tools: [shelf.tool])
            try await fixture.running {
                let asked = try await fixture.ask("Make me a quiz on osmosis with 3 questions")
                let answer = try await fixture.chat.finished(asked.id, user: fixture.ada)
                #expect(answer.content == "A quiz on Osmosis, 3 questions?")
                #expect(
                    answer.proposal == Proposal(tool: "quiz_make", topic: "Osmosis", count: 3, state: .proposed)
                        && answer.offers.map(\.kind) == [.summary, .mainPoints, .keyTerms])
                let yes = try await fixture.chat.ask("Yes, please", in: answer.conversationID, user: fixture.ada)
                #expect(try await fixture.chat.finished(yes.id, user: fixture.ada).content == PlainReply.agreeing)
                #expect(shelf.made.withLock { $0.isEmpty })
                let address = "/chat/messages/\(answer.id)/proposal"
                for _ in 0..<2 {
                    let done = try await fixture.client.send(.post, address)
                    #expect(done.status == 200, "\(done.text)")
                    let proposal = try #require(try done.json(ChatMessage.self).proposal)
                    #expect(
                        proposal.state == .done && proposal.deed == ToolDeed("quiz", id: answer.id.description, title: "Osmosis"))
                }
                #expect(shelf.calls.withLock { $0 } == 1 && shelf.made.withLock { $0.count } == 1)
                // Nobody else's.
                #expect(try await fixture.client.bearing("bob").send(.post, address).status == 404)
                let undone = try await fixture.client.send(.delete, address).json(ChatMessage.self)
                #expect(undone.proposal?.state == .undone && undone.proposal?.deed == nil && shelf.made.withLock { $0.isEmpty })
                #expect(try await fixture.chat.message(answer.id, user: fixture.ada).proposal?.state == .undone)
                _ = try await fixture.client.send(.post, address)
                #expect(shelf.made.withLock { $0.count } == 1)
                // Where nothing is proposed there is nothing to agree to.
                let plain = try await fixture.chat.ask("Hello", in: answer.conversationID, user: fixture.ada)
                let hello = try await fixture.chat.finished(plain.id, user: fixture.ada)
                #expect(try await fixture.client.send(.post, "/chat/messages/\(hello.id)/proposal").status == 409)
            }
        }
    }

    @Test("a model may call it where it may be meant, and chooses no documents")
    func called() async throws {
        let shelf = Shelf()
        let offered = Mutex<[[String]]>([])
        let model = ScriptedModel(readsNotes: true) { prompt, continuation in
            offered.withLock { $0.append(prompt.tools.map(\.name)) }
            if let tool = prompt.tools.first {
                #expect(tool.parameters["properties"]?["topic"] != nil && tool.parameters["properties"]?["document_ids"] == nil)
                let arguments = #"{"topic": "Diffusion", "count": 4, "document_ids": ["made up"]}"#
                continuation.yield(.toolCall(ToolCall(id: "1", name: tool.name, arguments: arguments)))
                continuation.yield(.finished(.toolCalls))
            } else {
                continuation.yield(.text("It moves water [1]."))
                continuation.yield(.finished(.stop))
            }
        }
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: model, passages: Self.placed, tools: [shelf.tool])
            try await fixture.running {
                let asked = try await fixture.ask("I would love some questions about how water spreads")
                let answer = try await fixture.chat.finished(asked.id, user: fixture.ada)
                #expect(answer.content == "A quiz on Diffusion, 4 questions?" && answer.proposal?.topic == "Diffusion")
                #expect(shelf.made.withLock { $0.isEmpty })
                let other = try await fixture.ask("What does osmosis move?")
                #expect(try await fixture.chat.finished(other.id, user: fixture.ada).proposal == nil)
                #expect(offered.withLock { $0 } == [["quiz_make"], []])
            }
        }
    }

    private static let placed = ChatFixture.passages.enumerated().map { index, passage in
        var passage = passage
        passage.ordinal = index
        return passage
    }
}
