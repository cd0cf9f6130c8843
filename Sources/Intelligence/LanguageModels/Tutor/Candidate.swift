/// A sentence that may stand in the answer.
struct Candidate: Sendable {
    /// Index into the prompt's passages.
    var passage: Int
    /// Index into the passage's sentences.
    var index: Int
    var sentence: Sentence
    var stems: [String]
    /// Share of the question's weighted terms that it holds, 0...1.
    var coverage: Double
    /// The same, with what stands around it: the headings above and the sentence before.
    var contextCoverage: Double
    /// How well its form fits what is asked, 0...1.
    var fit: Double
    /// Cosine with the question.
    var similarity: Double = 0
    var vector: [Float] = []
    var score: Double = 0
}
