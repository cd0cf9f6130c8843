import Accounts
import Ambient
import Courses
import Database
import Sharing

/// Who may read whose quizzes: the one rule of it.
///
/// A quiz is its owner's; others may take it that it is shared with, or whose course it is given to, as soon as it is made. The rule is
/// asked as the system, since nobody sees another's rows; what it lets through is then read as the owner.
struct QuizAccess: Sendable {
    static let shares = ShareTable("quiz_shares", column: "quiz_id")

    let database: any Database
    private let quizzes = QuizStore()
    private let direct = ShareStore<QuizKind>(shares)
    private let courses = ShareStore<CourseKind>(SharedCourse.shares)

    init(database: any Database) { self.database = database }

    /// The quizzes of others that a person may take, as a condition on `quizzes`.
    static func readable(by user: UserID) -> SQL {
        """
        (quizzes.status = 'ready' AND (
            quizzes.id IN (SELECT s.quiz_id FROM quiz_shares s WHERE s.member_id = \(user))
            OR (quizzes.for_course AND EXISTS (
                SELECT 1 FROM course_shares s
                WHERE s.course_id = quizzes.course_id AND s.user_id = quizzes.user_id AND s.member_id = \(user)))))
        """
    }

    /// A quiz of another's, if the person may take it.
    func find(_ id: QuizID, for user: UserID) async throws -> Quiz? {
        try await database.read(as: .system) { try await find(id, for: user, in: $0) }
    }

    /// The same, for a transaction of the system.
    func find(_ id: QuizID, for user: UserID, in transaction: any Transaction) async throws -> Quiz? {
        try await quizzes.find(id, readableBy: user, in: transaction)
    }

    /// How quizzes of others came to a person. For a transaction of the system.
    func sharings(
        of quizzes: [Quiz], with user: UserID, in transaction: any Transaction
    ) async throws -> [QuizID: QuizSharing] {
        guard !quizzes.isEmpty else { return [:] }
        let names = try await PeopleDirectory().names(of: Set(quizzes.map(\.userID)), in: transaction)
        let given = try await direct.received(by: user, in: transaction)
        let own = try await direct.receivedDirectly(by: user, in: transaction)
        let joined = try await courses.received(by: user, in: transaction)
        return quizzes.reduce(into: [:]) { found, quiz in
            found[quiz.id] = QuizSharing(
                owner: names[quiz.userID] ?? "", via: own.contains(quiz.id) ? .quiz : given.contains(quiz.id) ? .class : .course,
                showsCourse: quiz.courseID.map(joined.contains) ?? false)
        }
    }
}

/// Whose a quiz of another's is, and how it came to who may take it.
struct QuizSharing: Sendable, Hashable {
    enum Way: String, Sendable, Codable, CaseIterable {
        case quiz, course
        /// A class, whose teacher sees what is handed in.
        case `class`
    }

    /// How its owner is called.
    var owner: String
    var via: Way
    /// Whether its course is shared with the person too.
    var showsCourse: Bool
}
