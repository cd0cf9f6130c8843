import Ambient
import Database
import FoundationEssentials

/// Courses in the database. Every statement names the user, since SQLite has no row-level security.
struct CourseStore: Sendable {
    private static let columns: SQL =
        "id, user_id, name, colour, term, exam_date, is_archived, position, created_at, updated_at"

    /// Adds a course. Returns false, and adds nothing, if the student has one of that name.
    func insert(_ course: Course, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO courses (\(Self.columns), name_key) VALUES (
                \(course.id), \(course.userID), \(course.name.description), \(course.colour), \(course.term), \(course.examDate),
                \(course.isArchived), \(course.position), \(course.createdAt), \(course.updatedAt), \(course.name.key))
            ON CONFLICT (user_id, name_key) DO NOTHING
            """) > 0
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(_ id: CourseID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> Course? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM courses WHERE id = \(id) AND user_id = \(user)\(lock)")
            .map(Self.course)
    }

    func find(_ name: CourseName, user: UserID, in transaction: any Transaction) async throws -> Course? {
        try await transaction.first("SELECT \(Self.columns) FROM courses WHERE name_key = \(name.key) AND user_id = \(user)")
            .map(Self.course)
    }

    /// Whether the student has the course, which then stays until the end of the transaction.
    func hold(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT id FROM courses WHERE id = \(id) AND user_id = \(user)\(transaction.dialect.forKeyShare)") != nil
    }

    /// In the student's order.
    /// - Parameter archived: only those that are, or are not; nil for all.
    func list(
        archived: Bool?, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (courses: [Course], total: Int) {
        var condition: SQL = "user_id = \(user)"
        if let archived { condition += " AND is_archived = \(archived)" }
        let total = try await transaction.first("SELECT count(*) AS total FROM courses WHERE \(condition)")
        let rows = try await transaction.query(
            "SELECT \(Self.columns) FROM courses WHERE \(condition) ORDER BY position, id LIMIT \(limit) OFFSET \(offset)")
        return (try rows.map(Self.course), try total?.get("total") ?? 0)
    }

    /// The courses of others that a member may read, by name: the one rule of it. For a transaction of the system.
    /// - Parameter id: only this one; nil for all.
    func shared(with member: UserID, id: CourseID? = nil, in transaction: any Transaction) async throws -> [Course] {
        let only: SQL = id.map { " AND id = \($0)" } ?? ""
        return try await transaction.query(
            """
            SELECT \(Self.columns) FROM courses
            WHERE id IN (SELECT s.course_id FROM course_shares s WHERE s.member_id = \(member))\(only) ORDER BY name_key, id
            """
        ).map(Self.course)
    }

    /// What a new course is placed and coloured by: the colours in use, and the position after the last.
    func surroundings(user: UserID, in transaction: any Transaction) async throws -> (colours: [CourseColour], position: Int) {
        let rows = try await transaction.query("SELECT colour, position FROM courses WHERE user_id = \(user)")
        let last = try rows.map { try $0.get("position", as: Int.self) }.max() ?? -1
        return (try rows.map { try $0.get("colour") }, last + 1)
    }

    /// Writes everything but the position. The name must not be another course's.
    func update(_ course: Course, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE courses SET name = \(course.name.description), name_key = \(course.name.key), colour = \(course.colour),
                term = \(course.term), exam_date = \(course.examDate), is_archived = \(course.isArchived),
                updated_at = \(course.updatedAt)
            WHERE id = \(course.id) AND user_id = \(course.userID)
            """)
    }

    /// The student's courses in their order, which nobody else changes until the end of the transaction.
    func order(user: UserID, in transaction: any Transaction) async throws -> [(id: CourseID, position: Int)] {
        try await transaction.query(
            "SELECT id, position FROM courses WHERE user_id = \(user) ORDER BY position, id\(transaction.dialect.forUpdate)"
        ).map { (try $0.get("id"), try $0.get("position")) }
    }

    func setPosition(_ position: Int, of id: CourseID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE courses SET position = \(position) WHERE id = \(id) AND user_id = \(user)")
    }

    /// - Returns: whether there was one.
    func delete(_ id: CourseID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM courses WHERE id = \(id) AND user_id = \(user)") > 0
    }

    static func course(_ row: Row) throws -> Course {
        let name: String = try row.get("name")
        guard let name = CourseName(name) else { throw DatabaseFailure(.decoding, "courses.name is blank") }
        return Course(
            id: try row.get("id"), userID: try row.get("user_id"), name: name, colour: try row.get("colour"),
            term: try row.optional("term"), examDate: try row.optional("exam_date"), isArchived: try row.get("is_archived"),
            position: try row.get("position"), createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
