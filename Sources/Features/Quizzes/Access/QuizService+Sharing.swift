import Ambient
import Courses
import Database
import Failures
import Passages
import SourceTexts

/// Quizzes of others: read by who may, and copied into one's own bank.
extension QuizService {
    /// A quiz of another's that the person may take, with what it asks; nil where there is none.
    ///
    /// The rule is asked again on the owner's snapshot that is read, so a share that has ended in between gives nothing.
    func shared(_ id: QuizID, with user: UserID) async throws -> Whole? {
        guard let owner = try await access.find(id, for: user)?.userID else { return nil }
        let read = try await database.read(as: .user(owner)) { transaction -> (Quiz, [QuizQuestion])? in
            guard let quiz = try await store.find(id, user: owner, in: transaction) else { return nil }
            return (quiz, try await questions.of(id, user: owner, in: transaction).filter { !$0.isFlagged })
        }
        guard let (quiz, asked) = read else { return nil }
        return try await database.read(as: .system) { transaction in
            guard let now = try await access.find(id, for: user, in: transaction), now.userID == owner,
                let sharing = try await access.sharings(of: [quiz], with: user, in: transaction)[id]
            else { return nil }
            let standing = try await AttemptStore().standings(user: user, in: transaction)[id]
            return Whole(quiz: quiz, questions: asked, standing: standing ?? QuizStanding(), sharing: sharing)
        }
    }

    /// The person's own, or one that is shared with the person.
    func readable(_ id: QuizID, user: UserID) async throws -> Whole {
        if let own = try await database.read(as: .user(user), { try await known(id, user: user, in: $0) }) { return own }
        guard let shared = try await shared(id, with: user) else { throw QuizzesFailure.noQuiz }
        return shared
    }

    /// What is for the owner alone: who may only take the quiz is told so, everybody else that there is none.
    func owning<Value: Sendable>(
        _ id: QuizID, user: UserID, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let failure as QuizzesFailure where failure.code == .notFound {
            throw try await access.find(id, for: user) == nil ? failure : QuizzesFailure.readOnly
        }
    }

    /// Gives the quiz to everybody who reads its course, or takes it back.
    func setForCourse(_ isForCourse: Bool, of quiz: inout Quiz, user: UserID, in transaction: any Transaction) async throws {
        if isForCourse {
            // What others share is theirs to fill.
            guard let course = quiz.courseID else { throw QuizzesFailure.noCourse }
            guard try await CourseDirectory().require(course, user: user, in: transaction) else {
                throw QuizzesFailure.foreignCourse
            }
        }
        quiz.isForCourse = isForCourse
    }

    /// Copies a quiz into the person's own: what it asks is theirs from then on, to edit and to keep.
    func copy(_ id: QuizID, user: UserID) async throws -> Whole {
        let whole = try await readable(id, user: user)
        let asked = whole.questions.filter { !$0.isFlagged }
        guard !asked.isEmpty else { throw QuizzesFailure.notReady }
        let copies = try await copies(of: asked, user: user)
        let now = ambient.now()
        let course = whole.sharing?.showsCourse == false ? nil : whole.quiz.courseID
        let quiz = Quiz(
            id: ambient.newID(), userID: user, courseID: course, title: whole.quiz.title, status: .ready, wish: nil,
            making: QuizMaking(), problem: nil, jobID: nil, createdAt: now, updatedAt: now)
        return try await database.transaction(as: .user(user)) { transaction in
            if let course { try await CourseDirectory().join(course, user: user, in: transaction) }
            try await store.insert(quiz, in: transaction)
            for (copy, original) in zip(copies, asked) {
                try await questions.insert(copy, user: user, copied: original.id, in: transaction)
                try await store.add(copy.id, to: quiz.id, user: user, in: transaction)
            }
            try await events.append(QuizEvents.created, quiz, count: copies.count, in: transaction)
            return try await self.whole(quiz.id, user: user, in: transaction)
        }
    }

    /// Questions as they would be in the person's own bank. What the person may not open is quoted in the explanation.
    func copies(of asked: [QuizQuestion], user: UserID) async throws -> [QuizQuestion] {
        let open = try await library.readable(among: Set(asked.compactMap { $0.citation?.documentID }), user: user)
        let now = ambient.now()
        return asked.map { question in
            var copy = QuizQuestion(
                id: ambient.newID(), kind: question.kind, stem: question.stem, content: question.content,
                explanation: question.explanation, citation: question.citation, topic: question.topic, tags: question.tags,
                level: question.level, bloom: question.bloom, points: question.points, origin: .imported, making: nil,
                isEdited: false, isFlagged: false, version: 1, createdAt: now, updatedAt: now)
            if let citation = question.citation, !open.contains(citation.documentID) {
                copy.citation = nil
                if !copy.explanation.contains(citation.quote) {
                    copy.explanation = [copy.explanation, "“\(citation.quote)” (\(citation.title))"].filter { !$0.isEmpty }
                        .joined(separator: "\n\n")
                }
            }
            return copy
        }
    }

    /// Puts the copies of what the person was asked by quizzes of others in the place of it: only what is in one's own bank can be put
    /// together to a quiz.
    func adopted(_ ids: [QuizQuestionID], user: UserID) async throws -> [QuizQuestionID] {
        let (own, known, asked) = try await database.read(as: .user(user)) { transaction in
            let own = Set(try await questions.find(ids, user: user, in: transaction).map(\.id))
            let others = ids.filter { !own.contains($0) }
            if others.isEmpty { return (own, [QuizQuestionID: QuizQuestionID](), [QuizQuestionID: QuizQuestion]()) }
            return (
                own, try await questions.copies(of: others, user: user, in: transaction),
                try await AttemptStore().asked(others, user: user, in: transaction)
            )
        }
        let wanted = ids.filter { !own.contains($0) && known[$0] == nil }.compactMap { asked[$0] }
        let copies = try await copies(of: wanted, user: user)
        if !copies.isEmpty {
            try await database.transaction(as: .user(user)) { transaction in
                for (copy, original) in zip(copies, wanted) {
                    try await questions.insert(copy, user: user, copied: original.id, in: transaction)
                }
            }
        }
        let made = Dictionary(zip(wanted.map(\.id), copies.map(\.id))) { first, _ in first }
        return ids.map { known[$0] ?? made[$0] ?? $0 }
    }
}
