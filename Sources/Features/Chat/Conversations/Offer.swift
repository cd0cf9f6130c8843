/// What an answer offers to ask next, for a button below it.
package struct Offer: Codable, Sendable, Hashable {
    package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        /// The same question of all documents: it was asked of a part of them, which does not hold the answer, and the rest does.
        case askAll = "ask_all"
        /// A part of the documents, or all, in short.
        case summary
        case mainPoints = "main_points"
        /// The terms that are defined, with what they mean.
        case keyTerms = "key_terms"
        /// A quiz on a part of the documents, or on all: made, not asked.
        case quiz
    }

    /// The part of the documents that was asked.
    package enum Part: String, Codable, Sendable, Hashable, CaseIterable {
        case document
        case documents
        case course
    }

    package var kind: Kind
    /// What is asked when the offer is taken; for `ask_all` with the scope `all`.
    package var question: String
    /// The heading that it is about; nil for all that is asked.
    package var topic: String?
    /// Of `ask_all`: where the answer was looked for.
    package var notIn: Part?

    package enum CodingKeys: String, CodingKey {
        case kind, question, topic
        case notIn = "not_in"
    }

    package init(_ kind: Kind, _ question: String, topic: String? = nil, notIn: Part? = nil) {
        self.kind = kind
        self.question = question
        self.topic = topic
        self.notIn = notIn
    }

    /// A quiz, and what else is told of the same part.
    /// - Parameter topic: a heading of the documents.
    static func quizzing(on topic: String?) -> [Offer] {
        [Offer(.quiz, topic.map { "Make me a quiz on “\($0)”." } ?? "Make me a quiz.", topic: topic)] + tellings(of: topic)
    }

    /// What the tutor does with documents without being asked a question of them.
    /// - Parameter topic: a heading of the documents.
    static func tellings(of topic: String?) -> [Offer] {
        let part = topic.map { " of “\($0)”" } ?? ""
        return [
            Offer(.summary, topic.map { "Summarise “\($0)”." } ?? "Summarise my documents.", topic: topic),
            Offer(.mainPoints, "Give me the main points\(part).", topic: topic),
            Offer(.keyTerms, "List the key terms\(part).", topic: topic),
        ]
    }
}
