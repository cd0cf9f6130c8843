package import Ambient
package import Database
package import FoundationEssentials

/// Checkpoints in the database.
package struct GraphCheckpointStore: Sendable {
    package init() {}

    /// The table; the feature that runs graphs on it has it among its migrations.
    package static let table = [
        """
        CREATE TABLE graph_checkpoints (
            id uuid PRIMARY KEY,
            user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            graph text NOT NULL,
            thread_id uuid NOT NULL,
            parent_id uuid REFERENCES graph_checkpoints (id) ON DELETE CASCADE,
            node text,
            next text,
            state text NOT NULL,
            metadata text NOT NULL,
            created_at timestamptz NOT NULL,
            UNIQUE (parent_id)
        )
        """,
        "CREATE INDEX graph_checkpoints_by_thread ON graph_checkpoints (thread_id, created_at)",
        "CREATE INDEX graph_checkpoints_by_time ON graph_checkpoints (created_at)",
    ]
    package static let security = RowSecurity.enable(table: "graph_checkpoints")

    private static let columns: SQL = "id, graph, thread_id, parent_id, node, next, state, metadata, created_at"

    /// Throws a `DatabaseFailure` of the kind `unique` if another went on from the same parent.
    func insert(_ checkpoint: GraphCheckpoint, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO graph_checkpoints (\(Self.columns), user_id) VALUES (
                \(checkpoint.id), \(checkpoint.graph), \(checkpoint.thread), \(checkpoint.parent), \(checkpoint.node),
                \(checkpoint.next), \(checkpoint.state), \(try JSONColumn.text(checkpoint.metadata)), \(checkpoint.createdAt), \(user))
            """)
    }

    /// The last one of a thread: the one that none goes on from.
    package func last(of thread: GraphThreadID, graph: String, user: UserID, in transaction: any Transaction) async throws
        -> GraphCheckpoint?
    {
        try await transaction.first(
            """
            SELECT \(Self.columns) FROM graph_checkpoints c WHERE thread_id = \(thread) AND graph = \(graph) AND user_id = \(user)
                AND NOT EXISTS (SELECT 1 FROM graph_checkpoints d WHERE d.parent_id = c.id)
            ORDER BY created_at DESC, id DESC LIMIT 1
            """
        ).map(Self.checkpoint)
    }

    /// All of a thread in their order.
    package func all(of thread: GraphThreadID, user: UserID, in transaction: any Transaction) async throws -> [GraphCheckpoint] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM graph_checkpoints WHERE thread_id = \(thread) AND user_id = \(user) ORDER BY created_at, id
            """
        ).map(Self.checkpoint)
    }

    /// Removes the checkpoints of threads that nothing ran on since, of all users, some at a time.
    /// - Returns: how many went; what goes with one that it goes on from may not be counted.
    package func deleteUnused(since date: Date, limit: Int, in transaction: any Transaction) async throws -> Int {
        try await transaction.execute(
            """
            DELETE FROM graph_checkpoints WHERE thread_id IN (
                SELECT thread_id FROM graph_checkpoints GROUP BY thread_id HAVING max(created_at) < \(date) LIMIT \(limit))
            """)
    }

    /// Removes a thread.
    package func delete(_ thread: GraphThreadID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM graph_checkpoints WHERE thread_id = \(thread) AND user_id = \(user)")
    }

    private static func checkpoint(_ row: Row) throws -> GraphCheckpoint {
        GraphCheckpoint(
            id: try row.get("id"), graph: try row.get("graph"), thread: try row.get("thread_id"),
            parent: try row.optional("parent_id"), node: try row.optional("node"), next: try row.optional("next"),
            state: try row.get("state"), metadata: try JSONColumn.value(try row.get("metadata")),
            createdAt: try row.get("created_at"))
    }
}
