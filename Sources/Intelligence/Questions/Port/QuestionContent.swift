/// What is shown below a question's stem, and what of it is right: enough to grade an answer.
package enum QuestionContent: Sendable, Hashable, Codable {
    /// Multiple choice and multiple response.
    /// - Parameter right: places of the right options, ascending; exactly one for multiple choice.
    case choice(options: [String], right: [Int])
    case truth(Bool)
    /// Short answers.
    case typed(TypedKey)
    /// Cloze: each gap of the stem in its order, `QuestionContent.gap` each.
    case gaps([TypedKey])
    /// `answers[n]` belongs to `prompts[n]`; answers beyond the prompts belong to none. Shown shuffled.
    case matching(prompts: [String], answers: [String])
    /// Items in their right order. Shown shuffled.
    case ordering([String])
    case number(NumberKey)

    /// What stands for a gap in a cloze's stem.
    package static let gap = "_____"
}

/// What a typed answer is measured against.
package struct TypedKey: Sendable, Hashable, Codable {
    /// Every one is right; the first is shown as the answer.
    package var accepted: [String]
    /// Right in part, such as a head without its modifier.
    package var partly: [String]
    /// Whether the first is a sentence or a description, of which an answer in other words may be right too: then it is graded by key terms,
    /// and what is not certain is shown beside it.
    package var isOpen: Bool
    /// Whether the answer names several things, in any order: `accepted` are the things, each of them wanted.
    package var isList: Bool

    package init(accepted: [String], partly: [String] = [], isOpen: Bool = false, isList: Bool = false) {
        self.accepted = accepted
        self.partly = partly
        self.isOpen = isOpen
        self.isList = isList
    }
}

/// A number that is right, and how near an answer must come.
package struct NumberKey: Sendable, Hashable, Codable {
    package var value: Double
    /// As the text has it: `kg`, `°C`, `%`. An answer in another unit of the same kind is converted; one without a unit is taken to mean it.
    package var unit: String?
    /// How far an answer may be away, in `unit`; nil for 1 % of the value or half of the last digit given, whichever is more.
    package var tolerance: Double?
    /// As the text has it: `about 3,000`.
    package var text: String

    package init(value: Double, unit: String? = nil, tolerance: Double? = nil, text: String) {
        self.value = value
        self.unit = unit
        self.tolerance = tolerance
        self.text = text
    }
}
