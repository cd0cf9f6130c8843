import HTTPServing
import Questions
import TypedText

/// A question as somebody writes it.
struct NewQuestion: APIType {
    var questionText: String
    var questionType: QuestionKind
    var key: QuestionKeyView
    var explanation: String?
    var topic: String?
    var tags: [String]?
    var points: Double?
    var difficulty: QuizDifficulty?
    var bloom: BloomLevel?

    enum CodingKeys: String, CodingKey {
        case key, explanation, topic, tags, points, difficulty, bloom
        case questionText = "question_text"
        case questionType = "question_type"
    }

    static var constraints: [Constraint<NewQuestion>] {
        [
            .length(\.questionText, "question_text", 1...QuestionDraft.mostText), .notBlank(\.questionText, "question_text"),
            .length(\.explanation, "explanation", 0...QuestionDraft.mostText), .length(\.topic, "topic", 0...200),
            .count(\.tags, "tags", 0...30), .check("tags") { Tags.problem($0.tags) },
            .checked("key"), .checked("question_text"), .checked("points"),
            .example("question_text", "Which organelle makes ATP?"),
        ]
    }

    func draft() throws(QuizzesFailure) -> QuestionDraft {
        var draft = QuestionDraft(questionType, questionText.trimmed, try key.content(questionType))
        draft.explanation = explanation?.trimmed ?? ""
        draft.topic = topic?.oneLine ?? ""
        draft.tags = Tags.clean(tags ?? [])
        draft.points = points ?? 1
        draft.level = difficulty?.levels.upperBound
        draft.bloom = bloom
        return draft
    }
}

/// What may change about a question. A field that is not there stays as it is.
struct QuestionChange: APIType {
    var questionText: String?
    var questionType: QuestionKind?
    var key: QuestionKeyView?
    var explanation: String?
    var topic: String?
    var tags: [String]?
    var points: Double?
    var difficulty: QuizDifficulty?
    var bloom: BloomLevel?
    var isFlagged: Bool?
    var version: Int?

    enum CodingKeys: String, CodingKey {
        case key, explanation, topic, tags, points, difficulty, bloom, version
        case questionText = "question_text"
        case questionType = "question_type"
        case isFlagged = "is_flagged"
    }

    static var constraints: [Constraint<QuestionChange>] {
        [
            .length(\.questionText, "question_text", 1...QuestionDraft.mostText),
            .length(\.explanation, "explanation", 0...QuestionDraft.mostText), .length(\.topic, "topic", 0...200),
            .count(\.tags, "tags", 0...30), .check("tags") { Tags.problem($0.tags) },
            .checked("question_text"), .checked("points"),
            .check("key") { $0.questionType != nil && $0.key == nil ? "must come with another question_type" : nil },
            .range(\.version, "version", 0...Int.max),
            .describe("version", "Of the question that was changed: where it is not the last any more, nothing changes (409)."),
            .describe("is_flagged", "A bad question: it is not asked any more."),
        ]
    }

    /// - Returns: whether anything of the question itself changes.
    func apply(to draft: inout QuestionDraft, content: QuestionContent?) -> Bool {
        let before = draft
        if let questionText { draft.stem = questionText.trimmed }
        if let questionType { draft.kind = questionType }
        if let content { draft.content = content }
        if let explanation { draft.explanation = explanation.trimmed }
        if let topic { draft.topic = topic.oneLine }
        if let points { draft.points = points }
        if let difficulty, draft.level.map(QuizDifficulty.init(level:)) != difficulty { draft.level = difficulty.levels.upperBound }
        if let bloom { draft.bloom = bloom }
        return draft != before
    }
}

/// Tags as they are kept.
enum Tags {
    static func clean(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.map(\.oneLine).filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
    }

    static func problem(_ tags: [String]?) -> String? {
        (tags ?? []).contains { $0.unicodeScalars.count > 60 } ? "must have at most 60 characters each" : nil
    }
}

struct QuestionQuery: APIType {
    var q: String?
    var tag: String?
    var topic: String?
    var type: QuestionKind?
    var flagged: Bool?

    enum CodingKeys: String, CodingKey { case q, tag, topic, type, flagged }

    var search: QuestionStore.Search {
        QuestionStore.Search(
            text: q.flatMap { $0.isBlank ? nil : $0.oneLine }, tag: tag, topic: topic, kind: type, isFlagged: flagged)
    }

    static var constraints: [Constraint<QuestionQuery>] {
        [
            .length(\.q, "q", 0...200), .length(\.tag, "tag", 0...60), .length(\.topic, "topic", 0...200),
            .describe("q", "Words of the question, its answers, its topic or its explanation."),
        ]
    }
}

/// Which tags are in use.
struct TagCount: APIType {
    var tag: String
    var count: Int
}

struct TagList: APIType {
    var tags: [TagCount]
}
