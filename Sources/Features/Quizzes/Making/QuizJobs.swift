import Assembly
import Database
import Failures
import Jobs

/// The jobs of quizzes.
enum QuizJobs {
    struct Payload: Codable, Sendable {
        let quizID: QuizID
        private enum CodingKeys: String, CodingKey { case quizID = "quiz_id" }
    }

    /// One at a time in a process: making questions is work for a whole core.
    static let queue = WorkQueue("quizzes", width: 1)
    static let make = JobKind<Payload>("quizzes.make", queue: queue.name, maxAttempts: 3, timeout: .seconds(1_800))

    static func key(_ id: QuizID) -> String { "quiz:\(id)" }

    static func handlers(_ maker: QuizMaker) -> [JobHandler] {
        [
            JobHandler(
                make,
                onDead: { ended, transaction in
                    guard let user = ended.job.userID else { return }
                    try await maker.noteEnd(
                        try ended.payload(as: Payload.self).quizID,
                        as: ended.errorCode == FailureCode.cancelled.rawValue ? .cancelled : .failed, user: user, in: transaction)
                },
                run: { payload, context in
                    guard let user = context.userID else { return nil }
                    return try await maker.make(payload.quizID, user: user, context)
                })
        ]
    }
}
