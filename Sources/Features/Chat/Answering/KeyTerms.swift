import Ambient
import LanguageModels

/// Tells the terms that passages define, each with the sentence that defines it.
struct KeyTerms: AnsweringModel {
    /// Terms of one answer.
    private static let most = 12

    let name = "little-monster"
    let isDeterministic = true

    func check() async throws -> ModelStatus { ModelStatus(summary: "terms are found by how they are defined") }

    func answer(_ prompt: AnswerPrompt, for _: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        let text = Self.text(of: prompt)
        return AsyncThrowingStream { continuation in
            for word in AnswerText.words(of: text) { continuation.yield(.text(word)) }
            continuation.yield(.finished(.stop))
            continuation.finish()
        }
    }

    static func text(of prompt: AnswerPrompt) -> String {
        var found: [(term: DefinedTerm, source: Int)] = []
        for passage in prompt.passages {
            for term in DefinedTerm.all(in: passage.text) where !found.contains(where: { $0.term.isSame(as: term) }) {
                found.append((term, passage.number))
            }
        }
        guard !found.isEmpty else {
            return "I found no sentence that says what a term means. Ask me about a topic, or for a summary."
        }
        // Those of all parts, in their order.
        let step = max(1, (found.count + most - 1) / most)
        let lines = found.enumerated().filter { $0.offset % step == 0 }.map { entry in
            let (term, source) = entry.element
            var sentence = CitationMarkers.removed(from: term.sentence)
            let end = sentence.last.map { ".!。".contains($0) } == true ? String(sentence.removeLast()) : "."
            return "- **\(term.name)**: \(sentence) [\(source)]\(end)"
        }
        return lines.joined(separator: "\n")
    }
}
