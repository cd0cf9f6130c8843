import Ambient
import Database
import FoundationEssentials

/// Subscriptions in the database. Every statement of a student's names the user, since SQLite has no row-level security.
struct SubscriptionStore: Sendable {
    private static let columns: SQL =
        """
        id, user_id, course_id, url, name, time_zone, events, left_out, fetched_at, due_at, failures, problem, validator, created_at
        """

    /// - Returns: false if the student has one of this address.
    func insert(_ subscription: CalendarSubscription, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO planner_subscriptions (\(Self.columns)) VALUES (
                \(subscription.id), \(subscription.userID), \(subscription.courseID), \(subscription.url), \(subscription.name),
                \(subscription.zone), \(subscription.events), \(subscription.leftOut), \(subscription.fetchedAt), \(subscription.dueAt),
                \(subscription.failures), \(subscription.problem), \(subscription.validator), \(subscription.createdAt))
            ON CONFLICT (user_id, url) DO NOTHING
            """) > 0
    }

    func update(_ subscription: CalendarSubscription, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE planner_subscriptions SET name = \(subscription.name), events = \(subscription.events),
                left_out = \(subscription.leftOut), fetched_at = \(subscription.fetchedAt), due_at = \(subscription.dueAt),
                failures = \(subscription.failures), problem = \(subscription.problem), validator = \(subscription.validator)
            WHERE id = \(subscription.id) AND user_id = \(subscription.userID)
            """)
    }

    func find(
        _ id: CalendarSubscriptionID, user: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> CalendarSubscription? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first(
            "SELECT \(Self.columns) FROM planner_subscriptions WHERE id = \(id) AND user_id = \(user)\(lock)"
        ).map(Self.subscription)
    }

    func list(of user: UserID, in transaction: any Transaction) async throws -> [CalendarSubscription] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM planner_subscriptions WHERE user_id = \(user) ORDER BY created_at, id"
        ).map(Self.subscription)
    }

    /// - Returns: whether there was one.
    func delete(_ id: CalendarSubscriptionID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM planner_subscriptions WHERE id = \(id) AND user_id = \(user)") > 0
    }

    /// Those whose time has come, of all students. For a transaction of the system.
    func due(by now: Date, limit: Int, in transaction: any Transaction) async throws -> [CalendarSubscription] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM planner_subscriptions WHERE due_at <= \(now)
            ORDER BY due_at, id LIMIT \(limit)\(transaction.dialect.forUpdate)
            """
        ).map(Self.subscription)
    }

    static func subscription(_ row: Row) throws -> CalendarSubscription {
        CalendarSubscription(
            id: try row.get("id"), userID: try row.get("user_id"), courseID: try row.optional("course_id"), url: try row.get("url"),
            name: try row.get("name"), zone: try row.get("time_zone"), events: try row.get("events"),
            leftOut: try row.get("left_out"),
            fetchedAt: try row.optional("fetched_at"), dueAt: try row.get("due_at"), failures: try row.get("failures"),
            problem: try row.optional("problem"), validator: try row.optional("validator"), createdAt: try row.get("created_at"))
    }
}
