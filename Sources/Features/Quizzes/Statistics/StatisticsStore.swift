import Ambient
import Courses
import Database
import FoundationEssentials

/// What the answers tell, as the database has them. Every statement names the user, since SQLite has no row-level security.
struct StatisticsStore: Sendable {
    /// One judged answer to a question of a submitted quiz, or to the card of one that was missed.
    struct Answered: Sendable {
        /// nil of a card.
        var attempt: AttemptID?
        var question: QuizQuestionID
        var topic: String
        var share: Double
        /// What it counts beside others.
        var weight = 1.0
        var at: Date
    }

    /// Answers to quizzes and to cards of what was missed in them, in the order in which they were given.
    func evidence(course: CourseID? = nil, user: UserID, in transaction: any Transaction) async throws -> [Answered] {
        let answers = try await answers(course: course, user: user, in: transaction)
        let recalls = try await RecallStore().all(of: user, course: course, in: transaction).map {
            Answered(attempt: nil, question: $0.question, topic: $0.topic, share: $0.share, weight: $0.weight, at: $0.at)
        }
        // Sorting keeps those of one moment, such as of one submission, in their order.
        return recalls.isEmpty ? answers : (answers + recalls).sorted { $0.at < $1.at }
    }

    /// In the order in which they were handed in; what the student has not decided is left out.
    func answers(
        of quiz: QuizID? = nil, about question: QuizQuestionID? = nil, course: CourseID? = nil, user: UserID,
        in transaction: any Transaction
    ) async throws -> [Answered] {
        var condition: SQL = "a.user_id = \(user) AND t.submitted_at IS NOT NULL AND a.share IS NOT NULL"
        if let quiz { condition += " AND t.quiz_id = \(quiz)" }
        if let question {
            // With the others of the same attempts, which its discrimination is reckoned against.
            condition +=
                " AND a.attempt_id IN (SELECT o.attempt_id FROM quiz_answers o WHERE o.question_id = \(question) AND o.user_id = \(user))"
        }
        if let course { condition += " AND t.course_id = \(course)" }
        return try await transaction.query(
            """
            SELECT a.attempt_id AS attempt_id, a.question_id AS question_id, a.topic AS topic, a.share AS share,
                t.submitted_at AS submitted_at
            FROM quiz_answers a JOIN quiz_attempts t ON t.id = a.attempt_id
            WHERE \(condition) ORDER BY t.submitted_at, t.id, a.question_id
            """
        ).map {
            Answered(
                attempt: try $0.get("attempt_id"), question: try $0.get("question_id"), topic: try $0.get("topic"),
                share: try $0.get("share"), at: try $0.get("submitted_at"))
        }
    }

    /// What was answered at the last attempts that asked one of these questions, with each as it was asked.
    func given(
        to ids: [QuizQuestionID], user: UserID, in transaction: any Transaction
    ) async throws -> [QuizQuestionID: [(asked: QuizQuestion, answer: QuizAnswer)]] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await transaction.query(
            """
            SELECT a.attempt_id AS attempt_id, a.question_id AS question_id, a.answer AS answer
            FROM quiz_answers a JOIN quiz_attempts t ON t.id = a.attempt_id
            WHERE a.user_id = \(user) AND a.question_id IN \(list: ids) AND a.answer IS NOT NULL AND t.submitted_at IS NOT NULL
            ORDER BY t.submitted_at DESC, a.attempt_id LIMIT \(Self.mostGiven)
            """)
        let attempts = Set(try rows.map { try $0.get("attempt_id", as: AttemptID.self) })
        var asked: [AttemptID: [QuizQuestionID: QuizQuestion]] = [:]
        for row in try await transaction.query(
            "SELECT id, questions FROM quiz_attempts WHERE user_id = \(user) AND id IN \(list: attempts.sorted())")
        {
            let questions: [QuizQuestion] = try JSONColumn.value(row.get("questions"))
            asked[try row.get("id")] = Dictionary(questions.map { ($0.id, $0) }) { first, _ in first }
        }
        var found: [QuizQuestionID: [(asked: QuizQuestion, answer: QuizAnswer)]] = [:]
        for row in rows {
            let (attempt, id): (AttemptID, QuizQuestionID) = (try row.get("attempt_id"), try row.get("question_id"))
            guard let question = asked[attempt]?[id] else { continue }
            found[id, default: []].append((question, try JSONColumn.value(row.get("answer"))))
        }
        return found
    }

    private static let mostGiven = 2_000

    /// Questions whose last answer was not right, the latest first; those of others that were asked too. An answer to a copy tells of what
    /// it is a copy of.
    func mistakes(user: UserID, course: CourseID?, limit: Int, in transaction: any Transaction) async throws -> [QuizQuestionID] {
        var last: [QuizQuestionID: Answered] = [:]
        let copies = try await QuestionStore().copies(user: user, in: transaction)
        for var answer in try await answers(course: course, user: user, in: transaction) {
            answer.question = copies[answer.question] ?? answer.question
            last[answer.question] = answer
        }
        let wrong = last.values.filter { $0.share < 0.999 }.sorted { ($0.at, $0.question) > ($1.at, $1.question) }
        let there = Set(
            try await QuestionStore().find(wrong.map(\.question), user: user, in: transaction).filter { !$0.isFlagged }.map(\.id))
        let others = try await AttemptStore().asked(
            wrong.map(\.question).filter { !there.contains($0) }, user: user, in: transaction)
        return Array(wrong.map(\.question).filter { there.contains($0) || others[$0] != nil }.prefix(limit))
    }
}
