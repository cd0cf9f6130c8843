package import Ambient
package import FoundationEssentials

package enum CourseKind {}
package typealias CourseID = Identifier<CourseKind>

/// What a student studies: documents and conversations belong to one course at most.
package struct Course: Sendable, Hashable {
    package let id: CourseID
    package let userID: UserID
    package var name: CourseName
    package var colour: CourseColour
    /// When it is held, in the student's own words: `Winter 2026/27`.
    package var term: String?
    package var examDate: CalendarDay?
    /// It is over: shown apart from those that go on.
    package var isArchived: Bool
    /// Where it stands among the student's courses, from 0.
    package var position: Int
    package var createdAt: Date
    package var updatedAt: Date
}
