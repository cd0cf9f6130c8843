/// A question that was made from a text and passed every gate.
package struct DraftQuestion: Sendable, Hashable, Codable {
    package var kind: QuestionKind
    package var making: QuestionMaking
    package var stem: String
    package var content: QuestionContent
    /// One or two sentences of the text that say why the answer is right.
    package var explanation: String
    package var origin: QuestionOrigin
    /// What the question is about: the term of the document that stands in the stem or is the answer.
    package var topic: String
    /// 1 (easy) to 5 (hard): a guess, to be corrected by how students answer.
    package var difficulty: Int
    package var bloom: BloomLevel

    package var tier: QuestionTier { making.tier }

    package init(
        kind: QuestionKind, making: QuestionMaking, stem: String, content: QuestionContent, explanation: String,
        origin: QuestionOrigin, topic: String, difficulty: Int, bloom: BloomLevel
    ) {
        self.kind = kind
        self.making = making
        self.stem = stem
        self.content = content
        self.explanation = explanation
        self.origin = origin
        self.topic = topic
        self.difficulty = difficulty
        self.bloom = bloom
    }
}
