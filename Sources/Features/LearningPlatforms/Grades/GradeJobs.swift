import Ambient
import Assembly
import Database
import Events
import Failures
import FoundationEssentials
import Jobs
import OpenID

/// Gives grades back behind a request's back, until they arrive.
enum GradeJobs {
    struct GradeName: Codable, Sendable {
        let id: PlatformGradeID
    }

    /// A platform that is slow keeps no other work waiting.
    static let queue = WorkQueue("learning-platforms", width: 2)
    static let send = JobKind<GradeName>(
        "learning-platforms.send_grade", queue: "learning-platforms", maxAttempts: 15, timeout: .seconds(120),
        backoff: JobBackoff(base: .seconds(5), cap: .seconds(3600)))
    static let handedIn = EventReaction.Kind("learning-platforms.handed_in")
    static let judged = EventReaction.Kind("learning-platforms.judged")
    static let reactions = [
        EventReaction(to: "quiz.submitted", handedIn), EventReaction(to: "quiz.judged", judged),
    ]

    private struct Submission: Decodable {
        let quiz: String

        enum CodingKeys: String, CodingKey { case quiz = "quiz_id" }
    }

    static func handlers(_ service: LearningPlatformService) -> [JobHandler] {
        [handedIn, judged].map { kind in
            JobHandler(kind) { event, context in
                guard let learner = event.userID, let quiz = UUID(uuidString: try event.decode(Submission.self).quiz) else {
                    return nil
                }
                try await service.database.transaction(as: .system) { transaction in
                    try await context.fence(in: transaction)
                    try await service.noteHandedIn(quiz, by: learner, at: event.timestamp, in: transaction)
                }
                return nil
            }
        } + [
            JobHandler(
                send,
                onDead: { ended, transaction in
                    try await service.grades.note(
                        failure: ended.message, try ended.payload(as: GradeName.self).id, in: transaction)
                }
            ) { name, _ in
                try await service.send(name.id)
                return nil
            }
        ]
    }
}
