package import Ambient
package import Courses
package import FoundationEssentials
package import Jobs
package import Passages
package import Questions

package enum QuizKind {}
package typealias QuizID = Identifier<QuizKind>

/// A list of questions that somebody can be asked.
package struct Quiz: Sendable, Hashable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case generating, ready, failed
    }

    package let id: QuizID
    package let userID: UserID
    package var courseID: CourseID?
    package var title: String
    package var status: Status
    /// What it is made from; nil where its questions were written, imported or taken from the bank.
    package var wish: QuizWish?
    /// What became of the text, once it is made.
    package var making: QuizMaking
    /// Why it failed, as a code that the app words.
    package var problem: QuizProblem?
    package var jobID: JobID?
    /// Whether everybody who reads its course may take it.
    package var isForCourse = false
    package var createdAt: Date
    package var updatedAt: Date
}

/// What questions are wanted from which texts.
package struct QuizWish: Sendable, Hashable, Codable {
    package var documents: [DocumentID]?
    package var course: CourseID?
    package var topic: String?
    package var count: Int
    package var kinds: [QuestionKind]?
    package var difficulty: QuizDifficulty?
    package var tier: QuestionTier
}

/// What making came to.
package struct QuizMaking: Sendable, Hashable, Codable {
    /// Sentences and questions that a gate held back, by the gate.
    package var dropped: [String: Int] = [:]
    /// Why there are fewer questions than were wished for.
    package var notes: [String] = []
    /// Words of the text that was read.
    package var words = 0
}

/// Why a quiz could not be made.
package enum QuizProblem: String, Sendable, Codable, CaseIterable {
    /// There is no text in what it was to be made from.
    case noText = "no_text"
    /// No question passed the gates.
    case noQuestions = "no_questions"
    case cancelled
    case failed
}

/// How hard questions are, in three steps; drafts know five.
package enum QuizDifficulty: String, Sendable, Codable, CaseIterable {
    case easy, medium, hard

    package init(level: Int) { self = level <= 1 ? .easy : level <= 3 ? .medium : .hard }

    package var levels: ClosedRange<Int> {
        switch self {
        case .easy: 1...1
        case .medium: 2...3
        case .hard: 4...5
        }
    }
}
