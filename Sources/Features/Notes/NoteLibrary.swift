package import Ambient
package import Courses
package import Passages

/// What notes ask of the library, besides its passages. App joins them, since Notes does not know the library's rules.
package struct NoteLibrary: Sendable {
    package enum State: Sendable { case ready, preparing, failed }

    package struct Document: Sendable {
        package var id: DocumentID
        package var title: String
        package var state: State

        package init(id: DocumentID, title: String, state: State) {
            self.id = id
            self.title = title
            self.state = state
        }
    }

    /// Of those named, or of all, those that the person may read.
    let list: @Sendable (_ user: UserID, _ only: [DocumentID]?) async throws -> [Document]
    let inCourse: @Sendable (_ user: UserID, _ course: CourseID) async throws -> [DocumentID]

    package init(
        list: @escaping @Sendable (_ user: UserID, _ only: [DocumentID]?) async throws -> [Document],
        inCourse: @escaping @Sendable (_ user: UserID, _ course: CourseID) async throws -> [DocumentID]
    ) {
        self.list = list
        self.inCourse = inCourse
    }
}
