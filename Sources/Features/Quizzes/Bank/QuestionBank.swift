import Ambient
import Database
import FoundationEssentials
import Questions

/// What somebody does with the questions of their bank.
package struct QuestionBank: Sendable {
    let quizzes: QuizService
    private var database: any Database { quizzes.database }
    private var store: QuestionStore { quizzes.questions }
    private var ambient: Ambient { quizzes.ambient }

    package init(quizzes: QuizService) { self.quizzes = quizzes }

    func list(
        _ search: QuestionStore.Search, user: UserID, offset: Int, limit: Int
    ) async throws -> (questions: [QuizQuestion], total: Int) {
        try await database.read(as: .user(user)) {
            try await store.list(search, user: user, offset: offset, limit: limit, in: $0)
        }
    }

    func tags(user: UserID) async throws -> [String: Int] {
        try await database.read(as: .user(user)) { try await store.tags(user: user, in: $0) }
    }

    func question(_ id: QuizQuestionID, user: UserID) async throws -> QuizQuestion {
        let found = try await database.read(as: .user(user)) { try await store.find(id, user: user, in: $0) }
        guard let found else { throw QuizzesFailure.noQuestion }
        return found
    }

    /// Writes a question down.
    /// - Parameter quiz: the quiz that is to ask it, at its end; nil to keep it in the bank only.
    func add(_ draft: QuestionDraft, to quiz: QuizID?, user: UserID) async throws -> QuizQuestion {
        try draft.validate()
        let question = made(draft, origin: .written)
        guard let quiz else {
            try await database.transaction(as: .user(user)) { try await store.insert(question, user: user, in: $0) }
            return question
        }
        _ = try await quizzes.changing(quiz, user: user) { _, transaction in
            guard try await store.of(quiz, user: user, in: transaction).count < QuizService.mostQuestions else {
                throw QuizzesFailure.full
            }
            try await store.insert(question, user: user, in: transaction)
            try await quizzes.store.add(question.id, to: quiz, user: user, in: transaction)
        }
        return question
    }

    func made(_ draft: QuestionDraft, origin: QuizQuestion.Origin) -> QuizQuestion {
        let now = ambient.now()
        return QuizQuestion(
            id: ambient.newID(), kind: draft.kind, stem: draft.stem, content: draft.content, explanation: draft.explanation,
            citation: nil, topic: draft.topic, tags: draft.tags, level: draft.level ?? 2, bloom: draft.bloom ?? .remember,
            points: draft.points, origin: origin, making: nil, isEdited: false, isFlagged: false, version: 1, createdAt: now,
            updatedAt: now)
    }

    /// - Parameters:
    ///   - version: of the question that the change was made in; nil to write over whatever is there.
    ///   - change: of what somebody wrote, if it is more than tags or a flag.
    func change(
        _ id: QuizQuestionID, version: Int?, tags: [String]?, isFlagged: Bool?, user: UserID,
        _ change: @Sendable (inout QuestionDraft) -> Bool
    ) async throws -> QuizQuestion {
        try await database.transaction(as: .user(user)) { transaction in
            guard var question = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw QuizzesFailure.noQuestion
            }
            if let version, version != question.version { throw QuizzesFailure.stale }
            var draft = QuestionDraft(question)
            if change(&draft) {
                try draft.validate()
                question.take(draft)
                question.isEdited = true
            }
            if let tags { question.tags = tags }
            if let isFlagged { question.isFlagged = isFlagged }
            question.version += 1
            question.updatedAt = ambient.now()
            try await store.update(question, user: user, in: transaction)
            return question
        }
    }

    /// From every quiz that asks it too; results keep what was asked.
    func delete(_ id: QuizQuestionID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await store.delete(id, user: user, in: transaction) else { throw QuizzesFailure.noQuestion }
        }
    }
}

extension QuestionDraft {
    init(_ question: QuizQuestion) {
        self.init(question.kind, question.stem, question.content)
        explanation = question.explanation
        topic = question.topic
        tags = question.tags
        level = question.level
        bloom = question.bloom
        points = question.points
    }
}

extension QuizQuestion {
    fileprivate mutating func take(_ draft: QuestionDraft) {
        kind = draft.kind
        stem = draft.stem
        content = draft.content
        explanation = draft.explanation
        topic = draft.topic
        level = draft.level ?? level
        bloom = draft.bloom ?? bloom
        points = draft.points
    }
}
