package import Ambient
import Courses
package import Database
import FoundationEssentials
package import Jobs
import Passages
import Questions
package import SourceTexts

/// What somebody does with their quizzes: have them made, put them together, change and delete them.
package struct QuizService: Sendable {
    static let mostQuestions = 200

    let database: any Database
    let library: SourceLibrary
    let jobs: JobQueue
    let events: QuizEvents
    let ambient: Ambient
    let store = QuizStore()
    let questions = QuestionStore()

    package init(
        database: any Database, library: SourceLibrary, jobs: JobQueue, events: QuizEvents, ambient: Ambient = .live
    ) {
        self.database = database
        self.library = library
        self.jobs = jobs
        self.events = events
        self.ambient = ambient
    }

    /// A quiz with what it asks.
    struct Whole: Sendable {
        var quiz: Quiz
        var questions: [QuizQuestion]
        var standing: QuizStanding
    }

    // MARK: - Looking

    func list(
        course: CourseID?, user: UserID, offset: Int, limit: Int
    ) async throws -> (list: [(quiz: Quiz, count: Int, standing: QuizStanding)], total: Int) {
        try await database.read(as: .user(user)) { transaction in
            let found = try await store.list(course: course, user: user, offset: offset, limit: limit, in: transaction)
            let counts = try await store.counts(of: found.quizzes.map(\.id), user: user, in: transaction)
            let standings = try await AttemptStore().standings(user: user, in: transaction)
            return (found.quizzes.map { ($0, counts[$0.id] ?? 0, standings[$0.id] ?? QuizStanding()) }, found.total)
        }
    }

    func whole(_ id: QuizID, user: UserID) async throws -> Whole {
        try await database.read(as: .user(user)) { try await whole(id, user: user, in: $0) }
    }

    private func whole(_ id: QuizID, user: UserID, in transaction: any Transaction) async throws -> Whole {
        guard let quiz = try await known(id, user: user, in: transaction) else { throw QuizzesFailure.noQuiz }
        return quiz
    }

    /// nil where there is none.
    private func known(_ id: QuizID, user: UserID, in transaction: any Transaction) async throws -> Whole? {
        guard let quiz = try await store.find(id, user: user, in: transaction) else { return nil }
        return Whole(
            quiz: quiz, questions: try await questions.of(id, user: user, in: transaction),
            standing: try await AttemptStore().standings(user: user, in: transaction)[id] ?? QuizStanding())
    }

    // MARK: - Making

    /// Has a quiz made from documents, a course or whatever is near a topic.
    /// - Parameter id: its own; asked for twice under one, it is made once.
    func generate(_ wish: QuizWish, title: String?, as id: QuizID? = nil, user: UserID) async throws -> Whole {
        if let id, let known = try await database.read(as: .user(user), { try await known(id, user: user, in: $0) }) {
            return known
        }
        let sources = try await sources(of: wish, user: user)
        let now = ambient.now()
        let quiz = Quiz(
            id: id ?? ambient.newID(), userID: user, courseID: wish.course, title: title ?? Self.title(of: wish, sources),
            status: .generating,
            wish: wish, making: QuizMaking(), problem: nil, jobID: nil, createdAt: now, updatedAt: now)
        return try await database.transaction(as: .user(user)) { [quiz] transaction in
            var quiz = quiz
            if let course = wish.course { try await CourseDirectory().join(course, user: user, in: transaction) }
            quiz.jobID = try await jobs.enqueue(
                QuizJobs.make, .init(quizID: quiz.id), user: user, uniqueKey: QuizJobs.key(quiz.id), in: transaction)
            try await store.insert(quiz, in: transaction)
            try await events.append(QuizEvents.created, quiz, count: 0, in: transaction)
            return Whole(quiz: quiz, questions: [], standing: QuizStanding())
        }
    }

    /// Makes it anew: what was generated and not touched goes, what its owner wrote or edited stays.
    func regenerate(_ id: QuizID, count: Int?, tier: QuestionTier?, user: UserID) async throws -> Whole {
        try await database.transaction(as: .user(user)) { transaction in
            guard var quiz = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noQuiz
            }
            guard var wish = quiz.wish else { throw QuizzesFailure.notGenerated }
            guard quiz.status != .generating else { throw QuizzesFailure.isGenerating }
            if let count { wish.count = count }
            if let tier { wish.tier = tier }
            quiz.wish = wish
            quiz.status = .generating
            quiz.problem = nil
            quiz.updatedAt = ambient.now()
            quiz.jobID = try await jobs.enqueue(
                QuizJobs.make, .init(quizID: id), user: user, uniqueKey: QuizJobs.key(id), in: transaction)
            try await store.update(quiz, in: transaction)
            let now = try await whole(id, user: user, in: transaction)
            try await events.append(QuizEvents.changed, quiz, count: now.questions.count, in: transaction)
            return now
        }
    }

    /// Stops the making; what is made stays.
    func stop(_ id: QuizID, user: UserID) async throws -> Whole {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.find(id, user: user, in: transaction) != nil else { throw QuizzesFailure.noQuiz }
            try await jobs.cancel(QuizJobs.make, uniqueKey: QuizJobs.key(id), in: transaction)
        }
        return try await whole(id, user: user)
    }

    /// Puts a quiz together of questions of the bank, in the order given.
    func assemble(_ ids: [QuizQuestionID], title: String, course: CourseID?, user: UserID) async throws -> Whole {
        guard ids.count <= Self.mostQuestions else { throw QuizzesFailure.full }
        let now = ambient.now()
        let quiz = Quiz(
            id: ambient.newID(), userID: user, courseID: course, title: title, status: .ready, wish: nil, making: QuizMaking(),
            problem: nil, jobID: nil, createdAt: now, updatedAt: now)
        return try await database.transaction(as: .user(user)) { transaction in
            if let course { try await CourseDirectory().join(course, user: user, in: transaction) }
            guard try await questions.find(ids, user: user, in: transaction).count == Set(ids).count else {
                throw QuizzesFailure.noQuestion
            }
            try await store.insert(quiz, in: transaction)
            for id in ids { try await store.add(id, to: quiz.id, user: user, in: transaction) }
            try await events.append(QuizEvents.created, quiz, count: ids.count, in: transaction)
            return try await whole(quiz.id, user: user, in: transaction)
        }
    }

    /// Puts a quiz together of what was answered wrong last, the latest mistake first.
    func fromMistakes(count: Int, title: String, course: CourseID?, user: UserID) async throws -> Whole {
        let ids = try await database.read(as: .user(user)) {
            try await StatisticsStore().mistakes(user: user, course: course, limit: count, in: $0)
        }
        guard !ids.isEmpty else { throw QuizzesFailure.nothingWrong }
        return try await assemble(ids, title: title, course: course, user: user)
    }

    // MARK: - Changing

    func change(_ id: QuizID, title: String?, user: UserID) async throws -> Whole {
        try await changing(id, user: user) { quiz, _ in if let title { quiz.title = title } }
    }

    func add(_ question: QuizQuestionID, to id: QuizID, user: UserID) async throws -> Whole {
        try await changing(id, user: user) { _, transaction in
            guard try await questions.find(question, user: user, in: transaction) != nil else { throw QuizzesFailure.noQuestion }
            guard try await questions.of(id, user: user, in: transaction).count < Self.mostQuestions else {
                throw QuizzesFailure.full
            }
            try await store.add(question, to: id, user: user, in: transaction)
        }
    }

    /// The question stays in the bank.
    func remove(_ question: QuizQuestionID, from id: QuizID, user: UserID) async throws {
        _ = try await changing(id, user: user) { _, transaction in
            guard try await store.remove(question, from: id, user: user, in: transaction) else { throw QuizzesFailure.noQuestion }
        }
    }

    /// - Parameter keepsQuestions: leaves in the bank what only this quiz asks.
    func delete(_ id: QuizID, keepsQuestions: Bool, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.find(id, user: user, locking: true, in: transaction) != nil else { throw QuizzesFailure.noQuiz }
            try await jobs.cancel(QuizJobs.make, uniqueKey: QuizJobs.key(id), in: transaction)
            if !keepsQuestions { try await questions.deleteOwn(of: id, onlyUntouched: false, user: user, in: transaction) }
            _ = try await store.delete(id, user: user, in: transaction)
            try await events.appendDeleted(id, user: user, in: transaction)
        }
    }

    func changing(
        _ id: QuizID, user: UserID, _ change: @Sendable (inout Quiz, any Transaction) async throws -> Void
    ) async throws -> Whole {
        try await database.transaction(as: .user(user)) { transaction in
            guard var quiz = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noQuiz
            }
            try await change(&quiz, transaction)
            quiz.updatedAt = ambient.now()
            if quiz.wish == nil || quiz.status == .failed {
                let count = try await questions.of(id, user: user, in: transaction).count
                if quiz.status == .failed, count > 0 { quiz.status = .ready }
            }
            try await store.update(quiz, in: transaction)
            let now = try await whole(id, user: user, in: transaction)
            try await events.append(QuizEvents.changed, quiz, count: now.questions.count, in: transaction)
            return now
        }
    }

    // MARK: - Sources

    private func sources(of wish: QuizWish, user: UserID) async throws -> [SourceLibrary.Document] {
        do {
            return try await library.documents(wish.documents, in: wish.course, user: user)
        } catch let problem as SourceProblem {
            throw QuizzesFailure(problem)
        }
    }

    private static func title(of wish: QuizWish, _ sources: [SourceLibrary.Document]) -> String {
        if let topic = wish.topic { return String(topic.prefix(120)) }
        if sources.count == 1 { return String(sources[0].title.prefix(120)) }
        return sources.isEmpty ? "Quiz" : String("\(sources[0].title) + \(sources.count - 1)".prefix(120))
    }
}
