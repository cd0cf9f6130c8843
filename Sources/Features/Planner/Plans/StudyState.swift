package import Ambient
package import Courses
package import Database
package import FoundationEssentials

/// What plans need to know of how a student stands: ports that App wires, since Planner knows no feature that keeps it.
package struct StudyState: Sendable {
    package struct Topic: Sendable, Hashable {
        package var name: String
        /// 0 to 1.
        package var mastery: Double

        package init(_ name: String, mastery: Double) {
            self.name = name
            self.mastery = mastery
        }
    }

    package typealias Mastery = @Sendable (CourseID, UserID, any Transaction) async throws -> [Topic]
    package typealias CardsDue = @Sendable (Range<Date>, UserID, any Transaction) async throws -> [Date]

    let mastery: Mastery
    let cardsDue: CardsDue

    /// - Parameters:
    ///   - mastery: how well each topic of a course is known.
    ///   - cardsDue: when cards are to be answered in a stretch of time; those that wait already among them, and new ones on the days
    ///     on which they would be shown.
    package init(mastery: @escaping Mastery, cardsDue: @escaping CardsDue) {
        self.mastery = mastery
        self.cardsDue = cardsDue
    }
}
