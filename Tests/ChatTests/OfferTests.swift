import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import LanguageModels
import Passages
import Testing

/// What an answer offers to ask next.
@Suite("Offers", .timeLimit(.minutes(2)))
struct OfferTests {
    private static let rocks = Passage(
        chunkID: ChunkID(UUID()), documentID: ChatFixture.otherID, title: "Rocks", section: nil, page: 1,
        text: "Granite is an igneous rock of quartz and feldspar.", score: 0.8)
    private static let documents = ChatFixture.documents + [ChatDocument(id: ChatFixture.otherID, title: "Rocks")]
    private static let passages = [rocks] + ChatFixture.passages

    /// Answers from the passages that it is given where one has a word, and finds nothing otherwise.
    private static func model(word: String, else reason: FinishReason = .notInSources) -> ScriptedModel {
        ScriptedModel { prompt, continuation in
            if let found = prompt.passages.first(where: { $0.text.contains(word) }) {
                continuation.yield(.text("It is a rock [\(found.number)]."))
                continuation.yield(.finished(.stop))
            } else {
                let near = reason == .nearest ? "It may be this [1]." : "I could not find it."
                continuation.yield(.text(near))
                continuation.yield(.finished(reason))
            }
        }
    }

    private func asked(
        _ dialect: Dialect, _ question: String = "What is granite made of?", of ids: [DocumentID]?, course: Bool = false,
        model: ScriptedModel = model(word: "Granite"), probe: WordProbe = WordProbe(word: "Granite"),
        then: @escaping @Sendable (ChatFixture, Conversation, ChatMessage) async throws -> Void = { _, _, _ in }
    ) async throws -> ChatMessage {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: model, passages: Self.passages, documents: Self.documents, probe: probe)
            return try await fixture.running {
                let conversation = try await fixture.chat.create(title: nil, documentIDs: ids, user: fixture.ada)
                let answer = try await fixture.chat.ask(question, in: conversation.id, user: fixture.ada)
                let finished = try await fixture.chat.finished(answer.id, user: fixture.ada)
                try await then(fixture, conversation, finished)
                return finished
            }
        }
    }

    @Test(
        "What one document does not hold and another does is offered, stored, and answered when it is taken",
        arguments: Dialect.allCases)
    func asksAll(_ dialect: Dialect) async throws {
        let answer = try await asked(dialect, of: [ChatFixture.documentID]) { fixture, conversation, answer in
            let stored = try await fixture.chat.message(answer.id, user: fixture.ada)
            #expect(stored.offers == answer.offers)
            let last = try #require(try await fixture.log(of: answer.id).last)
            #expect(try JSONColumn.value(last.data, as: ChatMessage.self).offers == answer.offers)
            let again = try await fixture.client.post(
                "/chat/conversations/\(conversation.id)/messages",
                json: #"{"content": "What is granite made of?", "scope": "all"}"#)
            #expect(again.status == 200)
            let wide = try again.json(ChatMessage.self)
            #expect(wide.content == "It is a rock [1]." && wide.offers.isEmpty)
            #expect(wide.citations.first?.title == "Rocks")
            // What was asked is remembered: written anew it is asked of all again.
            let question = try #require(wide.questionID)
            #expect(try await fixture.chat.message(question, user: fixture.ada).scope == .all)
            let anew = try await fixture.chat.regenerate(wide.id, user: fixture.ada)
            #expect(try await fixture.chat.finished(anew.message.id, user: fixture.ada).citations.first?.title == "Rocks")
            // And what leans on it is asked of what it was asked of.
            let leaning = try await fixture.chat.ask("Why is that?", in: conversation.id, user: fixture.ada)
            #expect(try await fixture.chat.finished(leaning.id, user: fixture.ada).citations.first?.title == "Rocks")
        }
        #expect(answer.offers == [Offer(.askAll, "What is granite made of?", notIn: .document)])
        #expect(answer.content == "I could not find it.")
    }

    @Test("Nothing is offered where no document holds it, and the answer says that all were tried")
    func nowhere() async throws {
        let answer = try await asked(
            .sqlite, of: [ChatFixture.documentID], model: Self.model(word: "Basalt"), probe: .init(word: "Basalt"))
        #expect(answer.offers.isEmpty)
        #expect(answer.content.hasSuffix("and the rest of your library does not hold it either."))
    }

    @Test("Nothing is offered where all was asked, nor where the answer is plain")
    func notOffered() async throws {
        #expect(try await asked(.sqlite, of: nil, model: Self.model(word: "Basalt")).offers.isEmpty)
        #expect(try await asked(.sqlite, of: [ChatFixture.otherID]).offers.isEmpty)
    }

    @Test("What is answered weakly is asked of all only where they say it plainly")
    func weakly() async throws {
        let weak = Self.model(word: "Granite", else: .nearest)
        let better = try await asked(.sqlite, of: [ChatFixture.documentID], model: weak)
        #expect(better.offers.map(\.kind) == [.askAll] && better.citations.count == 1)
        let same = try await asked(
            .sqlite, of: [ChatFixture.documentID], model: weak, probe: WordProbe(word: "Basalt", near: "Granite"))
        #expect(same.offers.isEmpty && same.content == "It may be this [1].")
    }

    @Test(
        "What the tutor does not do comes with what it does",
        arguments: ["Read it to me", "Can you read this aloud?", "What will be on the exam?"])
    func insteads(question: String) async throws {
        let answer = try await asked(.sqlite, question, of: nil)
        #expect(answer.offers.map(\.kind) == [.summary, .mainPoints, .keyTerms])
        // Each is understood when it is asked.
        #expect(answer.offers.map { ChatIntent(of: $0.question) } == [.summary, .summary, .keyTerms])
    }

    @Test("A quiz on a topic is offered, and to tell of that topic")
    func quizOnTopic() async throws {
        let passages = ChatFixture.passages.enumerated().map { index, passage in
            var passage = passage
            passage.ordinal = index
            return passage
        }
        try await withDatabase(.sqlite, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(database, model: Self.model(word: "Osmosis"), passages: passages)
            try await fixture.running {
                let answer = try await fixture.ask("Make me a quiz about osmosis")
                let offers = try await fixture.chat.finished(answer.id, user: fixture.ada).offers
                #expect(offers.map(\.kind) == [.quiz, .summary, .mainPoints, .keyTerms])
                #expect(offers.allSatisfy { $0.topic == "Osmosis" })
                #expect(offers.map(\.question).prefix(2) == ["Make me a quiz on “Osmosis”.", "Summarise “Osmosis”."])
            }
        }
    }

    @Test("Key terms are those that a sentence defines, each with its source")
    func keyTerms() {
        let text = """
            Osmosis is the movement of water through a membrane. It is a passive process of cells. The plasma membrane is a thin double \
            layer of lipids. This is the first of many figures. Enzymes are proteins that speed up reactions in the cell.
            """
        let terms = KeyTerms.text(
            of: AnswerPrompt(question: "List the key terms.", passages: [SourcePassage(number: 1, title: "Cells", text: text)]))
        #expect(
            terms == """
                - **Osmosis**: Osmosis is the movement of water through a membrane [1].
                - **Plasma membrane**: The plasma membrane is a thin double layer of lipids [1].
                - **Enzymes**: Enzymes are proteins that speed up reactions in the cell [1].
                """)
    }
}
