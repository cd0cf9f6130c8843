package import Ambient
package import Courses
package import Database
package import Passages

extension LibraryService {
    /// The documents of a course, newest first, for whoever answers from them. None if the course is neither the student's nor shared with
    /// the student.
    package func documents(in course: CourseID, of user: UserID) async throws -> [DocumentID] {
        let own = try await database.read(as: .user(user)) { try await documents.ids(in: course, user: user, in: $0) }
        return own.isEmpty ? try await access.documents(in: course, for: user) : own
    }

    /// Counts each course's documents, in the caller's transaction.
    package static func countByCourse(_ user: UserID, _ transaction: any Transaction) async throws -> [CourseID: Int] {
        try await DocumentStore().countByCourse(user: user, in: transaction)
    }

    /// Files documents in a course, or in none: all of them or, if one is not the student's, none.
    package func move(_ ids: [DocumentID], to course: CourseID?, user: UserID) async throws -> [Document] {
        try await database.transaction(as: .user(user)) { transaction in
            if let course { try await directory.hold(course, user: user, in: transaction) }
            var known: [Document] = []
            for id in ids {
                known.append(try await head(id, orThrow: .unknownDocument(id), user: user, in: transaction))
            }
            let moved = Set(known.filter { $0.courseID != course }.map(\.id))
            try await documents.file(Array(moved), in: course, now: ambient.now(), user: user, in: transaction)
            for index in known.indices where moved.contains(known[index].id) {
                known[index] = try await find(known[index].id, user: user, in: transaction)
                try await events.append(LibraryEvents.updated, known[index], tellsMembers: false, in: transaction)
            }
            if !moved.isEmpty { try await events.tellMembers(of: user, in: transaction) }
            return known
        }
    }

    /// The course that a document is to be filed in; it stays until the end of the transaction.
    func course(of filing: DocumentFiling, user: UserID, in transaction: any Transaction) async throws -> CourseID? {
        switch filing {
        case .nowhere: return nil
        case .course(let id):
            try await directory.hold(id, user: user, in: transaction)
            return id
        case .named(let name): return try await courses.course(named: name, user: user, in: transaction)
        }
    }

    /// What a search looks through: the documents named, those of a course, or what both have; nil for all.
    func scope(_ named: [DocumentID]?, _ course: CourseID?, user: UserID) async throws -> [DocumentID]? {
        guard let course else { return named }
        try await database.read(as: .user(user)) { _ = try await directory.require(course, user: user, in: $0) }
        let held = try await documents(in: course, of: user)
        guard let named else { return held }
        return named.filter(Set(held).contains)
    }
}
