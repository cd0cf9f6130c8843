import Ambient
import Classes
import Quizzes

extension ClassResults {
    /// What was handed in of quizzes, as the feature of quizzes tells it.
    static func of(_ quizzes: QuizService) -> ClassResults {
        ClassResults(
            handedIn: { quiz, owner, since, transaction in
                try await quizzes.handedIn(QuizID(quiz), owner: owner, since: since, in: transaction).map { each in
                    HandedIn(
                        student: each.student, at: each.at, mode: each.mode.rawValue, score: each.score,
                        totalPoints: each.totalPoints,
                        shares: Dictionary(each.shares.map { ($0.key.uuid, $0.value) }) { first, _ in first })
                }
            },
            questions: { quiz, owner, transaction in
                try await quizzes.asked(QuizID(quiz), owner: owner, in: transaction).map { ($0.id.uuid, $0.stem) }
            })
    }
}
