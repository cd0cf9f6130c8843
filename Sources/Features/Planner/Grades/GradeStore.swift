import Ambient
import Courses
import Database
import FoundationEssentials

/// Assessments and how courses are graded. Every statement names the user, since SQLite has no row-level security.
struct GradeStore: Sendable {
    private static let columns: SQL =
        "id, user_id, course_id, name, category, weight, points_possible, points, is_extra, due_date, created_at, updated_at"

    func insert(_ work: CourseAssessment, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO assessments (\(Self.columns)) VALUES (
                \(work.id), \(work.userID), \(work.courseID), \(work.name), \(work.category), \(work.weight),
                \(work.pointsPossible), \(work.points), \(work.isExtra), \(work.dueDate), \(work.createdAt), \(work.updatedAt))
            """)
    }

    func update(_ work: CourseAssessment, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE assessments SET name = \(work.name), category = \(work.category), weight = \(work.weight),
                points_possible = \(work.pointsPossible), points = \(work.points), is_extra = \(work.isExtra),
                due_date = \(work.dueDate), updated_at = \(work.updatedAt)
            WHERE id = \(work.id) AND user_id = \(work.userID)
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(
        _ id: AssessmentID, user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> CourseAssessment? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first(
            "SELECT \(Self.columns) FROM assessments WHERE id = \(id) AND user_id = \(user)\(lock)"
        ).map(Self.work)
    }

    /// In the order in which they were written down.
    /// - Parameter course: nil for those of all courses.
    func list(of user: UserID, course: CourseID?, in transaction: any Transaction) async throws -> [CourseAssessment] {
        let only: SQL = course.map { " AND course_id = \($0)" } ?? ""
        return try await transaction.query(
            "SELECT \(Self.columns) FROM assessments WHERE user_id = \(user)\(only) ORDER BY course_id, created_at, id"
        ).map(Self.work)
    }

    /// - Returns: whether there was one.
    func delete(_ id: AssessmentID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM assessments WHERE id = \(id) AND user_id = \(user)") > 0
    }

    // MARK: - Grading

    func gradings(of user: UserID, in transaction: any Transaction) async throws -> [CourseID: CourseGrading] {
        var found: [CourseID: CourseGrading] = [:]
        for row in try await transaction.query("SELECT course_id, grading FROM course_grading WHERE user_id = \(user)") {
            found[try row.get("course_id")] = try JSONColumn.value(try row.get("grading"), as: CourseGrading.self)
        }
        return found
    }

    func grading(of course: CourseID, user: UserID, in transaction: any Transaction) async throws -> CourseGrading {
        try await transaction.first("SELECT grading FROM course_grading WHERE user_id = \(user) AND course_id = \(course)")
            .map { try JSONColumn.value(try $0.get("grading")) } ?? CourseGrading()
    }

    func set(_ grading: CourseGrading, of course: CourseID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO course_grading (user_id, course_id, grading) VALUES (\(user), \(course), \(try JSONColumn.text(grading)))
            ON CONFLICT (user_id, course_id) DO UPDATE SET grading = excluded.grading
            """)
    }

    static func work(_ row: Row) throws -> CourseAssessment {
        CourseAssessment(
            id: try row.get("id"), userID: try row.get("user_id"), courseID: try row.get("course_id"), name: try row.get("name"),
            category: try row.get("category"), weight: try row.get("weight"), pointsPossible: try row.get("points_possible"),
            points: try row.optional("points"), isExtra: try row.get("is_extra"), dueDate: try row.optional("due_date"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
