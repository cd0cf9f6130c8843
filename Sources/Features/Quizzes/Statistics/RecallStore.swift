import Ambient
import Courses
import Database
import FoundationEssentials

/// Recalls in the database. Every statement names the user, since SQLite has no row-level security.
struct RecallStore: Sendable {
    /// What a question was about when the student last answered it in a quiz; nil where they never did.
    func topic(of question: QuizQuestionID, user: UserID, in transaction: any Transaction) async throws -> String? {
        try await transaction.first(
            """
            SELECT a.topic AS topic FROM quiz_answers a JOIN quiz_attempts t ON t.id = a.attempt_id
            WHERE a.question_id = \(question) AND a.user_id = \(user) AND t.submitted_at IS NOT NULL
            ORDER BY t.submitted_at DESC, t.id DESC LIMIT 1
            """
        )?.get("topic")
    }

    /// Once for each review. One that was taken back before it came stays taken back.
    func insert(_ recall: Recall, user: UserID, in transaction: any Transaction) async throws {
        try await insert(recall, isUndone: false, user: user, in: transaction)
    }

    /// A review was taken back; its row stays, so that it counts in whichever order the two are told.
    func undo(_ recall: Recall, user: UserID, in transaction: any Transaction) async throws {
        try await insert(recall, isUndone: true, user: user, in: transaction)
        try await transaction.execute(
            "UPDATE quiz_recalls SET is_undone = \(true) WHERE id = \(recall.id) AND user_id = \(user)")
    }

    /// In the order in which cards were answered.
    func all(of user: UserID, course: CourseID?, in transaction: any Transaction) async throws -> [Recall] {
        var condition: SQL = "r.user_id = \(user) AND r.is_undone = \(false)"
        if let course {
            condition += """
                 AND EXISTS (
                    SELECT 1 FROM quiz_answers a JOIN quiz_attempts t ON t.id = a.attempt_id
                    WHERE a.question_id = r.question_id AND a.user_id = \(user) AND t.course_id = \(course))
                """
        }
        return try await transaction.query(
            """
            SELECT r.id AS id, r.question_id AS question_id, r.topic AS topic, r.share AS share, r.weight AS weight,
                r.recalled_at AS recalled_at
            FROM quiz_recalls r WHERE \(condition) ORDER BY r.recalled_at, r.id
            """
        ).map {
            Recall(
                id: try $0.get("id"), question: try $0.get("question_id"), topic: try $0.get("topic"), share: try $0.get("share"),
                weight: try $0.get("weight"), at: try $0.get("recalled_at"))
        }
    }

    private func insert(_ recall: Recall, isUndone: Bool, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO quiz_recalls (id, user_id, question_id, topic, share, weight, recalled_at, is_undone)
            VALUES (
                \(recall.id), \(user), \(recall.question), \(recall.topic), \(recall.share), \(recall.weight), \(recall.at),
                \(isUndone))
            ON CONFLICT (id) DO NOTHING
            """)
    }
}
