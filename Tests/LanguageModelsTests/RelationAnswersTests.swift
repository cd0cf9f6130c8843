import Embedding
@testable import LanguageModels
import Testing

/// Who does what in a question, and what a sentence has to do with it.
@Suite(.timeLimit(.minutes(3)))
struct RelationAnswersTests {
    private static let passages = [
        SourcePassage(
            number: 1, title: "Exam guide", section: "Inhibitors", page: nil,
            text: """
                - Rotenone blocks complex I. Electrons from FADH2 can still enter at complex II, so a little ATP is still made.
                - DCMU, a herbicide, blocks the flow of electrons from photosystem II. Oxygen is no longer produced.
                """),
        SourcePassage(
            number: 2, title: "Lecture 3: Photosynthesis", section: "Photosystem II splits water", page: 5,
            text: """
                Photosystem II splits water

                Light excites an electron in the reaction centre P680, and the electron is passed to a carrier.

                P680 is then the strongest biological oxidant known. It takes electrons back from water.

                The oxygen-evolving complex, with four manganese atoms, splits two water molecules into four protons, four electrons \
                and one O2.
                """),
        SourcePassage(
            number: 3, title: "Reading", section: "Fermentation", page: nil,
            text: """
                Lactate is not waste. The heart burns it, and the liver turns it back into glucose in the Cori cycle.

                A cell takes sugar apart in more than twenty small steps and catches part of the energy. The sum of these steps is \
                cellular respiration.
                """),
        SourcePassage(
            number: 4, title: "Networks", section: "Layers", page: nil,
            text: """
                The layers of the internet are four.

                - Link layer: it carries frames between neighbours.
                - Internet layer: it carries packets from network to network.
                - Transport layer: it carries data from one program to another.
                - Application layer: it says what the data mean.
                """),
        SourcePassage(
            number: 5, title: "Geology", section: "Rocks", page: nil,
            text: """
                Rock comes in three kinds. Igneous rock hardens from a melt. Sedimentary rock is laid down in beds. Metamorphic rock \
                has been altered by heat and pressure.
                """),
        SourcePassage(
            number: 6, title: "Industry", section: "Textiles", page: nil,
            text: """
                - Spinning jenny: James Hargreaves built it about 1764. One person turned eight spindles with it. It fitted into a cottage.
                - Water frame: Richard Arkwright patented it in 1769. It was driven by a water wheel.
                """),
    ]

    @Test(
        "The sentence in which it happens is told, with what it takes to understand it",
        arguments: [
            ("How does photosystem II make oxygen?", ["splits two water molecules"], []),
            ("How does rotenone stop respiration?", ["Rotenone blocks complex I"], []),
            ("Why is lactate not waste?", ["The heart burns it"], []),
            ("What is cellular respiration?", ["twenty small steps"], []),
            (
                "What are the layers of the internet?",
                ["Link layer", "Internet layer", "Transport layer", "Application layer"], []
            ),
            ("Which kinds of rock are there?", ["Igneous", "Sedimentary", "Metamorphic"], []),
            ("Who built the spinning jenny?", ["Hargreaves"], []),
        ] as [(String, [String], [String])])
    func told(question: String, holds: [String], lacks: [String]) async throws {
        let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
        let answer = try await tutor.answer(to: AnswerPrompt(question: question, passages: Self.passages))
        for fact in holds { #expect(answer.text.contains(fact), "\(answer.text)") }
        for other in lacks { #expect(!answer.text.contains(other), "\(answer.text)") }
    }

    @Test("A short word that stands nowhere is missed too")
    func shortWord() async throws {
        let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
        let answer = try await tutor.answer(to: AnswerPrompt(question: "How does the liver make bile?", passages: Self.passages))
        #expect(!answer.isAnswer, "\(answer.text)")
    }

    @Test(
        "Verbs that say much the same are related",
        arguments: [("make", "released", true), ("choose", "picks", true), ("make", "blocks", false), ("oxygen", "release", false)])
    func verbs(first: String, second: String, are: Bool) {
        #expect(Verbs.related(Words.stem(first), Words.stem(second)) == are)
    }

    @Test(
        "A sentence may announce how many things follow",
        arguments: [
            ("Unemployment has three forms.", 3), ("The layers of the internet are four.", 4),
            ("There are two main reasons for it.", 2), ("It costs two euros.", nil), ("Four people came.", nil),
        ] as [(String, Int?)])
    func announced(text: String, count: Int?) { #expect(Enumeration.announced(in: text) == count) }

    @Test(
        "What a question asks for",
        arguments: [
            ("How does a router choose where to send a packet?", Question.Kind.how), ("Which DNS records are there?", .list),
            ("What affects how fast a substance diffuses?", .list), ("What does TLS guarantee?", .other),
            ("What does cyanide do?", .definition), ("Where does glycolysis take place?", .whereabouts),
            ("Which release introduced apt?", .other),
        ])
    func kinds(text: String, kind: Question.Kind) { #expect(Question(text).kind == kind) }
}
