import Ambient
import Database
import FoundationEssentials
import Questions

/// Attempts and their answers in the database. Every statement names the user, since SQLite has no row-level security.
struct AttemptStore: Sendable {
    private static let columns: SQL =
        """
        id, quiz_id, user_id, mode, client_id, questions, position, deadline, started_at, updated_at, submitted_at, score, total_points,
        course_id
        """

    /// - Returns: false, and adds nothing, if one with its client's id is there, or one is open and this is too.
    func insert(_ attempt: Attempt, in transaction: any Transaction) async throws -> Bool {
        let added = try await transaction.execute(
            """
            INSERT INTO quiz_attempts (\(Self.columns)) VALUES (
                \(attempt.id), \(attempt.quizID), \(attempt.userID), \(attempt.mode.rawValue), \(attempt.clientID),
                \(try JSONColumn.text(attempt.questions)), \(attempt.position), \(attempt.deadline), \(attempt.startedAt),
                \(attempt.updatedAt), \(attempt.submittedAt), \(attempt.score), \(attempt.totalPoints), \(attempt.courseID))
            ON CONFLICT DO NOTHING
            """)
        guard added > 0 else { return false }
        for question in attempt.questions {
            try await put(attempt.answers[question.id] ?? AttemptAnswer(), to: question, of: attempt, in: transaction)
        }
        return true
    }

    func find(
        _ id: AttemptID, of quiz: QuizID, user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> Attempt? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        let row = try await transaction.first(
            """
            SELECT \(Self.columns) FROM quiz_attempts
            WHERE id = \(id) AND quiz_id = \(quiz) AND user_id = \(user)\(lock)
            """)
        return try await filled(row, in: transaction)
    }

    func open(_ quiz: QuizID, user: UserID, in transaction: any Transaction) async throws -> Attempt? {
        let row = try await transaction.first(
            """
            SELECT \(Self.columns) FROM quiz_attempts
            WHERE quiz_id = \(quiz) AND user_id = \(user) AND submitted_at IS NULL
            """)
        return try await filled(row, in: transaction)
    }

    func find(client: String, of quiz: QuizID, user: UserID, in transaction: any Transaction) async throws -> Attempt? {
        let row = try await transaction.first(
            "SELECT \(Self.columns) FROM quiz_attempts WHERE quiz_id = \(quiz) AND user_id = \(user) AND client_id = \(client)")
        return try await filled(row, in: transaction)
    }

    /// The newest first, without their answers.
    /// - Parameter open: only those that are, or are not; nil for all.
    func list(
        of quiz: QuizID?, open: Bool? = nil, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (attempts: [Attempt], total: Int) {
        var condition: SQL = "user_id = \(user)"
        if let quiz { condition += " AND quiz_id = \(quiz)" }
        if let open { condition += open ? " AND submitted_at IS NULL" : " AND submitted_at IS NOT NULL" }
        let total = try await transaction.first("SELECT count(*) AS total FROM quiz_attempts WHERE \(condition)")
        let rows = try await transaction.query(
            """
            SELECT \(Self.columns) FROM quiz_attempts WHERE \(condition)
            ORDER BY started_at DESC, id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        return (try rows.map(Self.attempt), try total?.get("total") ?? 0)
    }

    /// What came of each quiz: how often it was submitted, the last and the best share of the points, and whether one is open.
    func standings(user: UserID, in transaction: any Transaction) async throws -> [QuizID: QuizStanding] {
        let rows = try await transaction.query(
            """
            SELECT quiz_id, submitted_at, score, total_points FROM quiz_attempts WHERE user_id = \(user)
            ORDER BY started_at, id
            """)
        var found: [QuizID: QuizStanding] = [:]
        for row in rows {
            let id: QuizID = try row.get("quiz_id")
            var standing = found[id] ?? QuizStanding()
            if let submitted: Date = try row.optional("submitted_at") {
                let (score, total): (Double, Double) = (try row.optional("score") ?? 0, try row.get("total_points"))
                let share = total > 0 ? score / total : 0
                standing.submissions += 1
                standing.last = share
                standing.best = max(standing.best ?? 0, share)
                standing.lastAt = submitted
            } else {
                standing.isOpen = true
            }
            found[id] = standing
        }
        return found
    }

    /// Everything but its questions and answers.
    func update(_ attempt: Attempt, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE quiz_attempts SET mode = \(attempt.mode.rawValue), client_id = \(attempt.clientID), position = \(attempt.position),
                updated_at = \(attempt.updatedAt), submitted_at = \(attempt.submittedAt), score = \(attempt.score)
            WHERE id = \(attempt.id) AND user_id = \(attempt.userID)
            """)
    }

    func put(_ answer: AttemptAnswer, to question: QuizQuestion, of attempt: Attempt, in transaction: any Transaction) async throws
    {
        // What the student has not decided yet says nothing of what they know.
        let share = answer.judgement.flatMap { $0.verdict == .ask ? nil : $0.share }
        try await transaction.execute(
            """
            INSERT INTO quiz_answers (
                attempt_id, question_id, user_id, answer, is_flagged, answered_at, judgement, share, topic)
            VALUES (
                \(attempt.id), \(question.id), \(attempt.userID), \(try answer.answer.map { try JSONColumn.text($0) }),
                \(answer.isFlagged), \(answer.answeredAt), \(try answer.judgement.map { try JSONColumn.text($0) }), \(share),
                \(question.topic))
            ON CONFLICT (attempt_id, question_id) DO UPDATE SET answer = excluded.answer, is_flagged = excluded.is_flagged,
                answered_at = excluded.answered_at, judgement = excluded.judgement, share = excluded.share
            """)
    }

    /// - Returns: whether there was one.
    func delete(_ id: AttemptID, of quiz: QuizID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "DELETE FROM quiz_attempts WHERE id = \(id) AND quiz_id = \(quiz) AND user_id = \(user)") > 0
    }

    /// Questions that a person was asked by quizzes of others, as they were last asked.
    func asked(
        _ ids: [QuizQuestionID], user: UserID, in transaction: any Transaction
    ) async throws -> [QuizQuestionID: QuizQuestion] {
        guard !ids.isEmpty else { return [:] }
        let wanted = Set(ids)
        let rows = try await transaction.query(
            """
            SELECT DISTINCT t.id AS id, t.started_at AS started_at, t.questions AS questions
            FROM quiz_attempts t JOIN quiz_answers a ON a.attempt_id = t.id
            WHERE t.user_id = \(user) AND a.question_id IN \(list: ids)
                AND t.quiz_id NOT IN (SELECT z.id FROM quizzes z WHERE z.user_id = \(user))
            ORDER BY t.started_at
            """)
        var found: [QuizQuestionID: QuizQuestion] = [:]
        for row in rows {
            for question in try JSONColumn.value(row.get("questions"), as: [QuizQuestion].self) where wanted.contains(question.id) {
                found[question.id] = question
            }
        }
        return found
    }

    /// What these people handed in of a quiz since their times, the earliest first. For a transaction of the system.
    func handedIn(
        _ quiz: QuizID, by since: [UserID: Date], in transaction: any Transaction
    ) async throws -> [HandedInQuiz] {
        let rows = try await transaction.query(
            """
            SELECT id, user_id, mode, submitted_at, score, total_points FROM quiz_attempts
            WHERE quiz_id = \(quiz) AND submitted_at IS NOT NULL AND user_id IN \(list: since.keys.sorted())
            ORDER BY submitted_at, id
            """)
        let counted = try rows.filter { row in
            guard let from = since[try row.get("user_id")] else { return false }
            return try row.get("submitted_at", as: Date.self) >= from
        }
        let ids = try counted.map { try $0.get("id", as: AttemptID.self) }
        var shares: [AttemptID: [QuizQuestionID: Double?]] = [:]
        if !ids.isEmpty {
            for row in try await transaction.query(
                "SELECT attempt_id, question_id, share FROM quiz_answers WHERE attempt_id IN \(list: ids)")
            {
                let share: Double? = try row.optional("share")
                shares[try row.get("attempt_id"), default: [:]].updateValue(share, forKey: try row.get("question_id"))
            }
        }
        return try counted.map { row in
            let mode: String = try row.get("mode")
            guard let mode = Attempt.Mode(rawValue: mode) else { throw DatabaseFailure(.decoding, "quiz_attempts.mode") }
            return HandedInQuiz(
                student: try row.get("user_id"), at: try row.get("submitted_at"), mode: mode,
                score: try row.optional("score") ?? 0, totalPoints: try row.get("total_points"),
                shares: shares[try row.get("id")] ?? [:])
        }
    }

    // MARK: - Rows

    private func filled(_ row: Row?, in transaction: any Transaction) async throws -> Attempt? {
        guard let row else { return nil }
        var attempt = try Self.attempt(row)
        let rows = try await transaction.query(
            """
            SELECT question_id, answer, is_flagged, answered_at, judgement FROM quiz_answers
            WHERE attempt_id = \(attempt.id) AND user_id = \(attempt.userID)
            """)
        for row in rows { attempt.answers[try row.get("question_id")] = try Self.answer(row) }
        return attempt
    }

    static func answer(_ row: Row) throws -> AttemptAnswer {
        let (answer, judgement): (String?, String?) = (try row.optional("answer"), try row.optional("judgement"))
        return AttemptAnswer(
            answer: try answer.map { try JSONColumn.value($0) }, isFlagged: try row.get("is_flagged"),
            answeredAt: try row.optional("answered_at"), judgement: try judgement.map { try JSONColumn.value($0) })
    }

    static func attempt(_ row: Row) throws -> Attempt {
        let mode: String = try row.get("mode")
        guard let mode = Attempt.Mode(rawValue: mode) else { throw DatabaseFailure(.decoding, "quiz_attempts.mode") }
        return Attempt(
            id: try row.get("id"), quizID: try row.get("quiz_id"), userID: try row.get("user_id"), mode: mode,
            clientID: try row.optional("client_id"), questions: try JSONColumn.value(row.get("questions")),
            position: try row.get("position"), deadline: try row.optional("deadline"), startedAt: try row.get("started_at"),
            updatedAt: try row.get("updated_at"), submittedAt: try row.optional("submitted_at"), score: try row.optional("score"),
            totalPoints: try row.get("total_points"), courseID: try row.optional("course_id"))
    }
}

/// What came of a quiz so far.
struct QuizStanding: Sendable, Hashable {
    var submissions = 0
    /// Shares of the points, from 0 to 1.
    var last: Double?
    var best: Double?
    var lastAt: Date?
    var isOpen = false
}
