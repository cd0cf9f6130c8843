import Assembly
import Database

/// What of the quizzes' tables travels to another installation: with every attempt and each answer of it.
enum QuizTables {
    static let all = [questions, quizzes, items, attempts, answers, recalls]

    static let staying: [String: StayingReason] = ["quiz_shares": .people, "quiz_shares_of_classes": .people]

    private static let questions = PortableTable(
        "quiz_questions", counted: true,
        [
            .id, .text("kind"), .text("stem"), .json("content"), .text("explanation"), .json("citation"), .text("topic"),
            .json("tags"), .integer("level", 0...100), .text("bloom"), .real("points", 0...1_000_000), .text("origin"),
            .text("making"), .flag("is_edited"), .flag("is_flagged"), .integer("version", 0...1_000_000_000),
            .mention("copied_from"), .time("created_at"), .time("updated_at"),
        ],
        reading: { _ = try QuestionStore.question($0) })

    private static let quizzes = PortableTable(
        "quizzes", counted: true,
        [
            .id, .link("course_id", to: "courses"), .text("title"), .text("status"), .json("wish"), .json("making"),
            .text("problem"), .flag("for_course"), .time("created_at"), .time("updated_at"), .fixed("job_id", .null),
        ],
        arriving: { values in
            // Nobody makes it here.
            guard values["status"] == .text(Quiz.Status.generating.rawValue) else { return }
            values["status"] = .text(Quiz.Status.failed.rawValue)
            values["problem"] = .text(QuizProblem.cancelled.rawValue)
        },
        reading: { _ = try QuizStore.quiz($0) })

    private static let items = PortableTable(
        "quiz_items", key: ["quiz_id", "question_id"],
        [.owner("quiz_id", in: "quizzes"), .owner("question_id", in: "quiz_questions"), .integer("position", 0...1_000_000)],
        reading: { _ = try $0.get("position", as: Int.self) })

    private static let attempts = PortableTable(
        "quiz_attempts", counted: true,
        [
            .id, .owner("quiz_id", in: "quizzes"), .text("mode"), .text("client_id"), .json("questions"),
            .integer("position", 0...1_000_000), .time("deadline"), .time("started_at"), .time("updated_at"), .time("submitted_at"),
            .real("score", 0...1e9), .real("total_points", 0...1e9), .link("course_id", to: "courses"),
        ],
        reading: { row in
            let attempt = try AttemptStore.attempt(row)
            guard attempt.position <= attempt.questions.count else { throw RefusedRow() }
        })

    private static let answers = PortableTable(
        "quiz_answers", key: ["attempt_id", "question_id"],
        [
            .owner("attempt_id", in: "quiz_attempts"), .mention("question_id"), .json("answer"), .flag("is_flagged"),
            .time("answered_at"), .json("judgement"), .real("share", 0...1), .text("topic"),
        ],
        reading: { _ = try AttemptStore.answer($0) })

    private static let recalls = PortableTable(
        "quiz_recalls",
        [
            .id, .mention("question_id"), .text("topic"), .real("share", 0...1), .real("weight", 0...1_000), .time("recalled_at"),
            .flag("is_undone"),
        ],
        reading: { _ = try $0.get("topic", as: String.self) })
}
