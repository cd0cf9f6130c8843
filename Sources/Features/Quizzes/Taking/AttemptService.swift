import Ambient
import Database
import FoundationEssentials
import Passages
import SourceTexts
package import Questions
package import Telemetry

/// Going through a quiz: begin, save as one goes, have answers judged, hand in, disagree.
package struct AttemptService: Sendable {
    /// Answers that come so long after the limit still count: a slow network is nobody's fault. In seconds.
    static let grace = 10.0
    static let mostAnswer = 8_000

    let quizzes: QuizService
    let marking: AnswerMarking
    let store = AttemptStore()
    var database: any Database { quizzes.database }
    var events: QuizEvents { quizzes.events }
    var ambient: Ambient { quizzes.ambient }

    /// - Parameters:
    ///   - quizzes: which one may take.
    ///   - judge: what the grader leaves open; nil leaves it to the student.
    package init(
        quizzes: QuizService, grader: any AnswerGrading, judge: (any AnswerJudging)? = nil, logger: Logger = .silent
    ) {
        self.quizzes = quizzes
        marking = AnswerMarking(grader: grader, judge: judge, logger: logger)
    }

    // MARK: - Going through it

    /// Begins an attempt, or goes on with the one that is open.
    /// - Parameter anew: leaves the open one and begins from the start.
    func begin(
        _ quiz: QuizID, mode: Attempt.Mode, seconds: Int?, anew: Bool, user: UserID
    ) async throws -> Attempt {
        if let open = try await database.read(as: .user(user), { try await store.open(quiz, user: user, in: $0) }) {
            let current = try await closedIfOver(open, user: user)
            if current.isOpen, !anew { return current }
        }
        let attempt = try await fresh(quiz, mode: mode, seconds: seconds, client: nil, user: user)
        return try await adding(quiz, user: user) { transaction in
            if anew, let open = try await store.open(quiz, user: user, in: transaction) {
                _ = try await store.delete(open.id, of: quiz, user: user, in: transaction)
            }
            if try await store.insert(attempt, in: transaction) { return attempt }
            // Another device began at the same moment.
            guard let open = try await store.open(quiz, user: user, in: transaction) else { throw QuizzesFailure.noAttempt }
            return open
        }
    }

    /// An attempt is its student's, also where the quiz is another's.
    private func adding<Value: Sendable>(
        _ quiz: QuizID, user: UserID, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        do {
            return try await database.transaction(as: .user(user), body)
        } catch let failure as DatabaseFailure where failure.kind == .reference {
            // It was deleted since it was read.
            throw QuizzesFailure.noQuiz
        }
    }

    private func fresh(
        _ quiz: QuizID, mode: Attempt.Mode, seconds: Int?, client: String?, user: UserID
    ) async throws -> Attempt {
        let whole = try await quizzes.readable(quiz, user: user)
        let asked = whole.questions.filter { !$0.isFlagged }
        guard !asked.isEmpty else { throw QuizzesFailure.notReady }
        let now = ambient.now()
        return Attempt(
            id: ambient.newID(), quizID: quiz, userID: user, mode: mode, clientID: client, questions: asked, position: 0,
            deadline: seconds.map { now.addingTimeInterval(Double($0)) }, startedAt: now, updatedAt: now, submittedAt: nil,
            score: nil, totalPoints: asked.reduce(0) { $0 + $1.points },
            courseID: whole.sharing?.showsCourse == false ? nil : whole.quiz.courseID)
    }

    func attempt(_ id: AttemptID, of quiz: QuizID, user: UserID) async throws -> Attempt {
        let found = try await database.read(as: .user(user)) { try await store.find(id, of: quiz, user: user, in: $0) }
        guard let found else { throw QuizzesFailure.noAttempt }
        return try await closedIfOver(found, user: user)
    }

    func list(
        of quiz: QuizID?, open: Bool?, user: UserID, offset: Int, limit: Int
    ) async throws -> (attempts: [Attempt], total: Int) {
        let found = try await database.read(as: .user(user)) {
            try await store.list(of: quiz, open: open, user: user, offset: offset, limit: limit, in: $0)
        }
        // What came of it stays the student's, also once it is not shared any more.
        if let quiz, found.total == 0 { _ = try await quizzes.readable(quiz, user: user) }
        return found
    }

    /// Keeps what was answered so far: of each question the last that came, from whichever device.
    func save(
        _ id: AttemptID, of quiz: QuizID, answers: [QuizQuestionID: QuizAnswer?], flags: [QuizQuestionID: Bool], position: Int?,
        user: UserID
    ) async throws -> Attempt {
        try await database.transaction(as: .user(user)) { transaction in
            guard var attempt = try await store.find(id, of: quiz, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noAttempt
            }
            guard attempt.isOpen else { throw QuizzesFailure.isSubmitted }
            let now = ambient.now()
            let isLate = attempt.deadline.map { now > $0.addingTimeInterval(Self.grace) } ?? false
            for question in attempt.questions {
                var kept = attempt.answers[question.id] ?? AttemptAnswer()
                let before = kept
                // What has been judged in practice is no longer changed.
                if let answer = answers[question.id], kept.judgement == nil, !isLate {
                    kept.answer = answer
                    kept.answeredAt = now
                }
                if let flag = flags[question.id] { kept.isFlagged = flag }
                guard kept != before else { continue }
                attempt.answers[question.id] = kept
                try await store.put(kept, to: question, of: attempt, in: transaction)
            }
            if let position, attempt.questions.indices.contains(position) { attempt.position = position }
            attempt.updatedAt = now
            try await store.update(attempt, in: transaction)
            return attempt
        }
    }

    /// In practice: judges one answer at once. The first judgement of a question is the one that counts.
    func check(
        _ question: QuizQuestionID, _ answer: QuizAnswer?, in id: AttemptID, of quiz: QuizID, user: UserID
    ) async throws -> (Attempt, QuizQuestion) {
        let attempt = try await attempt(id, of: quiz, user: user)
        guard attempt.isOpen else { throw QuizzesFailure.isSubmitted }
        guard attempt.mode == .practice else { throw QuizzesFailure.notPractice }
        guard let asked = attempt.questions.first(where: { $0.id == question }) else { throw QuizzesFailure.noQuestion }
        if attempt.answers[question]?.judgement != nil { return (attempt, asked) }
        guard let judgement = try await marking.judgements(of: [(asked, answer)], user: user).first else {
            throw QuizzesFailure.noQuestion
        }
        return try await database.transaction(as: .user(user)) { transaction in
            guard var attempt = try await store.find(id, of: quiz, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noAttempt
            }
            guard attempt.isOpen else { throw QuizzesFailure.isSubmitted }
            var kept = attempt.answers[question] ?? AttemptAnswer()
            if kept.judgement == nil {
                kept.answer = answer
                kept.answeredAt = ambient.now()
                kept.judgement = judgement
                attempt.answers[question] = kept
                attempt.updatedAt = ambient.now()
                try await store.put(kept, to: asked, of: attempt, in: transaction)
                try await store.update(attempt, in: transaction)
            }
            return (attempt, asked)
        }
    }

    func leave(_ id: AttemptID, of quiz: QuizID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.delete(id, of: quiz, user: user, in: transaction) else { throw QuizzesFailure.noAttempt }
        }
    }

    // MARK: - Handing in

    /// Hands in an attempt that was saved as one went. What has been handed in is given again as it is.
    func submit(
        _ id: AttemptID, of quiz: QuizID, answers: [QuizQuestionID: QuizAnswer?], user: UserID
    ) async throws -> Attempt {
        let found = try await database.read(as: .user(user)) { try await store.find(id, of: quiz, user: user, in: $0) }
        guard var attempt = found else { throw QuizzesFailure.noAttempt }
        guard attempt.isOpen else { return attempt }
        if !answers.isEmpty {
            do {
                attempt = try await save(id, of: quiz, answers: answers, flags: [:], position: nil, user: user)
            } catch let failure as QuizzesFailure where failure.message == QuizzesFailure.isSubmitted.message {
                return try await self.attempt(id, of: quiz, user: user)
            }
        }
        return try await close(attempt, user: user)
    }

    /// Hands in answers that were given elsewhere.
    /// - Parameter client: what the client calls this submission: one that comes again counts once.
    func submit(
        _ answers: [QuizQuestionID: QuizAnswer?], to quiz: QuizID, client: String?, user: UserID
    ) async throws -> Attempt {
        if let client, let known = try await known(client, of: quiz, user: user) { return known }
        var attempt = try await fresh(quiz, mode: .exam, seconds: nil, client: client, user: user)
        let given = attempt.questions.map { ($0, answers[$0.id].flatMap(\.self)) }
        for ((question, answer), judgement) in zip(given, try await marking.judgements(of: given, user: user)) {
            attempt.answers[question.id] = AttemptAnswer(answer: answer, answeredAt: ambient.now(), judgement: judgement)
        }
        attempt.submittedAt = ambient.now()
        attempt.score = attempt.points
        let isNew = try await adding(quiz, user: user) { [attempt] transaction in
            guard try await store.insert(attempt, in: transaction) else { return false }
            try await events.append(QuizEvents.submitted, attempt, in: transaction)
            return true
        }
        if !isNew, let client, let known = try await known(client, of: quiz, user: user) { return known }
        return attempt
    }

    private func known(_ client: String, of quiz: QuizID, user: UserID) async throws -> Attempt? {
        try await database.read(as: .user(user)) { try await store.find(client: client, of: quiz, user: user, in: $0) }
    }

    /// Judges what has not been judged, and ends the attempt.
    private func close(_ attempt: Attempt, user: UserID) async throws -> Attempt {
        var judged: [QuizQuestionID: (answer: QuizAnswer?, judgement: Judgement)] = [:]
        let open = attempt.questions.filter { attempt.answers[$0.id]?.judgement == nil }
            .map { ($0, attempt.answers[$0.id]?.answer) }
        for ((question, answer), judgement) in zip(open, try await marking.judgements(of: open, user: user)) {
            judged[question.id] = (answer, judgement)
        }
        return try await database.transaction(as: .user(user)) { [judged] transaction in
            guard var now = try await store.find(attempt.id, of: attempt.quizID, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noAttempt
            }
            guard now.isOpen else { return now }
            for question in now.questions {
                guard let (answer, judgement) = judged[question.id] else { continue }
                var kept = now.answers[question.id] ?? AttemptAnswer()
                guard kept.judgement == nil else { continue }
                // It may have been changed on another device since it was judged here: what was judged is what counts.
                kept.answer = answer
                kept.answeredAt = kept.answeredAt ?? ambient.now()
                kept.judgement = judgement
                now.answers[question.id] = kept
                try await store.put(kept, to: question, of: now, in: transaction)
            }
            now.submittedAt = ambient.now()
            now.updatedAt = ambient.now()
            now.score = now.points
            try await store.update(now, in: transaction)
            try await events.append(QuizEvents.submitted, now, in: transaction)
            return now
        }
    }

    /// An attempt whose time is over is handed in as it stands.
    private func closedIfOver(_ attempt: Attempt, user: UserID) async throws -> Attempt {
        guard attempt.isOpen, let deadline = attempt.deadline, ambient.now() > deadline.addingTimeInterval(Self.grace) else {
            return attempt
        }
        return try await close(attempt, user: user)
    }

    // MARK: - Sources

    /// Which of the documents that an attempt's questions cite its student may open; nil for all, where the quiz is the student's own.
    func sources(of attempt: Attempt) async throws -> Set<DocumentID>? {
        let isOwn = try await database.read(as: .user(attempt.userID)) {
            try await quizzes.store.find(attempt.quizID, user: attempt.userID, in: $0) != nil
        }
        if isOwn { return nil }
        return try await quizzes.library.readable(
            among: Set(attempt.questions.compactMap { $0.citation?.documentID }), user: attempt.userID)
    }
}
