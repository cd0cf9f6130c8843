import Ambient
import Database

/// How often a student's calendar has changed, and what went: for programs that ask what is new since the last time.
struct RevisionStore: Sendable {
    /// The number of the next change. Until the transaction ends no other of this student gets one, so that numbers are seen in order.
    func next(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first(
            """
            INSERT INTO planner_revisions (user_id, revision) VALUES (\(user), 1)
            ON CONFLICT (user_id) DO UPDATE SET revision = planner_revisions.revision + 1 RETURNING revision
            """)?.get("revision") ?? 1
    }

    func current(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT revision FROM planner_revisions WHERE user_id = \(user)")?.get("revision") ?? 0
    }

    /// Gives what came from another installation a number, so that programs which ask what is new hear of it.
    func countArrived(of user: UserID, in transaction: any Transaction) async throws {
        let revision = try await next(of: user, in: transaction)
        try await transaction.execute(
            "UPDATE planner_events SET revision = \(revision) WHERE user_id = \(user) AND revision = 0")
    }

    func noteRemoval(of resource: String, at revision: Int, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO planner_removals (user_id, resource, revision) VALUES (\(user), \(resource), \(revision))
            ON CONFLICT (user_id, resource) DO UPDATE SET revision = excluded.revision
            """)
    }

    /// What went after a change; it may have come back since.
    func removals(after revision: Int, user: UserID, in transaction: any Transaction) async throws -> [String] {
        try await transaction.query(
            "SELECT resource FROM planner_removals WHERE user_id = \(user) AND revision > \(revision) ORDER BY resource"
        ).map { try $0.get("resource") }
    }
}
