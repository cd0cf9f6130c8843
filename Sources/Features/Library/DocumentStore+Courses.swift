import Ambient
import Courses
import Database
import FoundationEssentials
import Passages

// Documents and the courses that they belong to.
extension DocumentStore {
    /// The documents of a course, whatever their status.
    func ids(in course: CourseID, user: UserID, in transaction: any Transaction) async throws -> [DocumentID] {
        try await transaction.query(
            "SELECT id FROM documents WHERE course_id = \(course) AND user_id = \(user) ORDER BY created_at DESC, id DESC"
        ).map { try $0.get("id") }
    }

    /// Files documents in a course, or in none. A course of another student files them in none.
    func file(
        _ ids: [DocumentID], in course: CourseID?, now: Date, user: UserID, in transaction: any Transaction
    ) async throws {
        let place: SQL = course.map { "(SELECT id FROM courses WHERE id = \($0) AND user_id = \(user))" } ?? "NULL"
        try await transaction.execute(
            """
            UPDATE documents SET course_id = \(place), updated_at = \(now)
            WHERE id IN \(list: ids) AND user_id = \(user)
            """)
    }

    /// How many documents each of a student's courses has.
    func countByCourse(user: UserID, in transaction: any Transaction) async throws -> [CourseID: Int] {
        try await transaction.query(
            """
            SELECT course_id, count(*) AS total FROM documents WHERE user_id = \(user) AND course_id IS NOT NULL GROUP BY course_id
            """
        ).reduce(into: [:]) { $0[try $1.get("course_id")] = try $1.get("total") as Int }
    }
}
