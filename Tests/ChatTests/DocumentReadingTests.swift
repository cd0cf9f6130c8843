import Ambient
@testable import Chat
import FoundationEssentials
import Passages
import Testing

struct DocumentReadingTests {
    private static let document = DocumentID(UUID())

    private static func section(_ path: [String], _ ordinals: Range<Int>) -> PassageSection {
        PassageSection(document: document, path: path, ordinals: ordinals)
    }

    private static let numbered = DocumentReading(sections: [
        section(["Book", "Chapter 1. Cells"], 0..<2), section(["Book", "Chapter 2. Growth"], 1..<3),
        section(["Book", "Chapter 2. Growth", "2.1 Models"], 2..<5), section(["Book", "Chapter 3. Decay"], 4..<7),
    ])

    @Test(
        "A part is found by its number or its name",
        arguments: [
            ("Summarise chapter 2", 1..<5, "Chapter 2. Growth"), ("Summarise section 2.1", 2..<5, "2.1 Models"),
            ("Give me the main points of growth", 1..<5, "Chapter 2. Growth"),
            ("Summarise the third chapter", 4..<7, "Chapter 3. Decay"),
        ])
    func found(question: String, ordinals: Range<Int>, heading: String) {
        guard case .read(let stretches, let path)? = Self.numbered.plan(for: question, isAboutAll: false) else {
            Issue.record("nothing is read")
            return
        }
        #expect(stretches == [PassageStretch(document: Self.document, ordinals: ordinals)])
        #expect(path.last == heading)
    }

    @Test("Without numbers a chapter is counted")
    func counted() {
        let reading = DocumentReading(sections: [
            Self.section(["Notes", "Cells"], 0..<1), Self.section(["Notes", "Growth"], 1..<2),
            Self.section(["Notes", "Decay"], 2..<3),
        ])
        let plan = reading.plan(for: "Summarise chapter 2", isAboutAll: false)
        #expect(plan == .read([PassageStretch(document: Self.document, ordinals: 1..<2)], under: ["Notes", "Growth"]))
        #expect(reading.topics == ["Cells", "Growth", "Decay"])
    }

    @Test("A chapter that is not there is missed, and a topic that is no heading is searched for")
    func missing() {
        #expect(Self.numbered.plan(for: "Summarise chapter 9", isAboutAll: false) == .missing("chapter 9"))
        #expect(Self.numbered.plan(for: "Summarise the Krebs cycle", isAboutAll: false) == nil)
    }

    @Test(
        "What the tutor cannot do it knows",
        arguments: [
            ("Make me a quiz", ChatIntent.quiz), ("Quiz me on chapter 2", .quiz), ("Create flashcards for me", .quiz),
            ("What will be on the exam?", .exam), ("What should I study for the exam?", .exam),
            ("Write an essay about cells", .beyond),
            ("Why is a quiz useful for memory?", .content), ("What is an exam board?", .content),
            ("Give me the main points", .summary),
        ])
    func intents(text: String, intent: ChatIntent) { #expect(ChatIntent(of: text) == intent) }
}
