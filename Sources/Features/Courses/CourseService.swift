package import Ambient
package import Database
import Failures

/// What a student can do with courses.
package struct CourseService: Sendable {
    private let database: any Database
    private let events: CourseEvents
    private let contents: CourseContents
    private let ambient: Ambient
    private let maker: CourseMaker
    private let store = CourseStore()

    package init(database: any Database, events: CourseEvents, contents: CourseContents, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.contents = contents
        self.ambient = ambient
        maker = CourseMaker(events: events, ambient: ambient)
    }

    /// What changes about a course. nil leaves a field; `.some(nil)` clears it.
    package struct Change: Sendable {
        package var name: CourseName?
        package var colour: CourseColour?
        package var term: String??
        package var examDate: CalendarDay??
        package var isArchived: Bool?
        /// Where it is to stand among all the student's courses, from 0; beyond the end is the end.
        package var position: Int?

        package init() {}
    }

    /// - Throws: `CoursesFailure` if the student has a course of that name.
    package func create(
        _ name: CourseName, colour: CourseColour? = nil, term: String? = nil, examDate: CalendarDay? = nil, user: UserID
    ) async throws -> FilledCourse {
        try await database.transaction(as: .user(user)) { transaction in
            let made = try await maker.make(
                name, colour: colour, term: term, examDate: examDate, user: user, in: transaction)
            guard let made else { throw CoursesFailure.taken(name) }
            return FilledCourse(course: made, documentCount: 0, conversationCount: 0)
        }
    }

    /// In the student's order.
    /// - Parameters:
    ///   - archived: only those that are, or are not; nil for all.
    ///   - withShared: those of others that the student may read too, behind the student's own.
    package func list(
        archived: Bool? = nil, withShared: Bool = false, user: UserID, offset: Int = 0, limit: Int = 100
    ) async throws -> (courses: [FilledCourse], total: Int) {
        let own = try await database.read(as: .user(user)) { transaction in
            let (courses, total) = try await store.list(
                archived: archived, user: user, offset: offset, limit: limit, in: transaction)
            return (courses: try await contents.fill(courses, of: user, in: transaction), total: total)
        }
        guard withShared else { return own }
        let others = try await shared(with: user).filter { archived == nil || $0.course.isArchived == archived }
        let rest = others.dropFirst(max(0, offset - own.total)).prefix(limit - own.courses.count)
        return (own.courses + rest, own.total + others.count)
    }

    /// The student's own, or one that is shared with the student.
    package func course(_ id: CourseID, user: UserID) async throws -> FilledCourse {
        do {
            return try await database.read(as: .user(user)) { try await filled(id, user: user, in: $0) }
        } catch let failure as CoursesFailure where failure.code == .notFound {
            guard let shared = try await shared(with: user, id: id).first else { throw failure }
            return shared
        }
    }

    private func shared(with user: UserID, id: CourseID? = nil) async throws -> [FilledCourse] {
        try await database.read(as: .system) { transaction in
            try await contents.fill(
                try await store.shared(with: user, id: id, in: transaction), for: user, in: transaction)
        }
    }

    /// Changes a course in a transaction of the student's: who may only read it is told so.
    private func changing<Value: Sendable>(
        _ id: CourseID, user: UserID, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        do {
            return try await database.transaction(as: .user(user), body)
        } catch let failure as CoursesFailure where failure.code == .notFound {
            throw try await shared(with: user, id: id).isEmpty ? failure : CoursesFailure.readOnly
        }
    }

    package func change(_ id: CourseID, _ change: Change, user: UserID) async throws -> FilledCourse {
        try await changing(id, user: user) { transaction in
            // The order first: whoever else changes it waits there, holding nothing that we need.
            if let position = change.position { try await move(id, to: position, user: user, in: transaction) }
            guard var course = try await store.find(id, user: user, locking: true, in: transaction) else {
                throw CoursesFailure.noCourse
            }
            if let name = change.name {
                if let other = try await store.find(name, user: user, in: transaction), other.id != id {
                    throw CoursesFailure.taken(name)
                }
                course.name = name
            }
            if let colour = change.colour { course.colour = colour }
            if let term = change.term { course.term = term }
            if let examDate = change.examDate { course.examDate = examDate }
            if let isArchived = change.isArchived { course.isArchived = isArchived }
            course.updatedAt = ambient.now()
            do {
                try await store.update(course, in: transaction)
            } catch let failure as DatabaseFailure where failure.kind == .unique {
                // Made by another request since it was looked for.
                throw CoursesFailure.taken(course.name)
            }
            let changed = try await filled(id, user: user, in: transaction)
            try await events.append(CourseEvents.updated, changed, in: transaction)
            return changed
        }
    }

    /// Removes the course; its documents and conversations stay, in none.
    package func delete(_ id: CourseID, user: UserID) async throws {
        try await changing(id, user: user) { transaction in
            try await events.tellMembers(of: user, in: transaction)
            guard try await store.delete(id, user: user, in: transaction) else { throw CoursesFailure.noCourse }
            try await events.appendDeleted(id, user: user, in: transaction)
        }
    }

    private func filled(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws -> FilledCourse {
        guard let course = try await store.find(id, user: user, in: transaction),
            let filled = try await contents.fill([course], of: user, in: transaction).first
        else { throw CoursesFailure.noCourse }
        return filled
    }

    /// Numbers the student's courses anew with this one at a place; those that stay where they are are not written.
    private func move(_ id: CourseID, to position: Int, user: UserID, in transaction: any Transaction) async throws {
        let before = try await store.order(user: user, in: transaction)
        guard before.contains(where: { $0.id == id }) else { throw CoursesFailure.noCourse }
        var after = before.map(\.id).filter { $0 != id }
        after.insert(id, at: min(max(0, position), after.count))
        let known = Dictionary(before.map { ($0.id, $0.position) }) { first, _ in first }
        for (place, course) in after.enumerated() where known[course] != place {
            try await store.setPosition(place, of: course, user: user, in: transaction)
        }
    }
}
