import Ambient
import Database
import FoundationEssentials
import Sharing

/// The SQL of grades for platforms. For transactions of the system: a grade is a learner's, and its column a teacher's.
struct GradeStore: Sendable {
    private enum ThingMarker {}

    private static let columns: SQL = """
        id, user_id, placement_id, resource_link_id, subject, line_items_url, line_item_url, scopes, state, score, maximum, changed_at,
        sent_at, failure, created_at
        """

    /// Keeps where grades of a learner and a link go; what was said of it last counts.
    func expect(_ grade: PlatformGrade, in transaction: any Transaction) async throws {
        let scopes = grade.scopes.joined(separator: " ")
        try await transaction.execute(
            """
            INSERT INTO learning_grades (
                id, user_id, placement_id, resource_link_id, subject, line_items_url, line_item_url, scopes, state, created_at)
            VALUES (\(grade.id), \(grade.learner), \(grade.placement), \(grade.resourceLink), \(grade.subject), \(grade.lineItems),
                    \(grade.lineItem), \(scopes), 'open', \(grade.createdAt))
            ON CONFLICT (placement_id, resource_link_id, user_id) DO UPDATE SET
                subject = excluded.subject, line_items_url = excluded.line_items_url, scopes = excluded.scopes,
                line_item_url = coalesce(excluded.line_item_url, learning_grades.line_item_url)
            """)
    }

    func find(_ id: PlatformGradeID, in transaction: any Transaction) async throws -> PlatformGrade? {
        try await transaction.first("SELECT \(Self.columns) FROM learning_grades WHERE id = \(id)").map(Self.grade)
    }

    /// A learner's of all links to a quiz.
    func waiting(for quiz: UUID, of learner: UserID, in transaction: any Transaction) async throws -> [PlatformGrade] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM learning_grades WHERE user_id = \(learner) AND placement_id IN (
                SELECT p.id FROM learning_placements p WHERE p.kind = 'quiz' AND p.thing_id = \(Identifier<ThingMarker>(quiz)))
            ORDER BY created_at, id
            """
        ).map(Self.grade)
    }

    /// What is to be told changed: it waits, and what was told stands until then.
    func note(changed at: Date, _ id: PlatformGradeID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE learning_grades SET state = 'waiting', failure = NULL, changed_at = \(at)
            WHERE id = \(id) AND (changed_at IS NULL OR changed_at <= \(at))
            """)
    }

    func wait(_ id: PlatformGradeID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE learning_grades SET state = 'waiting', failure = NULL WHERE id = \(id)")
    }

    func note(lineItem: String, _ id: PlatformGradeID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE learning_grades SET line_item_url = \(lineItem) WHERE id = \(id)")
    }

    /// What arrived. What changed meanwhile waits on.
    func note(
        sent score: Double, of maximum: Double, changed: Date, at now: Date, _ id: PlatformGradeID, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE learning_grades SET score = \(score), maximum = \(maximum), sent_at = \(now), failure = NULL,
                state = CASE WHEN changed_at > \(changed) THEN 'waiting' ELSE 'sent' END
            WHERE id = \(id)
            """)
    }

    func note(failure: String, _ id: PlatformGradeID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE learning_grades SET state = 'failed', failure = \(failure) WHERE id = \(id) AND state = 'waiting'")
    }

    func all(of learner: UserID, in transaction: any Transaction) async throws -> [PlatformGrade] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM learning_grades WHERE user_id = \(learner) ORDER BY created_at, id"
        ).map(Self.grade)
    }

    /// What goes back of what a teacher's class does: who, of what, and where to.
    func all(
        in group: ClassID, teacher: UserID, in transaction: any Transaction
    ) async throws -> [(grade: PlatformGrade, quiz: UUID, learner: String, platform: String)] {
        try await transaction.query(
            """
            SELECT g.id AS id, g.user_id AS user_id, g.placement_id AS placement_id, g.resource_link_id AS resource_link_id,
                g.subject AS subject, g.line_items_url AS line_items_url, g.line_item_url AS line_item_url, g.scopes AS scopes,
                g.state AS state, g.score AS score, g.maximum AS maximum, g.changed_at AS changed_at, g.sent_at AS sent_at,
                g.failure AS failure, g.created_at AS created_at, p.thing_id AS thing_id, u.display_name AS learner, l.name AS platform
            FROM learning_grades g JOIN learning_placements p ON p.id = g.placement_id JOIN learning_contexts c ON c.id = p.context_id
                JOIN users u ON u.id = g.user_id JOIN learning_platforms l ON l.id = c.platform_id
            WHERE c.class_id = \(group) AND c.user_id = \(teacher) ORDER BY u.display_name, g.created_at, g.id
            """
        ).map {
            (
                try Self.grade($0), try $0.get("thing_id", as: Identifier<ThingMarker>.self).uuid, try $0.get("learner"),
                try $0.get("platform")
            )
        }
    }

    private static func grade(_ row: Row) throws -> PlatformGrade {
        PlatformGrade(
            id: try row.get("id"), learner: try row.get("user_id"), placement: try row.get("placement_id"),
            resourceLink: try row.get("resource_link_id"), subject: try row.get("subject"),
            lineItems: try row.optional("line_items_url"), lineItem: try row.optional("line_item_url"),
            scopes: try row.get("scopes", as: String.self).split(separator: " ").map(String.init), state: try row.get("state"),
            score: try row.optional("score"), maximum: try row.optional("maximum"), changedAt: try row.optional("changed_at"),
            sentAt: try row.optional("sent_at"), failure: try row.optional("failure"), createdAt: try row.get("created_at"))
    }
}
