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
    /// Share of the question's rare words that stand neither in it nor in what is around it: its paragraph, its headings.
    var missing: Double = 0
    /// A name that was asked about stands neither in its paragraph nor in its headings.
    var lacksName = false
    /// The same of a number: level 5 is not level 1.
    var lacksNumber = false
    /// A name of several words, or a number with a point, stands neither in it nor in what it leans on.
    var lacksExact = false
    /// What is to be listed is named neither in it nor above it.
    var lacksListed = false
    /// How clearly it tells of who or what the question says does it, 0...1.
    var agency: Double = 0
    /// How well the heading above it is the question, 0...1.
    var headed: Double = 0
    /// The heading that it explains, where it does not say so itself: the term of a glossary.
    var label: String?
    /// How well its form fits what is asked, 0...1.
    var fit: Double
    /// Cosine with the question.
    var similarity: Double = 0
    var vector: [Float] = []
    var score: Double = 0
}
