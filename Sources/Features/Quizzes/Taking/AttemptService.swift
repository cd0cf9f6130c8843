package import Ambient
package import Database
import FoundationEssentials
package import Questions

/// Going through a quiz: begin, save as one goes, have answers judged, hand in, disagree.
package struct AttemptService: Sendable {
    /// Answers that come so long after the limit still count: a slow network is nobody's fault. In seconds.
    static let grace = 10.0
    static let mostAnswer = 8_000

    let database: any Database
    let marking: AnswerMarking
    let events: QuizEvents
    let ambient: Ambient
    let store = AttemptStore()
    private let quizzes = QuizStore()
    private let questions = QuestionStore()

    package init(database: any Database, grader: any AnswerGrading, events: QuizEvents, ambient: Ambient = .live) {
        self.database = database
        marking = AnswerMarking(grader: grader)
        self.events = events
        self.ambient = ambient
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
        return try await database.transaction(as: .user(user)) { transaction in
            if anew, let open = try await store.open(quiz, user: user, in: transaction) {
                _ = try await store.delete(open.id, of: quiz, user: user, in: transaction)
            }
            let attempt = try await fresh(quiz, mode: mode, seconds: seconds, client: nil, user: user, in: transaction)
            if try await store.insert(attempt, in: transaction) { return attempt }
            // Another device began at the same moment.
            guard let open = try await store.open(quiz, user: user, in: transaction) else { throw QuizzesFailure.noAttempt }
            return open
        }
    }

    private func fresh(
        _ quiz: QuizID, mode: Attempt.Mode, seconds: Int?, client: String?, user: UserID, in transaction: any Transaction
    ) async throws -> Attempt {
        guard try await quizzes.find(quiz, user: user, in: transaction) != nil else { throw QuizzesFailure.noQuiz }
        let asked = try await questions.of(quiz, user: user, in: transaction).filter { !$0.isFlagged }
        guard !asked.isEmpty else { throw QuizzesFailure.notReady }
        let now = ambient.now()
        return Attempt(
            id: ambient.newID(), quizID: quiz, userID: user, mode: mode, clientID: client, questions: asked, position: 0,
            deadline: seconds.map { now.addingTimeInterval(Double($0)) }, startedAt: now, updatedAt: now, submittedAt: nil,
            score: nil, totalPoints: asked.reduce(0) { $0 + $1.points })
    }

    func attempt(_ id: AttemptID, of quiz: QuizID, user: UserID) async throws -> Attempt {
        let found = try await database.read(as: .user(user)) { try await store.find(id, of: quiz, user: user, in: $0) }
        guard let found else { throw QuizzesFailure.noAttempt }
        return try await closedIfOver(found, user: user)
    }

    func list(
        of quiz: QuizID?, open: Bool?, user: UserID, offset: Int, limit: Int
    ) async throws -> (attempts: [Attempt], total: Int) {
        try await database.read(as: .user(user)) { transaction in
            if let quiz, try await quizzes.find(quiz, user: user, in: transaction) == nil { throw QuizzesFailure.noQuiz }
            return try await store.list(of: quiz, open: open, user: user, offset: offset, limit: limit, in: transaction)
        }
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
        let judgement = Judgement(try await marking.mark(answer, to: asked))
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
        var attempt = try await database.read(as: .user(user)) {
            try await fresh(quiz, mode: .exam, seconds: nil, client: client, user: user, in: $0)
        }
        for question in attempt.questions {
            let answer = answers[question.id].flatMap(\.self)
            attempt.answers[question.id] = AttemptAnswer(
                answer: answer, answeredAt: ambient.now(), judgement: Judgement(try await marking.mark(answer, to: question)))
        }
        attempt.submittedAt = ambient.now()
        attempt.score = attempt.points
        let isNew = try await database.transaction(as: .user(user)) { [attempt] transaction in
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
        for question in attempt.questions where attempt.answers[question.id]?.judgement == nil {
            let answer = attempt.answers[question.id]?.answer
            judged[question.id] = (answer, Judgement(try await marking.mark(answer, to: question)))
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

    // MARK: - Judging anew

    /// The student decides what was not certain, or disagrees with what was judged. Both judgements are kept.
    func decide(
        _ question: QuizQuestionID, isRight: Bool, remark: String?, in id: AttemptID, of quiz: QuizID, user: UserID
    ) async throws -> Attempt {
        try await database.transaction(as: .user(user)) { transaction in
            guard var attempt = try await store.find(id, of: quiz, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noAttempt
            }
            guard let asked = attempt.questions.first(where: { $0.id == question }), var kept = attempt.answers[question],
                var judgement = kept.judgement
            else { throw attempt.isOpen ? QuizzesFailure.notSubmitted : QuizzesFailure.noQuestion }
            judgement.decide(isRight, remark: remark)
            kept.judgement = judgement
            attempt.answers[question] = kept
            attempt.updatedAt = ambient.now()
            if !attempt.isOpen { attempt.score = attempt.points }
            try await store.put(kept, to: asked, of: attempt, in: transaction)
            try await store.update(attempt, in: transaction)
            if !attempt.isOpen { try await events.append(QuizEvents.judged, attempt, in: transaction) }
            return attempt
        }
    }
}

extension Judgement {
    /// The rules' own judgement stays what it was before, however often the student decides.
    fileprivate mutating func decide(_ isRight: Bool, remark: String?) {
        before = before ?? Before(verdict: verdict, share: share, reason: reason, judge: judge)
        verdict = isRight ? .right : .wrong
        share = isRight ? 1 : 0
        judge = .student
        self.remark = remark
    }
}
