import Ambient
import Database
import FoundationEssentials

/// What can be taken back, in the database. Every statement of a student's names the user, since SQLite has no row-level security.
struct UndoStore: Sendable {
    struct Kept: Sendable {
        var kind: PlannerUndo.Kind
        var made: [PlannerEventID]
        var stood: [EventSnapshot]
    }

    /// - Parameter oldest: what is older can no longer be taken back.
    func keep(_ undo: PlannerUndo, of user: UserID, now: Date, oldest: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM planner_undos WHERE user_id = \(user) AND created_at < \(oldest)")
        try await transaction.execute(
            """
            INSERT INTO planner_undos (id, user_id, kind, made, stood, created_at)
            VALUES (\(undo.id), \(user), \(undo.kind.rawValue), \(try JSONColumn.text(undo.made)),
                \(try JSONColumn.text(undo.stood.map(EventSnapshot.init))), \(now))
            """)
    }

    func has(_ id: PlannerUndoID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT id FROM planner_undos WHERE id = \(id) AND user_id = \(user)") != nil
    }

    /// Takes it out: it is taken back once.
    func take(_ id: PlannerUndoID, user: UserID, in transaction: any Transaction) async throws -> Kept? {
        let lock = transaction.dialect.forUpdate
        guard
            let row = try await transaction.first(
                "SELECT kind, made, stood FROM planner_undos WHERE id = \(id) AND user_id = \(user)\(lock)"),
            let kind = PlannerUndo.Kind(rawValue: try row.get("kind"))
        else { return nil }
        try await transaction.execute("DELETE FROM planner_undos WHERE id = \(id) AND user_id = \(user)")
        return Kept(kind: kind, made: try JSONColumn.value(try row.get("made")), stood: try JSONColumn.value(try row.get("stood")))
    }
}
