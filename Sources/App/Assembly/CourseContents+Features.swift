import Chat
import Courses
import Library

extension CourseContents {
    /// What the features of the program keep in courses: ports that need nothing made, so a process that serves courses alone counts too.
    static let ofFeatures = CourseContents(
        documents: LibraryService.countByCourse, conversations: ChatService.countByCourse)
}
