package import Ambient
package import Database

/// Makes courses, in the caller's transaction, and tells of it.
package struct CourseMaker: Sendable {
    private let events: CourseEvents?
    private let ambient: Ambient
    private let store = CourseStore()

    /// - Parameter events: nil tells nobody, as a migration does not.
    package init(events: CourseEvents?, ambient: Ambient = .live) {
        self.events = events
        self.ambient = ambient
    }

    /// The student's course of that name, whatever its case and spaces; it is made if there is none.
    package func course(named name: CourseName, user: UserID, in transaction: any Transaction) async throws -> CourseID {
        let known = try await store.find(name, user: user, in: transaction)
        if let known, try await store.hold(known.id, user: user, in: transaction) { return known.id }
        if let made = try await make(name, user: user, in: transaction) { return made.id }
        // Another request made it meanwhile.
        guard let made = try await store.find(name, user: user, in: transaction) else { throw CoursesFailure.unknownCourse }
        return made.id
    }

    /// Adds a course after the others; nil if there is one of that name.
    func make(
        _ name: CourseName, colour: CourseColour? = nil, term: String? = nil, examDate: CalendarDay? = nil, user: UserID,
        in transaction: any Transaction
    ) async throws -> Course? {
        let now = ambient.now()
        let others = try await store.surroundings(user: user, in: transaction)
        let course = Course(
            id: ambient.newID(), userID: user, name: name, colour: colour ?? .leastUsed(beside: others.colours), term: term,
            examDate: examDate, isArchived: false, position: others.position, createdAt: now, updatedAt: now)
        guard try await store.insert(course, in: transaction) else { return nil }
        try await events?.append(
            CourseEvents.created, FilledCourse(course: course, documentCount: 0, conversationCount: 0), in: transaction)
        return course
    }
}
