import Ambient
import Courses
import Database
import FoundationEssentials

/// Quizzes in the database, and which questions they ask. Every statement names the user, since SQLite has no row-level security.
struct QuizStore: Sendable {
    private static let columns: SQL =
        "id, user_id, course_id, title, status, wish, making, problem, job_id, for_course, created_at, updated_at"

    /// Whose quizzes are listed.
    enum Reach: Sendable { case own, shared, all }

    func insert(_ quiz: Quiz, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO quizzes (\(Self.columns)) VALUES (
                \(quiz.id), \(quiz.userID), \(quiz.courseID), \(quiz.title), \(quiz.status.rawValue),
                \(try quiz.wish.map { try JSONColumn.text($0) }), \(try JSONColumn.text(quiz.making)), \(quiz.problem?.rawValue),
                \(quiz.jobID), \(quiz.isForCourse), \(quiz.createdAt), \(quiz.updatedAt))
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(_ id: QuizID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Quiz? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM quizzes WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(Self.quiz)
    }

    /// One of another's that a person may take. For a transaction of the system.
    func find(_ id: QuizID, readableBy user: UserID, in transaction: any Transaction) async throws -> Quiz? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM quizzes WHERE id = \(id) AND user_id <> \(user) AND \(QuizAccess.readable(by: user))"
        ).map(Self.quiz)
    }

    /// The newest first.
    /// - Parameter reach: what of others is listed too, for which the transaction must be one of the system.
    func list(
        course: CourseID?, reach: Reach = .own, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (quizzes: [Quiz], total: Int) {
        var condition: SQL =
            switch reach {
            case .own: "user_id = \(user)"
            case .shared: "user_id <> \(user) AND \(QuizAccess.readable(by: user))"
            case .all: "(user_id = \(user) OR \(QuizAccess.readable(by: user)))"
            }
        if let course { condition += " AND course_id = \(course)" }
        let total = try await transaction.first("SELECT count(*) AS total FROM quizzes WHERE \(condition)")
        let rows = try await transaction.query(
            """
            SELECT \(Self.columns) FROM quizzes WHERE \(condition)
            ORDER BY created_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.quiz), try total?.get("total") ?? 0)
    }

    func update(_ quiz: Quiz, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE quizzes SET course_id = \(quiz.courseID), title = \(quiz.title), status = \(quiz.status.rawValue),
                wish = \(try quiz.wish.map { try JSONColumn.text($0) }), making = \(try JSONColumn.text(quiz.making)),
                problem = \(quiz.problem?.rawValue), job_id = \(quiz.jobID), for_course = \(quiz.isForCourse),
                updated_at = \(quiz.updatedAt)
            WHERE id = \(quiz.id) AND user_id = \(quiz.userID)
            """)
    }

    /// - Returns: whether there was one.
    func delete(_ id: QuizID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM quizzes WHERE id = \(id) AND user_id = \(user)") > 0
    }

    // MARK: - What they ask

    /// How many questions that are not flagged each of these has.
    func counts(of ids: [QuizID], user: UserID, in transaction: any Transaction) async throws -> [QuizID: Int] {
        let rows = try await transaction.query(
            """
            SELECT i.quiz_id AS quiz_id, count(*) AS total FROM quiz_items i JOIN quiz_questions q ON q.id = i.question_id
            WHERE i.user_id = \(user) AND i.quiz_id IN \(list: ids) AND NOT q.is_flagged GROUP BY i.quiz_id
            """)
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.get("quiz_id"), try $0.get("total")) })
    }

    /// Adds a question at the end; one that is there already stays where it is.
    func add(_ question: QuizQuestionID, to quiz: QuizID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO quiz_items (quiz_id, question_id, user_id, position)
            SELECT \(quiz), \(question), \(user), coalesce(max(position), -1) + 1 FROM quiz_items WHERE quiz_id = \(quiz)
            ON CONFLICT (quiz_id, question_id) DO NOTHING
            """)
    }

    /// - Returns: whether it was there.
    func remove(_ question: QuizQuestionID, from quiz: QuizID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "DELETE FROM quiz_items WHERE quiz_id = \(quiz) AND question_id = \(question) AND user_id = \(user)") > 0
    }

    func setPosition(
        _ position: Int, of question: QuizQuestionID, in quiz: QuizID, user: UserID, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE quiz_items SET position = \(position)
            WHERE quiz_id = \(quiz) AND question_id = \(question) AND user_id = \(user)
            """)
    }

    static func quiz(_ row: Row) throws -> Quiz {
        let (status, wish): (String, String?) = (try row.get("status"), try row.optional("wish"))
        guard let status = Quiz.Status(rawValue: status) else { throw DatabaseFailure(.decoding, "quizzes.status") }
        let problem: String? = try row.optional("problem")
        return Quiz(
            id: try row.get("id"), userID: try row.get("user_id"), courseID: try row.optional("course_id"),
            title: try row.get("title"), status: status, wish: try wish.map { try JSONColumn.value($0) },
            making: try JSONColumn.value(row.get("making")), problem: problem.flatMap(QuizProblem.init),
            jobID: try row.optional("job_id"), isForCourse: try row.get("for_course"), createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"))
    }
}
