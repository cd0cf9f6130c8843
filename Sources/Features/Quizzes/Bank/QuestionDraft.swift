package import Questions
import TypedText

/// A question as somebody writes it, or a file has it: not in anybody's bank yet.
package struct QuestionDraft: Sendable, Hashable {
    package var kind: QuestionKind
    package var stem: String
    package var content: QuestionContent
    package var explanation = ""
    package var topic = ""
    package var tags: [String] = []
    package var level: Int?
    package var bloom: BloomLevel?
    package var points = 1.0

    package init(_ kind: QuestionKind, _ stem: String, _ content: QuestionContent) {
        self.kind = kind
        self.stem = stem
        self.content = content
    }

    static let mostText = 8_000
    static let mostOptions = 26

    /// What is wrong with it, by field; empty where it can be asked.
    var problems: [(field: String, reason: String)] {
        var found: [(String, String)] = []
        func check(_ holds: Bool, _ field: String, _ reason: String) { if !holds { found.append((field, reason)) } }
        check(!stem.isBlank, "question_text", "must not be blank")
        check(stem.unicodeScalars.count <= Self.mostText, "question_text", "must have at most \(Self.mostText) characters")
        check(points > 0 && points <= 100, "points", "must be above 0 and at most 100")
        switch (kind, content) {
        case (.multipleChoice, .choice(let options, let right)), (.multipleResponse, .choice(let options, let right)):
            check((2...Self.mostOptions).contains(options.count), "options", "must be from 2 to \(Self.mostOptions)")
            check(!options.contains(where: \.isBlank), "options", "must not be blank")
            check(Set(options.map { $0.lowercased() }).count == options.count, "options", "must differ from each other")
            check(right.allSatisfy(options.indices.contains), "options", "must hold the right ones")
            if kind == .multipleChoice {
                check(right.count == 1, "options", "must have exactly one right one")
            } else {
                check(!right.isEmpty, "options", "must have a right one")
            }
        case (.trueFalse, .truth): break
        case (.shortAnswer, .typed(let key)): check(key.isUsable, "accepted", "must name an answer")
        case (.cloze, .gaps(let keys)):
            let gaps = stem.gapCount
            check(gaps > 0, "question_text", "must have a gap, written as \(QuestionContent.gap)")
            check(keys.count == gaps, "gaps", "must be as many as the text has: \(gaps)")
            check(keys.allSatisfy(\.isUsable), "gaps", "must name an answer each")
        case (.matching, .matching(let prompts, let answers)):
            check((2...Self.mostOptions).contains(prompts.count), "pairs", "must be from 2 to \(Self.mostOptions)")
            check(answers.count >= prompts.count && answers.count <= Self.mostOptions, "pairs", "must have an answer each")
            check(!(prompts + answers).contains(where: \.isBlank), "pairs", "must not be blank")
            check(Set(prompts).count == prompts.count, "pairs", "must differ from each other")
        case (.ordering, .ordering(let items)):
            check((2...Self.mostOptions).contains(items.count), "items", "must be from 2 to \(Self.mostOptions)")
            check(!items.contains(where: \.isBlank), "items", "must not be blank")
            check(Set(items).count == items.count, "items", "must differ from each other")
        case (.numeric, .number(let key)):
            check(key.value.isFinite, "number", "must be a number")
            check(key.tolerance.map { $0 >= 0 && $0.isFinite } ?? true, "number", "must have a tolerance that is not negative")
        default: check(false, "question_type", "does not fit what is given with it")
        }
        return found
    }

    /// Throws the first thing that is wrong.
    func validate() throws(QuizzesFailure) {
        if let problem = problems.first { throw QuizzesFailure.invalid(problem.field, problem.reason) }
    }
}

extension TypedKey {
    fileprivate var isUsable: Bool { !accepted.isEmpty && !accepted.contains(where: \.isBlank) }
}

extension String {
    /// How often a cloze's gap stands in it. Longer lines of the same sign are one gap.
    var gapCount: Int { gaps.count }

    var gaps: [Range<String.Index>] {
        var (found, start) = ([Range<String.Index>](), startIndex)
        while let from = self[start...].firstIndex(of: "_") {
            let end = self[from...].firstIndex { $0 != "_" } ?? endIndex
            if self.distance(from: from, to: end) >= 3 { found.append(from..<end) }
            start = end
        }
        return found
    }
}
