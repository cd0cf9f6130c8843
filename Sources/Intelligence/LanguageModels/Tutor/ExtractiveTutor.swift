package import Ambient
package import Embedding

/// Answers in the sources' own sentences, each with its citation. It needs no model beyond the embeddings, invents nothing, and says
/// plainly when the sources do not hold the answer.
package struct ExtractiveTutor: AnsweringModel {
    package let name = "extractive-tutor"
    package let isDeterministic = true
    private let embedder: any TextEmbedder

    package init(embedder: any TextEmbedder) { self.embedder = embedder }

    package func check() async throws -> ModelStatus {
        _ = try await embedder.embed(["ready"])
        return ModelStatus(summary: "the built-in tutor answers in the sources' own sentences", models: [name])
    }

    package func answer(_ prompt: AnswerPrompt, for _: UserID) -> AsyncThrowingStream<ModelEvent, any Error> {
        .events { continuation in
            let (text, isAnswer) = try await answer(to: prompt)
            for word in Self.words(of: text) {
                try Task.checkCancellation()
                continuation.yield(.text(word))
            }
            let read = prompt.passages.reduce(TokenEstimate.tokens(in: prompt.question)) { $0 + TokenEstimate.tokens(in: $1.text) }
            continuation.yield(.usage(TokenUsage(promptTokens: read, completionTokens: TokenEstimate.tokens(in: text))))
            continuation.yield(.finished(isAnswer ? .stop : .notInSources))
        }
    }

    /// The whole answer, and whether it is one.
    package func answer(to prompt: AnswerPrompt) async throws -> (text: String, isAnswer: Bool) {
        let question = Question(prompt.standaloneQuestion)
        var reader = PassageReader(passages: prompt.passages, question: question)
        let candidates = reader.candidates(limit: 48)
        guard !candidates.isEmpty else { return (NoAnswer.text(for: question, passages: prompt.passages, similarity: 0), false) }
        let vectors = try await embedder.embed([question.text] + candidates.map { reader.context(of: $0) })
        let own = Array(vectors.dropFirst())
        // A summary is what lies nearest to the middle of it all.
        let target = question.kind == .summary && question.isAboutAll ? Self.middle(of: own) : vectors[0]
        let scored = SentenceScorer(question: question).scored(candidates, vectors: own, question: target)
        let isWhole = question.kind == .summary && question.isAboutAll
        guard isWhole || AnswerGate.holds(scored, question: question, reader: reader) else {
            let similarity = scored.map(\.similarity).max() ?? 0
            return (NoAnswer.text(for: question, passages: prompt.passages, similarity: similarity), false)
        }
        let chosen = AnswerSelection(question: question, reader: reader).chosen(from: scored)
        return (AnswerComposer(question: question, passages: prompt.passages).text(of: chosen), true)
    }

    private static func middle(of vectors: [[Float]]) -> [Float] {
        var sum = [Float](repeating: 0, count: vectors.first?.count ?? 0)
        for vector in vectors { for index in sum.indices { sum[index] += vector[index] } }
        let length = SentenceScorer.dot(sum, sum).squareRoot()
        return length > 0 ? sum.map { $0 / Float(length) } : sum
    }

    /// Pieces that a reader sees appear: a word with the space before it.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            if character.isWhitespace, word.contains(where: { !$0.isWhitespace }) {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
