import Ambient
import Database
import Sharing

/// A quiz as something to share.
struct SharedQuiz: Shareable {
    typealias Kind = QuizKind

    var kind: SharedKind { .quiz }
    var table: ShareTable { QuizAccess.shares }
    let access: QuizAccess

    func title(of id: QuizID, owner: UserID, in transaction: any Transaction) async throws -> String? {
        try await QuizStore().find(id, user: owner, in: transaction)?.title
    }

    func refusal(of id: QuizID, to user: UserID, in transaction: any Transaction) async throws -> any Error {
        try await access.find(id, for: user, in: transaction) == nil ? QuizzesFailure.noQuiz : QuizzesFailure.readOnly
    }
}
