import Ambient
import FoundationEssentials
import HTTPServing
import JSON
import Questions
import TypedText

/// A question as the API shows it: to who is asked without its answer, to its author with it.
struct QuestionView: APIType {
    struct Option: APIType {
        var id: String
        var text: String

        static var schemaName: String { "QuizOption" }
    }

    var id: String
    var questionText: String
    var questionType: QuestionKind
    var options: [Option]?
    var prompts: [Option]?
    var gaps: Int?
    var unit: String?
    var points: Double
    var difficulty: QuizDifficulty
    var topic: String
    var bloom: BloomLevel
    var tags: [String]
    var origin: QuizQuestion.Origin
    var isEdited: Bool
    var isFlagged: Bool
    var version: Int
    var correctAnswer: JSONValue?
    var correctText: String?
    var explanation: String?
    var citation: QuestionCitation?
    var key: QuestionKeyView?

    enum CodingKeys: String, CodingKey {
        case id, options, prompts, gaps, unit, points, difficulty, topic, bloom, tags, origin, version, explanation, citation, key
        case questionText = "question_text"
        case questionType = "question_type"
        case isEdited = "is_edited"
        case isFlagged = "is_flagged"
        case correctAnswer = "correct_answer"
        case correctText = "correct_text"
    }

    init(_ question: QuizQuestion, withAnswer: Bool) {
        let form = QuestionForm(question)
        id = question.id.description
        questionText = question.stem
        questionType = question.kind
        options = form.options.isEmpty ? nil : form.options.map { Option(id: $0.id, text: $0.text) }
        prompts = form.prompts.isEmpty ? nil : form.prompts.map { Option(id: $0.id, text: $0.text) }
        gaps = form.gaps == 0 ? nil : form.gaps
        if case .number(let key) = question.content { unit = key.unit }
        points = question.points
        difficulty = question.difficulty
        topic = question.topic
        bloom = question.bloom
        tags = question.tags
        origin = question.origin
        isEdited = question.isEdited
        isFlagged = question.isFlagged
        version = question.version
        guard withAnswer else { return }
        correctAnswer = form.right.json
        correctText = form.rightText
        explanation = question.explanation
        citation = question.citation
        key = QuestionKeyView(question.content)
    }

    static var schemaName: String { "QuizQuestion" }

    static var constraints: [Constraint<QuestionView>] {
        [
            .describe("question_text", "A cloze has `\(QuestionContent.gap)` where its gaps are."),
            .describe(
                "options", "What can be chosen; of matching, what the prompts are matched with; of ordering, what is put in order."),
            .describe("prompts", "Of matching: each needs one of the options."),
            .describe("gaps", "Of a cloze: how many texts are wanted."),
            .describe("correct_answer", "In the form in which an answer is sent. Only its author is told, and who has answered."),
            .describe("correct_text", "The same in words."), .describe("citation", "Where the answer stands."),
            .describe("key", "What is right, as the question is written and edited."),
            .describe("is_flagged", "Its owner found it bad: it is not asked."),
            .describe("version", "Rises with each change; send it along with one."),
        ]
    }
}

/// What is right about a question, as it is written and edited. Which of the fields are there follows from its type.
struct QuestionKeyView: APIType, Hashable {
    struct Choice: APIType, Hashable {
        var text: String
        var isCorrect: Bool

        enum CodingKeys: String, CodingKey {
            case text
            case isCorrect = "is_correct"
        }

        static var schemaName: String { "QuizChoice" }
    }

    struct Pair: APIType, Hashable {
        var prompt: String
        var answer: String

        static var schemaName: String { "QuizPair" }
    }

    struct Number: APIType, Hashable {
        var value: Double
        var unit: String?
        var tolerance: Double?

        static var schemaName: String { "QuizNumber" }
    }

    var choices: [Choice]?
    var isTrue: Bool?
    var accepted: [String]?
    /// Of a short answer: whether each of `accepted` is wanted, in any order.
    var isList: Bool?
    /// Of a short answer: whether another wording may be right too.
    var isOpen: Bool?
    var gaps: [[String]]?
    var pairs: [Pair]?
    var extraAnswers: [String]?
    var items: [String]?
    var number: Number?

    enum CodingKeys: String, CodingKey {
        case choices, accepted, gaps, pairs, items, number
        case isTrue = "is_true"
        case isList = "is_list"
        case isOpen = "is_open"
        case extraAnswers = "extra_answers"
    }

    static var schemaName: String { "QuizKey" }

    static var constraints: [Constraint<QuestionKeyView>] {
        [
            .describe("choices", "Of multiple choice and multiple response."), .describe("is_true", "Of true or false."),
            .describe("accepted", "Of a short answer: every one is right; the first is shown."),
            .describe("is_list", "Of a short answer: all of `accepted` are wanted, in any order."),
            .describe(
                "is_open", "Of a short answer: another wording may be right too; what is not certain is asked of the student."),
            .describe("gaps", "Of a cloze: what each gap accepts."), .describe("pairs", "Of matching."),
            .describe("extra_answers", "Of matching: answers that belong to no prompt."),
            .describe("items", "Of ordering, in their right order."), .describe("number", "Of numeric."),
        ]
    }

    init(_ content: QuestionContent) {
        switch content {
        case .choice(let options, let right):
            choices = options.enumerated().map { Choice(text: $0.element, isCorrect: right.contains($0.offset)) }
        case .truth(let value): isTrue = value
        case .typed(let key):
            accepted = key.accepted
            isList = key.isList
            isOpen = key.isOpen
        case .gaps(let keys): gaps = keys.map(\.accepted)
        case .matching(let prompts, let answers):
            pairs = zip(prompts, answers).map { Pair(prompt: $0, answer: $1) }
            extraAnswers = Array(answers.dropFirst(prompts.count))
        case .ordering(let texts): items = texts
        case .number(let key): number = Number(value: key.value, unit: key.unit, tolerance: key.tolerance)
        }
    }

    /// What it says of a question of this type. Throws the field that is missing.
    func content(_ kind: QuestionKind) throws(QuizzesFailure) -> QuestionContent {
        func given<Value>(_ value: Value?, _ field: String) throws(QuizzesFailure) -> Value {
            guard let value else { throw QuizzesFailure.invalid("key.\(field)", "is missing for a question of this type") }
            return value
        }
        func lines(_ texts: [String]) -> [String] { texts.map(\.oneLine) }
        switch kind {
        case .multipleChoice, .multipleResponse:
            let choices = try given(choices, "choices")
            return .choice(
                options: choices.map { $0.text.oneLine }, right: choices.indices.filter { choices[$0].isCorrect })
        case .trueFalse: return .truth(try given(isTrue, "is_true"))
        case .shortAnswer:
            return .typed(
                TypedKey(accepted: lines(try given(accepted, "accepted")), isOpen: isOpen ?? false, isList: isList ?? false))
        case .cloze: return .gaps(try given(gaps, "gaps").map { TypedKey(accepted: lines($0)) })
        case .matching:
            let pairs = try given(pairs, "pairs")
            return .matching(
                prompts: pairs.map { $0.prompt.oneLine }, answers: pairs.map { $0.answer.oneLine } + lines(extraAnswers ?? []))
        case .ordering: return .ordering(lines(try given(items, "items")))
        case .numeric:
            let number = try given(number, "number")
            let unit = number.unit.flatMap { $0.isBlank ? nil : $0.oneLine }
            return .number(
                NumberKey(
                    value: number.value, unit: unit, tolerance: number.tolerance,
                    text: [number.value.plain, unit].compactMap(\.self).joined(separator: " ")))
        }
    }
}

extension Double {
    /// Without an exponent or a needless fraction, where that can be: `3`, `0.25`.
    var plain: String {
        if let whole = Int(exactly: self) { return String(whole) }
        return String(self)
    }
}

extension QuestionKind: APIType {}
extension BloomLevel: APIType {}
extension QuestionTier: APIType {}
extension QuizDifficulty: APIType {}
extension QuizQuestion.Origin: APIType {}
extension QuestionCitation: APIType {
    package static var schemaName: String { "QuizCitation" }
}
