package import Ambient
import Courses
package import Database
import FoundationEssentials
package import Jobs
import Passages
import Questions
import Sharing
package import SourceTexts

/// What somebody does with their quizzes: have them made, put them together, change and delete them.
package struct QuizService: Sendable {
    static let mostQuestions = 200

    let database: any Database
    let library: SourceLibrary
    let jobs: JobQueue
    let events: QuizEvents
    let ambient: Ambient
    let access: QuizAccess
    let store = QuizStore()
    let questions = QuestionStore()
    private let shares = ShareStore<QuizKind>(QuizAccess.shares)

    package init(
        database: any Database, library: SourceLibrary, jobs: JobQueue, events: QuizEvents, ambient: Ambient = .live
    ) {
        self.database = database
        access = QuizAccess(database: database)
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
        /// Whose it is, where it is another's.
        var sharing: QuizSharing?
        /// How many people it is shared with.
        var memberCount = 0
    }

    /// A quiz as a list has it.
    struct Listed: Sendable {
        var quiz: Quiz
        var count: Int
        var standing: QuizStanding
        var sharing: QuizSharing?
        var memberCount = 0
    }

    // MARK: - Looking

    /// - Parameter reach: whether what others share is listed too.
    func list(
        course: CourseID?, reach: QuizStore.Reach = .own, user: UserID, offset: Int, limit: Int
    ) async throws -> (list: [Listed], total: Int) {
        try await database.read(as: reach == .own ? .user(user) : .system) { transaction in
            let found = try await store.list(
                course: course, reach: reach, user: user, offset: offset, limit: limit, in: transaction)
            var counts: [QuizID: Int] = [:]
            for (owner, own) in Dictionary(grouping: found.quizzes, by: \.userID) {
                counts.merge(try await store.counts(of: own.map(\.id), user: owner, in: transaction)) { first, _ in first }
            }
            let standings = try await AttemptStore().standings(user: user, in: transaction)
            let members = try await shares.counts(of: user, in: transaction)
            let sharings = try await access.sharings(of: found.quizzes.filter { $0.userID != user }, with: user, in: transaction)
            let listed = found.quizzes.map { quiz in
                Listed(
                    quiz: quiz, count: counts[quiz.id] ?? 0, standing: standings[quiz.id] ?? QuizStanding(),
                    sharing: sharings[quiz.id], memberCount: members[quiz.id] ?? 0)
            }
            return (listed, found.total)
        }
    }

    /// The person's own.
    func whole(_ id: QuizID, user: UserID) async throws -> Whole {
        try await database.read(as: .user(user)) { try await whole(id, user: user, in: $0) }
    }

    func whole(_ id: QuizID, user: UserID, in transaction: any Transaction) async throws -> Whole {
        guard let quiz = try await known(id, user: user, in: transaction) else { throw QuizzesFailure.noQuiz }
        return quiz
    }

    /// nil where there is none.
    func known(_ id: QuizID, user: UserID, in transaction: any Transaction) async throws -> Whole? {
        guard let quiz = try await store.find(id, user: user, in: transaction) else { return nil }
        return Whole(
            quiz: quiz, questions: try await questions.of(id, user: user, in: transaction),
            standing: try await AttemptStore().standings(user: user, in: transaction)[id] ?? QuizStanding(),
            memberCount: try await shares.counts(of: user, in: transaction)[id] ?? 0)
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
        try await owning(id, user: user) {
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
    }

    /// Stops the making; what is made stays.
    func stop(_ id: QuizID, user: UserID) async throws -> Whole {
        try await owning(id, user: user) {
            try await database.transaction(as: .user(user)) { transaction in
                guard try await store.find(id, user: user, in: transaction) != nil else { throw QuizzesFailure.noQuiz }
                try await jobs.cancel(QuizJobs.make, uniqueKey: QuizJobs.key(id), in: transaction)
            }
        }
        return try await whole(id, user: user)
    }

    /// Puts a quiz together of questions of the bank, in the order given.
    func assemble(_ ids: [QuizQuestionID], title: String, course: CourseID?, user: UserID) async throws -> Whole {
        guard ids.count <= Self.mostQuestions else { throw QuizzesFailure.full }
        let ids = try await adopted(ids, user: user)
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

    /// - Parameter isForCourse: whether everybody who reads its course may take it.
    func change(_ id: QuizID, title: String?, isForCourse: Bool? = nil, user: UserID) async throws -> Whole {
        try await changing(id, user: user) { quiz, transaction in
            if let title { quiz.title = title }
            if let isForCourse { try await setForCourse(isForCourse, of: &quiz, user: user, in: transaction) }
        }
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
        try await owning(id, user: user) {
            try await database.transaction(as: .user(user)) { transaction in
                guard try await store.find(id, user: user, locking: true, in: transaction) != nil else {
                    throw QuizzesFailure.noQuiz
                }
                try await jobs.cancel(QuizJobs.make, uniqueKey: QuizJobs.key(id), in: transaction)
                try await events.tellMembers(of: user, in: transaction)
                if !keepsQuestions { try await questions.deleteOwn(of: id, onlyUntouched: false, user: user, in: transaction) }
                _ = try await store.delete(id, user: user, in: transaction)
                try await events.appendDeleted(id, user: user, in: transaction)
            }
        }
    }

    func changing(
        _ id: QuizID, user: UserID, _ change: @Sendable (inout Quiz, any Transaction) async throws -> Void
    ) async throws -> Whole {
        try await owning(id, user: user) {
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
