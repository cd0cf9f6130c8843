package import Ambient
package import Courses
package import FoundationEssentials
import Planning

package enum AssessmentKind {}
package typealias AssessmentID = Identifier<AssessmentKind>

/// A work that counts in a course, as a student wrote it down.
package struct CourseAssessment: Sendable, Hashable {
    package var id: AssessmentID
    package var userID: UserID
    package var courseID: CourseID
    package var name: String
    package var category: String
    package var weight: Double
    package var pointsPossible: Double
    /// nil where it is not marked yet.
    package var points: Double?
    package var isExtra: Bool
    package var dueDate: Date?
    package var createdAt: Date
    package var updatedAt: Date

    var assessment: Assessment {
        Assessment(name, category: category, weight: weight, share: points.map { $0 / pointsPossible }, isExtra: isExtra)
    }
}
