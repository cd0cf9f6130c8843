import Ambient
import Questions

/// How often which option of a question was chosen, by what it says: an option that was edited since counts under its old words no more.
enum OptionCounts {
    struct Option: Sendable, Hashable {
        var text: String
        var isCorrect: Bool
        var chosen: Int
    }

    /// - Parameter given: the question as it was asked each time, and what was answered.
    /// - Returns: as the question has them now; empty where nothing is chosen.
    static func of(_ question: QuizQuestion, given: [(asked: QuizQuestion, answer: QuizAnswer)]) -> [Option] {
        let (texts, right) = options(of: question)
        guard !texts.isEmpty else { return [] }
        var counts: [String: Int] = [:]
        for (asked, answer) in given {
            let then = options(of: asked).texts
            let places: [Int] =
                switch QuestionForm(asked).given(answer) {
                case .choice(let chosen): chosen
                case .truth(let said): [said ? 0 : 1]
                default: []
                }
            for place in Set(places) where then.indices.contains(place) { counts[then[place], default: 0] += 1 }
        }
        return texts.enumerated().map {
            Option(text: $0.element, isCorrect: right.contains($0.offset), chosen: counts[$0.element] ?? 0)
        }
    }

    private static func options(of question: QuizQuestion) -> (texts: [String], right: Set<Int>) {
        switch question.content {
        case .choice(let texts, let right): (texts, Set(right))
        case .truth(let isTrue): (["True", "False"], [isTrue ? 0 : 1])
        default: ([], [])
        }
    }
}
