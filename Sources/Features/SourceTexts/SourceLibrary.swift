package import Ambient
package import Courses
package import Passages

/// What features that make something from documents ask of the library, besides its passages. App joins them, since they do not know the
/// library's rules.
package struct SourceLibrary: Sendable {
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

    private let list: @Sendable (_ user: UserID, _ only: [DocumentID]?) async throws -> [Document]
    private let inCourse: @Sendable (_ user: UserID, _ course: CourseID) async throws -> [DocumentID]

    /// - Parameters:
    ///   - list: of those named, or of all, those that the person may read.
    ///   - inCourse: those of a course.
    package init(
        list: @escaping @Sendable (_ user: UserID, _ only: [DocumentID]?) async throws -> [Document],
        inCourse: @escaping @Sendable (_ user: UserID, _ course: CourseID) async throws -> [DocumentID]
    ) {
        self.list = list
        self.inCourse = inCourse
    }

    /// The documents that something is to be made from: those named, or else the course's; nil for all.
    package func ids(of documents: [DocumentID]?, in course: CourseID?, user: UserID) async throws -> [DocumentID]? {
        guard documents == nil, let course else { return documents }
        return try await inCourse(user, course)
    }

    /// Those among documents that the person may open.
    package func readable(among documents: Set<DocumentID>, user: UserID) async throws -> Set<DocumentID> {
        documents.isEmpty ? [] : Set(try await list(user, documents.sorted()).map(\.id))
    }

    /// The same as they are, in the library's order; none for all.
    ///
    /// That the course is theirs is seen to where what is made is kept.
    /// - Throws: `SourceProblem` if one that is named cannot serve.
    package func documents(_ documents: [DocumentID]?, in course: CourseID?, user: UserID) async throws -> [Document] {
        guard let wanted = try await ids(of: documents, in: course, user: user), !wanted.isEmpty else { return [] }
        let found = try await list(user, wanted)
        for id in documents ?? [] {
            guard let document = found.first(where: { $0.id == id }) else { throw SourceProblem.unknown(id) }
            switch document.state {
            case .ready: break
            case .preparing: throw SourceProblem.preparing(document.title)
            case .failed: throw SourceProblem.failed(document.title)
            }
        }
        return found
    }
}

/// Why nothing can be made from a document that was named. What is made says it in its own words.
package enum SourceProblem: Error, Sendable {
    /// There is no such document of this person's.
    case unknown(DocumentID)
    /// It is still being read.
    case preparing(_ title: String)
    /// It could not be read.
    case failed(_ title: String)
}
