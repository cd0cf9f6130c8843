import Embedding
import FoundationEssentials
import Glibc

@testable import Questions

/// What questions are made with, as `make setup` leaves it.
enum Equipment {
    struct MissingModel: Error, CustomStringConvertible {
        var description: String { "the parser's model is not installed: run `make setup`" }
    }

    private static let loaded = Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let given = getenv("LM_MODEL_DIR").map { String(cString: $0) }
        let models = given.map { $0 + "/.." } ?? root.appending(path: ".models").path
        let embedder = try EmbeddingModel.miniLM.load(directory: given ?? "\(models)/all-MiniLM-L6-v2", workers: 2)
        let all = QuestionResources.load(
            parserFolder: "\(models)/english-parser", frequencyFolder: "\(models)/english-frequencies", embedder: embedder)
        guard all.parser != nil else { throw MissingModel() }
        return all
    }

    static func resources() throws -> QuestionResources { try loaded.get() }

    /// All questions that a text gives, with the glossary at its end where it has one, and what became of it.
    static func drafts(
        _ text: String, headings: [String] = [], glossary: String? = nil, wish: DraftWish = DraftWish(count: 100, tier: .more),
        resources: QuestionResources? = nil
    ) async throws -> (questions: [DraftQuestion], summary: DraftSummary) {
        let whole = glossary.map { "\(text)\n\n\($0)" } ?? text
        let terms = glossary.map { _ in PlaceMark(offset: text.unicodeScalars.count + 2, value: ["Key Terms"]) }
        let passage = SourcePassage(
            id: "p", document: "d", title: "Notes", text: whole, pages: [PlaceMark(offset: 0, value: 3)],
            headings: [PlaceMark(offset: 0, value: headings)] + (terms.map { [$0] } ?? []))
        var questions: [DraftQuestion] = []
        var summary = DraftSummary()
        for try await event in try TextDrafting(resources ?? self.resources()).drafts(
            from: QuestionSource(passages: [passage]), as: wish)
        {
            switch event {
            case .question(let question): questions.append(question)
            case .finished(let done): summary = done
            case .progress: break
            }
        }
        return (questions, summary)
    }
}
