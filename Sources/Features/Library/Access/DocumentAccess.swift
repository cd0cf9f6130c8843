import Ambient
import Accounts
import Courses
import Database
import Passages
import Sharing

/// Who may read whose documents: the one rule of it, for the pages of a document, its file, search and the tutor alike.
///
/// A document is its owner's; others may read it that it, or its course, is shared with, as soon as it is read. The rule is asked as the
/// system, since nobody sees another's rows; what it lets through is then read as the owner, so that row-level security holds there too.
struct DocumentAccess: Sendable {
    static let shares = ShareTable("document_shares", column: "document_id")

    let database: any Database
    private let direct = ShareStore<DocumentKind>(shares)
    private let courses = ShareStore<CourseKind>(SharedCourse.shares)

    init(database: any Database) { self.database = database }

    // MARK: - The rule

    /// The documents of others that a person may read, as a condition on `documents`.
    static func readable(by user: UserID) -> SQL {
        """
        (documents.id IN (
            SELECT s.document_id FROM document_shares s WHERE s.member_id = \(user)
            UNION SELECT d.id FROM course_shares s JOIN documents d ON d.course_id = s.course_id WHERE s.member_id = \(user))
         AND documents.status = 'completed' AND documents.edition_of IS NULL)
        """
    }

    /// What they were while the person could read them: an old answer may cite it.
    private static func wasReadable(by user: UserID) -> SQL {
        """
        (documents.edition = 'past' AND documents.status = 'completed' AND EXISTS (
            SELECT 1 FROM documents h WHERE h.id = documents.edition_of AND (
                EXISTS (
                    SELECT 1 FROM document_shares s
                    WHERE s.document_id = h.id AND s.member_id = \(user) AND s.created_at <= documents.updated_at)
                OR EXISTS (
                    SELECT 1 FROM course_shares s
                    WHERE s.course_id = h.course_id AND s.member_id = \(user) AND s.created_at <= documents.updated_at))))
        """
    }

    /// A document of another, or what it was, if the person may read it. For a transaction of the owner or of the system.
    func find(_ id: DocumentID, for user: UserID, in transaction: any Transaction) async throws -> Document? {
        try await transaction.first(
            """
            SELECT \(DocumentStore.selected) FROM documents
            WHERE id = \(id) AND (\(Self.readable(by: user)) OR \(Self.wasReadable(by: user)))
            """
        ).map(DocumentStore.document)
    }

    /// The owner of a document of another that the person may read; nil if there is none.
    func owner(of id: DocumentID, for user: UserID) async throws -> UserID? {
        try await database.read(as: .system) { try await find(id, for: user, in: $0) }?.userID
    }

    /// The documents of a course of another, newest first; none if the course is not shared with the person.
    func documents(in course: CourseID, for user: UserID) async throws -> [DocumentID] {
        try await database.read(as: .system) { transaction in
            guard try await courses.isShared(course, with: user, in: transaction) else { return [] }
            return try await transaction.query(
                """
                SELECT id FROM documents WHERE course_id = \(course) AND \(Self.readable(by: user))
                ORDER BY created_at DESC, id DESC
                """
            ).map { try $0.get("id") }
        }
    }

    /// All documents of others that a person may read, and whose they are.
    func others(for user: UserID) async throws -> [(id: DocumentID, owner: UserID)] {
        try await database.read(as: .system) { transaction in
            try await transaction.query(
                "SELECT id, user_id FROM documents WHERE \(Self.readable(by: user)) ORDER BY user_id, id"
            ).map { (id: try $0.get("id"), owner: try $0.get("user_id")) }
        }
    }

    /// What is searched for a person, by whose it is.
    ///
    /// - Parameter named: only these; nil for all that the person may read.
    func scopes(of user: UserID, in named: [DocumentID]?) async throws -> [SearchScope] {
        let others = try await others(for: user)
        if others.isEmpty { return [SearchScope(owner: user, documents: named)] }
        let wanted = named.map(Set.init)
        var byOwner: [UserID: [DocumentID]] = [:]
        for other in others where wanted?.contains(other.id) != false { byOwner[other.owner, default: []].append(other.id) }
        let foreign = Set(others.map(\.id))
        let own = SearchScope(owner: user, documents: named.map { $0.filter { !foreign.contains($0) } })
        return (own.documents?.isEmpty == true ? [] : [own])
            + byOwner.sorted { $0.key < $1.key }.map { SearchScope(owner: $0.key, documents: $0.value) }
    }

    /// As what documents of others are shown to a person.
    func views(of documents: [Document], for user: UserID) async throws -> [DocumentID: DocumentView] {
        guard !documents.isEmpty else { return [:] }
        let (names, given, own, joined) = try await database.read(as: .system) { transaction in
            (
                try await PeopleDirectory().names(of: Set(documents.map(\.userID)), in: transaction),
                try await direct.received(by: user, in: transaction),
                try await direct.receivedDirectly(by: user, in: transaction), try await courses.received(by: user, in: transaction)
            )
        }
        return documents.reduce(into: [:]) { views, document in
            let id = document.edition?.document ?? document.id
            let via: DocumentView.SharedByView.Via =
                own.contains(id) ? .document : given.contains(id) ? .class : .course
            views[document.id] = DocumentView(
                document, sharedBy: .init(name: names[document.userID] ?? "", via: via),
                showsCourse: document.courseID.map(joined.contains) ?? false)
        }
    }
}

/// Documents of one owner that are searched together.
struct SearchScope: Sendable, Equatable {
    let owner: UserID
    /// nil for all that the owner has.
    let documents: [DocumentID]?

    func holds(_ document: DocumentID) -> Bool { documents?.contains(document) != false }
}
