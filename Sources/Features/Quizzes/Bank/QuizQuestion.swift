package import Ambient
package import FoundationEssentials
package import Passages
package import Questions

package enum QuizQuestionKind {}
package typealias QuizQuestionID = Identifier<QuizQuestionKind>

/// A question of somebody's bank: any number of their quizzes may ask it.
package struct QuizQuestion: Sendable, Hashable, Codable {
    package enum Origin: String, Sendable, Codable, CaseIterable {
        case generated, written, imported
    }

    package let id: QuizQuestionID
    package var kind: QuestionKind
    /// With `QuestionContent.gap` where a cloze has its gaps.
    package var stem: String
    package var content: QuestionContent
    package var explanation: String
    /// Where the answer stands; nil where nobody said.
    package var citation: QuestionCitation?
    package var topic: String
    package var tags: [String]
    /// 1 (easy) to 5 (hard).
    package var level: Int
    package var bloom: BloomLevel
    package var points: Double
    package var origin: Origin
    /// How it was made, where it was generated.
    package var making: QuestionMaking?
    /// Whether its owner changed it: making anew leaves it as it is.
    package var isEdited: Bool
    /// Whether its owner found it bad: it is not asked any more.
    package var isFlagged: Bool
    /// Rises with each change.
    package var version: Int
    package var createdAt: Date
    package var updatedAt: Date

    package var difficulty: QuizDifficulty { QuizDifficulty(level: level) }
}

/// The sentence of a document that answers a question. The fields are those of an answer's citation, so that one viewer opens both.
package struct QuestionCitation: Sendable, Hashable, Codable {
    package var documentID: DocumentID
    package var chunkID: ChunkID
    package var title: String
    /// From 1; nil where the document has no pages.
    package var page: Int?
    package var pageLabel: String?
    package var section: String?
    package var quote: String
    /// Of the chunk's text, in Unicode scalars.
    package var start: Int
    package var end: Int

    enum CodingKeys: String, CodingKey {
        case title, page, section, quote, start, end
        case documentID = "document_id"
        case chunkID = "chunk_id"
        case pageLabel = "page_label"
    }

    /// Every field is there, null where there is nothing.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(documentID, forKey: .documentID)
        try container.encode(chunkID, forKey: .chunkID)
        try container.encode(title, forKey: .title)
        try container.encode(page, forKey: .page)
        try container.encodeIfPresent(pageLabel, forKey: .pageLabel)
        try container.encode(section, forKey: .section)
        try container.encode(quote, forKey: .quote)
        try container.encode(start, forKey: .start)
        try container.encode(end, forKey: .end)
    }
}
