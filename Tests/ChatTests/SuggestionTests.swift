import Ambient
@testable import Chat
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPServingTesting
import LanguageModels
import Passages
import Synchronization
import Testing

/// Questions that are suggested: made from what is in scope, and shown only if they are answered.
@Suite("Suggestions", .timeLimit(.minutes(2)))
struct SuggestionTests {
    private static func passage(
        _ text: String, of document: DocumentID = ChatFixture.documentID, at ordinal: Int, _ title: String = "Cells"
    )
        -> Passage
    {
        Passage(
            chunkID: ChunkID(UUID()), documentID: document, ordinal: ordinal, title: title, section: nil, page: nil, text: text,
            score: 0.9)
    }

    private static let cells = [
        passage("Osmosis is the movement of water through a membrane of the cell.", at: 0),
        passage("Enzymes are proteins that speed up the reactions of the cell.", at: 1),
    ]
    private static let rocks = passage(
        "Granite is an igneous rock of quartz and of feldspar.", of: ChatFixture.otherID, at: 0, "Rocks")
    private static let documents = ChatFixture.documents + [ChatDocument(id: ChatFixture.otherID, title: "Rocks")]

    /// Answers plainly what has one of the words.
    private struct QuestionProbe: AnswerProbe {
        var words: [String]

        func holding(of prompt: AnswerPrompt) async throws -> Holding {
            words.contains { prompt.standaloneQuestion.lowercased().contains($0) } ? .plain : .nearest
        }
    }

    private struct SuggestedJSON: Decodable { var questions: [String] }

    private func withChat(
        _ dialect: Dialect = .sqlite, answers words: [String], documents: [ChatDocument] = documents,
        _ body: @escaping @Sendable (ChatFixture) async throws -> Void
    ) async throws {
        try await withDatabase(dialect, migrations: ChatFixture.migrations) { database in
            let fixture = ChatFixture(
                database, model: ScriptedModel.saying("It moves water [1]."), passages: Self.cells + [Self.rocks],
                documents: documents,
                probe: QuestionProbe(words: words))
            try await fixture.running { try await body(fixture) }
        }
    }

    private func suggested(_ fixture: ChatFixture, _ json: String = "{}") async throws -> [String] {
        let answer = try await fixture.client.post("/chat/suggestions", json: json)
        #expect(answer.status == 200)
        return try answer.json(SuggestedJSON.self).questions
    }

    @Test("Of several documents some of each are suggested, and none that is not answered plainly")
    func mix() async throws {
        try await withChat(answers: ["osmosis", "granite"]) { fixture in
            let questions = try await suggested(fixture)
            #expect(questions == ["What is osmosis?", "What is Granite?"])
        }
    }

    @Test("Only what is in scope is suggested; the caller's own questions are tried too and come first")
    func scope() async throws {
        try await withChat(answers: ["osmosis", "granite", "water"]) { fixture in
            let json = #"{"document_ids": ["\#(ChatFixture.documentID)"], "questions": ["Where is water?", "Who bakes bread?"]}"#
            let questions = try await suggested(fixture, json)
            #expect(questions == ["Where is water?", "What is osmosis?"])
            let none = try await suggested(fixture, #"{"course_id": "\#(ChatFixture.emptyCourse)"}"#)
            #expect(none.isEmpty)
        }
    }

    @Test("Without a document that can be asked there are none")
    func nothing() async throws {
        for documents in [[], [ChatDocument(id: ChatFixture.documentID, title: "Cells", state: .preparing)]] {
            try await withChat(answers: ["osmosis"], documents: documents) { fixture in
                let questions = try await suggested(fixture)
                #expect(questions.isEmpty)
            }
        }
    }

    @Test("They are made once for the same documents, and anew when one was read anew")
    func kept() async throws {
        try await withChat(answers: ["osmosis"]) { fixture in
            _ = try await suggested(fixture)
            let tried = fixture.search.asked.queries.withLock(\.count)
            #expect(tried > 0)
            _ = try await suggested(fixture)
            #expect(fixture.search.asked.queries.withLock(\.count) == tried)
            let keys = [0, 1].map { revision in
                KeptSuggestions.Key(
                    user: fixture.ada, scope: nil, own: [],
                    library: [ChatDocument(id: ChatFixture.documentID, title: "Cells", revision: revision)], limit: 4)
            }
            #expect(keys[0] != keys[1])
        }
    }

    @Test("What goes on from an answer is about what stands around it, and not what was asked", arguments: Dialect.allCases)
    func following(_ dialect: Dialect) async throws {
        try await withChat(dialect, answers: ["osmosis", "enzymes", "granite"]) { fixture in
            let answer = try await fixture.ask("What is osmosis?")
            _ = try await fixture.chat.finished(answer.id, user: fixture.ada)
            let found = try await fixture.client.get("/chat/messages/\(answer.id)/follow-ups")
            #expect(try found.json(SuggestedJSON.self).questions == ["What are enzymes?"])
            // Nobody else gets them.
            let other = try await fixture.client.bearing("bob").get("/chat/messages/\(answer.id)/follow-ups")
            #expect(other.status == 404)
        }
    }

    @Test(
        "Questions are made of what a text defines, counts, heads and lists, in its language",
        arguments: [
            ("Osmosis is the diffusion of water through a membrane.", "What is osmosis?"),
            ("The proton-motive force is the energy that a gradient of protons stores.", "What is the proton-motive force?"),
            (
                "Mitosis is quick in most of the cells. There are four phases of mitosis, and each has a name.",
                "What are the four phases of mitosis?"
            ),
            ("The kidney filters the plasma of the blood, and gives most of it back.", "What does the kidney do?"),
            ("Die Osmose ist die Diffusion von Wasser durch eine Membran und ein Vorgang der Zelle.", "Was ist die Osmose?"),
            ("La osmosis es el paso de agua por una membrana y es un proceso de la célula.", "¿Qué es la osmosis?"),
            ("光合作用是植物利用光能把二氧化碳和水变成有机物的过程。", "什么是光合作用？"),
            ("光合成とは、植物が光のエネルギーを使って養分を作るはたらきである。", "光合成とは何ですか？"),
            (
                "Substance | Boiling point | Density\nWater | 100 | 1.0\nEthanol | 78 | 0.79",
                "What is the boiling point of Ethanol?"
            ),
        ])
    func questions(_ text: String, _ question: String) {
        #expect(
            QuestionMaker.questions(of: Self.passage(text, at: 0)).contains(question),
            "\(QuestionMaker.questions(of: Self.passage(text, at: 0)))")
    }

    @Test(
        "Headings become questions unless nobody would ask about them",
        arguments: [
            ("Cells › 2.1 How enzymes work", "Explain how enzymes work."),
            ("Cells › Osmosis vs diffusion", "Compare Osmosis and diffusion."),
            ("Cells › What The ATP Of Life Is", "Explain what the ATP of life is."),
            ("Cells › Why do cells divide?", "Why do cells divide?"), ("Cells › Introduction", nil), ("Cells › References", nil),
            ("Cells", nil),
        ])
    func headings(_ section: String, _ question: String?) {
        var passage = Self.passage("It is said of the cell that it is what all of life is made of, and that is so.", at: 0)
        passage.sectionStarts = [SectionStart(offset: 0, section: section)]
        #expect(QuestionMaker.questions(of: passage) == (question.map { [$0] } ?? []))
    }

    @Test(
        "What only points elsewhere is no term",
        arguments: ["This is the first of the many parts of it.", "There are the two of the cell that we know."])
    func noTerms(_ text: String) {
        #expect(DefinedTerm.all(in: text).isEmpty)
    }
}
