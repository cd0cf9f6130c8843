import Ambient
import Database
import FoundationEssentials
import Sharing

/// Classes in the database. For transactions of the system, since a class is two people's: every statement names the teacher, the student
/// or the class that was found by one of them.
struct ClassStore: Sendable {
    private static let columns: SQL = "id, user_id, name, about, code, is_archived, created_at, updated_at"

    func insert(_ classroom: Classroom, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO classes (\(Self.columns)) VALUES (
                \(classroom.id), \(classroom.teacher), \(classroom.name), \(classroom.about), \(classroom.code),
                \(classroom.isArchived), \(classroom.createdAt), \(classroom.updatedAt))
            """)
    }

    /// - Parameter locking: holds the row until the end of the transaction: who joins, and what is shared, does so one after the other.
    func find(_ id: ClassID, locking: Bool = false, in transaction: any Transaction) async throws -> Classroom? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM classes WHERE id = \(id)\(lock)").map(Self.classroom)
    }

    func find(code: String, in transaction: any Transaction) async throws -> Classroom? {
        try await transaction.first("SELECT \(Self.columns) FROM classes WHERE code = \(code)").map(Self.classroom)
    }

    /// Those that go on before those that are archived, by name.
    func taught(by teacher: UserID, in transaction: any Transaction) async throws -> [Classroom] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM classes WHERE user_id = \(teacher) ORDER BY is_archived, name, id"
        ).map(Self.classroom)
    }

    func joined(by student: UserID, in transaction: any Transaction) async throws -> [Classroom] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM classes WHERE id IN (SELECT m.class_id FROM class_members m WHERE m.user_id = \(student))
            ORDER BY is_archived, name, id
            """
        ).map(Self.classroom)
    }

    func update(_ classroom: Classroom, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE classes SET name = \(classroom.name), about = \(classroom.about), code = \(classroom.code),
                is_archived = \(classroom.isArchived), updated_at = \(classroom.updatedAt)
            WHERE id = \(classroom.id) AND user_id = \(classroom.teacher)
            """)
    }

    func delete(_ id: ClassID, teacher: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM classes WHERE id = \(id) AND user_id = \(teacher)")
    }

    // MARK: - Students

    /// - Returns: false, and adds nothing, if they take part already.
    func add(_ student: UserID, to id: ClassID, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO class_members (class_id, user_id, joined_at) VALUES (\(id), \(student), \(now))
            ON CONFLICT (class_id, user_id) DO NOTHING
            """) > 0
    }

    /// - Returns: whether they took part.
    func remove(_ student: UserID, from id: ClassID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM class_members WHERE class_id = \(id) AND user_id = \(student)") > 0
    }

    func joinedAt(_ student: UserID, of id: ClassID, in transaction: any Transaction) async throws -> Date? {
        try await transaction.first("SELECT joined_at FROM class_members WHERE class_id = \(id) AND user_id = \(student)")
            .map { try $0.get("joined_at") }
    }

    /// By name.
    func members(of id: ClassID, in transaction: any Transaction) async throws -> [ClassMember] {
        try await transaction.query(
            """
            SELECT m.user_id AS user_id, u.display_name AS name, m.joined_at AS joined_at
            FROM class_members m JOIN users u ON u.id = m.user_id WHERE m.class_id = \(id) ORDER BY u.display_name, m.user_id
            """
        ).map { ClassMember(id: try $0.get("user_id"), name: try $0.get("name"), joinedAt: try $0.get("joined_at")) }
    }

    /// How many students each of these has.
    func counts(of ids: [ClassID], in transaction: any Transaction) async throws -> [ClassID: Int] {
        guard !ids.isEmpty else { return [:] }
        return try await transaction.query(
            "SELECT class_id, count(*) AS total FROM class_members WHERE class_id IN \(list: ids) GROUP BY class_id"
        ).reduce(into: [:]) { $0[try $1.get("class_id")] = try $1.get("total") as Int }
    }

    /// The teachers of all classes that somebody takes part in.
    func teachers(of student: UserID, in transaction: any Transaction) async throws -> Set<UserID> {
        try await transaction.query(
            """
            SELECT DISTINCT c.user_id AS user_id FROM classes c JOIN class_members m ON m.class_id = c.id
            WHERE m.user_id = \(student)
            """
        ).reduce(into: []) { $0.insert(try $1.get("user_id")) }
    }

    // MARK: - What is shared

    /// - Returns: false, and adds nothing, if it is shared with the class already.
    func add(
        _ share: ClassShare, to id: ClassID, teacher: UserID, in transaction: any Transaction
    ) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO class_shares (id, class_id, user_id, kind, thing_id, created_at) VALUES (
                \(share.id), \(id), \(teacher), \(share.kind.rawValue), \(ClassShareID(share.thing)), \(share.sharedAt))
            ON CONFLICT (class_id, kind, thing_id) DO NOTHING
            """) > 0
    }

    func remove(_ share: ClassShareID, from id: ClassID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM class_shares WHERE id = \(share) AND class_id = \(id)")
    }

    /// In the order in which they were shared.
    func shares(of id: ClassID, in transaction: any Transaction) async throws -> [ClassShare] {
        try await transaction.query(
            "SELECT id, kind, thing_id, created_at FROM class_shares WHERE class_id = \(id) ORDER BY created_at, id"
        ).compactMap { row in
            let (kind, thing): (String, ClassShareID) = (try row.get("kind"), try row.get("thing_id"))
            guard let kind = SharedKind(rawValue: kind) else { throw DatabaseFailure(.decoding, "class_shares.kind") }
            return ClassShare(id: try row.get("id"), kind: kind, thing: thing.uuid, sharedAt: try row.get("created_at"))
        }
    }

    private static func classroom(_ row: Row) throws -> Classroom {
        Classroom(
            id: try row.get("id"), teacher: try row.get("user_id"), name: try row.get("name"), about: try row.get("about"),
            code: try row.optional("code"), isArchived: try row.get("is_archived"), createdAt: try row.get("created_at"),
            updatedAt: try row.get("updated_at"))
    }
}
