import Ambient
import Courses
import Database

/// Makes a course of each subject that a student's documents have, and files the documents there. Subjects that differ in case and
/// spaces alone become one course, named as the oldest document has it.
enum SubjectsToCourses {
    static func run(_ transaction: any Transaction) async throws {
        let courses = CourseMaker(events: nil)
        let subjects = try await transaction.query(
            """
            SELECT user_id, subject, min(created_at) AS first FROM documents
            WHERE subject IS NOT NULL GROUP BY user_id, subject ORDER BY user_id, first, subject
            """)
        for row in subjects {
            let (user, subject): (UserID, String) = (try row.get("user_id"), try row.get("subject"))
            guard let name = CourseName(subject) else { continue }
            let course = try await courses.course(named: name, user: user, in: transaction)
            try await transaction.execute(
                "UPDATE documents SET course_id = \(course) WHERE user_id = \(user) AND subject = \(subject)")
        }
    }
}
