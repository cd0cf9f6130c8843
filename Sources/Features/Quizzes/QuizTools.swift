import Ambient
import Assembly
import Courses
import Failures
import FoundationEssentials
import HTTPServing
import JSON
import Passages
import Questions

/// Has a quiz made for a student who wishes for one in a conversation.
enum QuizTools {
    private static let usual = 10

    struct Input: APIType {
        var topic: String?
        var count: Int?
        var documentIDs: [String]?
        var courseID: String?

        enum CodingKeys: String, CodingKey {
            case topic, count
            case documentIDs = "document_ids"
            case courseID = "course_id"
        }

        static var constraints: [Constraint<Input>] {
            [
                .length(\.topic, "topic", 1...200), .range(\.count, "count", 1...100),
                .describe("topic", "A heading of the documents or any subject; nothing for all of them."),
                .describe("count", "How many questions."),
            ]
        }

        var wish: QuizWish {
            QuizWish(
                documents: documentIDs?.compactMap { DocumentID($0) }, course: courseID.flatMap { CourseID($0) }, topic: topic,
                count: count ?? usual, kinds: nil, difficulty: nil, tier: .standard)
        }
    }

    static func tool(_ quizzes: QuizService) -> AssistantTool {
        AssistantTool(
            "quiz_make", "Makes a quiz from the student's documents. Call it where they want to be quizzed or tested.",
            takes: Input.self,
            wishes: ToolWishes(
                [
                    "quiz", "quizzes", "test", "mock exam", "mock test", "practice test", "practice questions",
                    "practise questions",
                    "questions", "multiple choice questions", "prüfungsfragen", "fragen",
                ].map { .init($0) },
                phrases: [
                    "quiz me", "test me", "test my knowledge", "ask me questions", "frag mich ab", "quiz please", "quiz bitte",
                ],
                counted: ["question", "questions", "fragen", "frage"]),
            asks: { input in
                let count = input.count ?? usual
                let about = input.topic.map { " on “\($0)”" } ?? ""
                return """
                    I can make a quiz\(about) of up to \(count) \(count == 1 ? "question" : "questions") from your own documents; each tells \
                    where its answer stands. Shall I?
                    """
            },
            make: { input, id, user in
                let quiz = try await quizzes.generate(input.wish, title: nil, as: QuizID(id), user: user).quiz
                return ToolDeed("quiz", id: quiz.id.description, title: quiz.title)
            },
            undo: { id, user in
                do {
                    try await quizzes.delete(QuizID(id), keepsQuestions: false, user: user)
                } catch let failure as QuizzesFailure where failure.code == .notFound {
                    // It is gone already.
                }
            })
    }
}
