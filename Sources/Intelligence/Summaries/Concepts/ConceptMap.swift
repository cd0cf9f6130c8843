package import Questions

/// Terms of a text, and the sentences that relate them: a picture of a topic that nobody had to invent.
package struct ConceptMap: Sendable, Equatable {
    package struct Relation: Sendable, Equatable {
        package let from: Int
        package let to: Int
        /// The words that stand between the two.
        package let label: String
        package let sentence: String
        /// Where the sentence stands; nil where that is not known.
        package var origin: QuestionOrigin?
    }

    /// The first is what most has to do with the others, or the topic.
    package let terms: [String]
    package let relations: [Relation]

    init(terms: [String], relations: [Relation]) {
        self.terms = terms
        self.relations = relations
    }

    /// The sentences that it rests on, each once.
    package var sentences: [String] {
        relations.reduce(into: []) { if !$0.contains($1.sentence) { $0.append($1.sentence) } }
    }
}
