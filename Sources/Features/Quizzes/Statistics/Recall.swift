import Ambient
import FoundationEssentials

enum RecallKind {}
/// The review of a card that it was.
typealias RecallID = Identifier<RecallKind>

/// How a student did with the card of a question that they had missed.
struct Recall: Sendable, Hashable {
    let id: RecallID
    let question: QuizQuestionID
    /// What the question is about, as it was when it was missed.
    let topic: String
    /// From 0 to 1.
    let share: Double
    /// What it counts beside an answer in a quiz.
    let weight: Double
    let at: Date

    /// What cards of questions are named by: `question:` and the question's id.
    static func question(ofKey key: String?) -> QuizQuestionID? {
        let mark = "question:"
        guard let key, key.hasPrefix(mark) else { return nil }
        return QuizQuestionID(String(key.dropFirst(mark.count)))
    }

    /// - Parameter rating: 1 forgotten, 2 with effort, 3 known, 4 known at once. Who grades themselves after effort was not sure.
    static func share(ofRating rating: Int) -> Double {
        switch rating {
        case ...1: 0
        case 2: 0.6
        default: 1
        }
    }

    /// What was read minutes ago and is still known tells less than what was kept for days.
    static func weight(ofState state: String) -> Double { state == "review" ? 1 : 0.5 }
}
