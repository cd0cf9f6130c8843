import Ambient
import Courses
import Database
import FoundationEssentials

extension QuizService {
    /// Makes a quiz of the questions of a file.
    func add(_ bank: ImportedBank, title: String, course: CourseID?, user: UserID) async throws -> Whole {
        guard !bank.drafts.isEmpty else {
            let first = bank.problems.first.map { "line \($0.line): \($0.reason)" }
            throw QuizzesFailure.nothingToImport(first)
        }
        let own = QuestionBank(quizzes: self)
        let questions = bank.drafts.map { own.made($0, origin: .imported) }
        let now = ambient.now()
        let quiz = Quiz(
            id: ambient.newID(), userID: user, courseID: course, title: title, status: .ready, wish: nil, making: QuizMaking(),
            problem: nil, jobID: nil, createdAt: now, updatedAt: now)
        return try await database.transaction(as: .user(user)) { transaction in
            try await transaction.withoutTimeLimit()
            if let course { try await CourseDirectory().join(course, user: user, in: transaction) }
            try await store.insert(quiz, in: transaction)
            for question in questions {
                try await self.questions.insert(question, user: user, in: transaction)
                try await store.add(question.id, to: quiz.id, user: user, in: transaction)
            }
            try await events.append(QuizEvents.created, quiz, count: questions.count, in: transaction)
            return Whole(quiz: quiz, questions: questions, standing: QuizStanding())
        }
    }

    /// A quiz as a file of this format; what the format cannot say is left out.
    func file(of id: QuizID, as format: BankFormat, user: UserID) async throws -> (bytes: [UInt8], title: String) {
        let whole = try await owning(id, user: user) { try await self.whole(id, user: user) }
        return (format.file(of: whole.questions.map(QuestionDraft.init), title: whole.quiz.title), whole.quiz.title)
    }
}
