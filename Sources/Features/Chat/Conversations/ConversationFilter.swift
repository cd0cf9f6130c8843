package import Courses

/// What a list of conversations is narrowed to.
package struct ConversationFilter: Sendable {
    /// Those of a course; `.some(nil)` for those of none, nil for all.
    package var course: CourseID??
    /// Part of the title or of a message, in whatever case.
    package var text: String?

    package init(course: CourseID?? = nil, text: String? = nil) {
        self.course = course
        self.text = text
    }
}
