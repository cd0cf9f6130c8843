package import Courses
package import Passages

/// Where a document is to be filed.
package enum DocumentFiling: Sendable, Hashable {
    /// In no course.
    case nowhere
    case course(CourseID)
    /// In the course of that name, which is made if there is none.
    case named(CourseName)

    /// By a course's name as somebody typed it; a blank one is none.
    package init(subject: String?) { self = subject.flatMap { CourseName($0) }.map(Self.named) ?? .nowhere }
}

/// What comes with an upload besides the file.
package struct UploadDescription: Sendable {
    /// Otherwise the file's own title or name.
    package var title: String?
    package var filing: DocumentFiling
    /// The document whose newest version it is to be.
    package var replaces: DocumentID?

    package init(title: String? = nil, filing: DocumentFiling = .nowhere, replaces: DocumentID? = nil) {
        self.title = title
        self.filing = filing
        self.replaces = replaces
    }
}
