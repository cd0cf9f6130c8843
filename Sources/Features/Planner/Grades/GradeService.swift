package import Ambient
package import Courses
package import Database
package import FoundationEssentials
import Planning

/// What counts in courses, and what comes of it.
package struct GradeService: Sendable {
    /// Of one course.
    static let most = 500

    private let database: any Database
    private let events: PlannerEvents
    private let ambient: Ambient
    private let store = GradeStore()

    package init(database: any Database, events: PlannerEvents, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.ambient = ambient
    }

    /// What a work is to be. nil leaves a field as it is; `.some(nil)` clears it.
    package struct Change: Sendable {
        package var name: String?
        package var category: String?
        package var weight: Double?
        package var pointsPossible: Double?
        package var points: Double??
        package var isExtra: Bool?
        package var dueDate: Date??

        package init() {}
    }

    package func list(_ course: CourseID, user: UserID) async throws -> [CourseAssessment] {
        try await database.read(as: .user(user)) { transaction in
            try await CourseDirectory().require(course, user: user, orThrow: .noCourse, in: transaction)
            return try await store.list(of: user, course: course, in: transaction)
        }
    }

    package func create(_ change: Change, course: CourseID, user: UserID) async throws -> CourseAssessment {
        let now = ambient.now()
        var draft = CourseAssessment(
            id: ambient.newID(), userID: user, courseID: course, name: "", category: "", weight: 1, pointsPossible: 100,
            isExtra: false, createdAt: now, updatedAt: now)
        apply(change, to: &draft)
        let work = draft
        return try await database.transaction(as: .user(user)) { transaction in
            try await CourseDirectory().require(course, user: user, orThrow: .noCourse, in: transaction)
            try await CourseDirectory().join(course, user: user, in: transaction)
            guard try await store.list(of: user, course: course, in: transaction).count < Self.most else {
                throw PlannerFailure.tooManyAssessments
            }
            try await store.insert(work, in: transaction)
            try await events.appendGrade(of: course, user: user, in: transaction)
            return work
        }
    }

    package func change(
        _ id: AssessmentID, _ change: Change, course: CourseID, user: UserID
    ) async throws -> CourseAssessment {
        try await database.transaction(as: .user(user)) { transaction in
            guard var work = try await store.find(id, user: user, locking: true, in: transaction), work.courseID == course else {
                throw PlannerFailure.noAssessment
            }
            apply(change, to: &work)
            work.updatedAt = ambient.now()
            try await store.update(work, in: transaction)
            try await events.appendGrade(of: course, user: user, in: transaction)
            return work
        }
    }

    package func delete(_ id: AssessmentID, course: CourseID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard let work = try await store.find(id, user: user, locking: true, in: transaction), work.courseID == course,
                try await store.delete(id, user: user, in: transaction)
            else { throw PlannerFailure.noAssessment }
            try await events.appendGrade(of: course, user: user, in: transaction)
        }
    }

    private func apply(_ change: Change, to work: inout CourseAssessment) {
        func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        if let name = change.name { work.name = line(name) }
        if let category = change.category { work.category = line(category) }
        if let weight = change.weight { work.weight = weight }
        if let possible = change.pointsPossible { work.pointsPossible = possible }
        if let points = change.points { work.points = points }
        if let isExtra = change.isExtra { work.isExtra = isExtra }
        if let due = change.dueDate { work.dueDate = due }
    }

    // MARK: - Grades

    /// How a course stands.
    struct Standing: Sendable {
        var grading: CourseGrading
        var works: [CourseAssessment]

        var book: GradeBook { GradeBook(works.map(\.assessment), categories: grading.categories) }

        /// What each work that is not marked must become for the target, the others going on as before.
        func needs(_ target: Double) -> [(id: AssessmentID, need: GradeNeed)] {
            let book = book
            let rest = book.current ?? target
            return works.indices.filter { works[$0].points == nil && !works[$0].isExtra }.map {
                (works[$0].id, book.need(for: target, on: $0, rest: rest))
            }
        }
    }

    func standing(of course: CourseID, user: UserID) async throws -> Standing {
        try await database.read(as: .user(user)) { transaction in
            try await CourseDirectory().require(course, user: user, orThrow: .noCourse, in: transaction)
            return Standing(
                grading: try await store.grading(of: course, user: user, in: transaction),
                works: try await store.list(of: user, course: course, in: transaction))
        }
    }

    func setGrading(_ grading: CourseGrading, of course: CourseID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            try await CourseDirectory().require(course, user: user, orThrow: .noCourse, in: transaction)
            try await CourseDirectory().join(course, user: user, in: transaction)
            try await store.set(grading, of: course, user: user, in: transaction)
            try await events.appendGrade(of: course, user: user, in: transaction)
        }
    }

    /// Every course that has works, with how it is graded.
    func standings(of user: UserID) async throws -> [(course: CourseID, standing: Standing)] {
        try await database.read(as: .user(user)) { transaction in
            let gradings = try await store.gradings(of: user, in: transaction)
            let works = Dictionary(grouping: try await store.list(of: user, course: nil, in: transaction), by: \.courseID)
            return works.sorted { $0.key < $1.key }.map {
                ($0.key, Standing(grading: gradings[$0.key] ?? CourseGrading(), works: $0.value))
            }
        }
    }
}
