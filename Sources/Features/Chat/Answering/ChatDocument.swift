package import Ambient
package import Courses
package import Passages

/// A document as the conversation speaks of it.
package struct ChatDocument: Sendable, Hashable {
    package enum State: Sendable, Hashable { case ready, preparing, failed }

    package var id: DocumentID
    package var title: String
    package var pages: Int?
    package var state: State
    /// Rises each time that it is read anew.
    package var revision: Int

    package init(id: DocumentID, title: String, pages: Int? = nil, state: State = .ready, revision: Int = 0) {
        self.id = id
        self.title = title
        self.pages = pages
        self.state = state
        self.revision = revision
    }
}

/// Tells what documents a person has.
package struct ChatDocuments: Sendable {
    /// Newest first; of those named, or of all.
    package var list: @Sendable (_ user: UserID, _ only: [DocumentID]?) async throws -> [ChatDocument]

    /// The documents of a course, newest first.
    package var inCourse: @Sendable (_ user: UserID, _ course: CourseID) async throws -> [DocumentID]

    package init(
        list: @escaping @Sendable (_ user: UserID, _ only: [DocumentID]?) async throws -> [ChatDocument],
        inCourse: @escaping @Sendable (_ user: UserID, _ course: CourseID) async throws -> [DocumentID]
    ) {
        self.list = list
        self.inCourse = inCourse
    }
}
