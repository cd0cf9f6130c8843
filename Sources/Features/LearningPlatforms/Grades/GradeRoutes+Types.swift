import Ambient
import FoundationEssentials
import HTTPServing

/// What goes back to a platform of one student and one link.
struct PlatformGradeView: APIType {
    var id: String
    var studentID: String
    var student: String
    var quizID: String
    var quiz: String
    var platform: String
    var state: PlatformGrade.State
    /// What arrived last.
    var score: Double?
    var totalPoints: Double?
    var sentAt: Date?
    /// Why it did not arrive.
    var failure: String?

    enum CodingKeys: String, CodingKey {
        case id, student, quiz, platform, state, score, failure
        case studentID = "student_id"
        case quizID = "quiz_id"
        case totalPoints = "total_points"
        case sentAt = "sent_at"
    }

    init(_ taught: LearningPlatformService.TaughtGrade) {
        let grade = taught.grade
        (id, studentID, student) = (grade.id.description, grade.learner.description, taught.learner)
        (quizID, quiz, platform) = (taught.quiz.uuidString.lowercased(), taught.title, taught.platform)
        (state, score, totalPoints) = (grade.state, grade.score, grade.maximum)
        (sentAt, failure) = (grade.sentAt, grade.failure)
    }

    static var schemaName: String { "PlatformGrade" }
}

/// What goes back of a class.
struct PlatformGradeList: APIType {
    var data: [PlatformGradeView]
}
