import Ambient
import Embedding
import FoundationEssentials
import Glibc
@testable import LanguageModels
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ExtractiveTutorTests {
    private func tutor() throws -> ExtractiveTutor { ExtractiveTutor(embedder: try Course.embedder.get()) }

    @Test("Questions that the sources answer are answered from them", arguments: Course.answerable)
    func answers(question: String, holds: [String]) async throws {
        let prompt = try await Course.prompt(question, embedder: try Course.embedder.get())
        let answer = try await tutor().answer(to: prompt)
        #expect(answer.isAnswer, "\(question): \(answer.text)")
        for wanted in holds {
            let isHeld = wanted.split(separator: "|").contains { answer.text.contains($0) }
            #expect(isHeld, "\(question) lacks \(wanted): \(answer.text)")
        }
        #expect(!answer.text.contains("Figure 4") && !answer.text.contains("Postel"))
        if getenv("LM_SHOW_ANSWERS") != nil { print("Q: \(question)\nA: \(answer.text)\n") }
        #expect(answer.text.contains("["))
    }

    @Test("Questions that the sources do not answer are not answered", arguments: Course.unanswerable)
    func declines(question: String) async throws {
        let prompt = try await Course.prompt(question, embedder: try Course.embedder.get())
        let answer = try await tutor().answer(to: prompt)
        #expect(!answer.isAnswer, "\(question): \(answer.text)")
        #expect(answer.text.hasPrefix("I could not find an answer"))
        // A passage is shown only below a sentence that says what it is.
        #expect(!answer.text.contains("[") || answer.text.contains("The nearest that I found is in"))
        #expect(answer.text.split(whereSeparator: \.isWhitespace).count < NoAnswer.shown + 60)
    }

    @Test("The answer streams word by word, the same each time, and ends with its usage and reason")
    func streaming() async throws {
        let prompt = try await Course.prompt("What are the stages of mitosis?", embedder: try Course.embedder.get())
        let tutor = try tutor()
        var runs: [[ModelEvent]] = []
        for _ in 0..<2 {
            var events: [ModelEvent] = []
            for try await event in tutor.answer(prompt, for: UserID(UUID())) { events.append(event) }
            runs.append(events)
        }
        #expect(runs[0] == runs[1])
        let pieces = runs[0].compactMap { if case .text(let text) = $0 { text } else { nil } }
        #expect(pieces.count > 10 && pieces.allSatisfy { $0.split(whereSeparator: \.isWhitespace).count == 1 })
        #expect(pieces.joined() == (try await tutor.answer(to: prompt).text))
        #expect(runs[0].last == .finished(.stop))
    }

    @Test("A list in the sources stays a list")
    func lists() async throws {
        let prompt = try await Course.prompt("What are the stages of mitosis?", embedder: try Course.embedder.get())
        let lines = try await tutor().answer(to: prompt).text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("- ") } == 4)
        #expect(lines.first?.contains("four stages") == true)
    }

    @Test("A summary lists the main points of the passages")
    func summary() async throws {
        let prompt = AnswerPrompt(
            question: "Summarise my notes",
            passages: try await Course.prompt("mitosis", embedder: try Course.embedder.get(), limit: 3).passages)
        let answer = try await tutor().answer(to: prompt)
        #expect(answer.isAnswer && answer.text.split(separator: "\n").count { $0.hasPrefix("- ") } >= 3, "\(answer.text)")
    }

    @Test("No passages, no answer")
    func nothing() async throws {
        let answer = try await tutor().answer(to: AnswerPrompt(question: "What is osmosis?", passages: []))
        #expect(!answer.isAnswer && answer.text.hasPrefix("I could not find"))
    }

    @Test(
        "Sentences that point back are known",
        arguments: [
            ("It requires no energy.", true), ("This is called osmosis.", true), ("They divide.", true),
            ("It is known that water moves.", false), ("Water moves.", false), ("The latter is faster.", true),
        ])
    func pronouns(text: String, leans: Bool) { #expect(Pronouns.leans(text) == leans) }
}
