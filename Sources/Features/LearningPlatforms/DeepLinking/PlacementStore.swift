import Ambient
import Database
import FoundationEssentials
import Sharing

/// The SQL of platforms' courses and of what is placed in them. For transactions of the system, since a placement is a teacher's and opened
/// by others.
struct PlacementStore: Sendable {
    private enum ThingMarker {}

    func context(
        of teacher: UserID, at platform: LearningPlatformID, deployment: String, context: String, in transaction: any Transaction
    ) async throws -> PlatformContext? {
        try await transaction.first(
            """
            SELECT id, user_id, platform_id, deployment_id, context_id, class_id FROM learning_contexts
            WHERE platform_id = \(platform) AND deployment_id = \(deployment) AND context_id = \(context) AND user_id = \(teacher)
            """
        ).map(Self.context)
    }

    func context(_ id: PlatformContextID, in transaction: any Transaction) async throws -> PlatformContext? {
        try await transaction.first(
            "SELECT id, user_id, platform_id, deployment_id, context_id, class_id FROM learning_contexts WHERE id = \(id)"
        ).map(Self.context)
    }

    /// The classes that belong to a course of a platform, the oldest first.
    func classes(
        at platform: LearningPlatformID, deployment: String, context: String, in transaction: any Transaction
    ) async throws -> [PlatformContext] {
        try await transaction.query(
            """
            SELECT id, user_id, platform_id, deployment_id, context_id, class_id FROM learning_contexts
            WHERE platform_id = \(platform) AND deployment_id = \(deployment) AND context_id = \(context) ORDER BY created_at, id
            """
        ).map(Self.context)
    }

    func insert(_ context: PlatformContext, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO learning_contexts (id, user_id, platform_id, deployment_id, context_id, class_id, created_at)
            VALUES (\(context.id), \(context.teacher), \(context.platform), \(context.deployment), \(context.context),
                    \(context.classID), \(now))
            """)
    }

    func insert(_ placement: Placement, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO learning_placements (id, user_id, context_id, kind, thing_id, created_at)
            VALUES (\(placement.id), \(placement.teacher), \(placement.context), \(placement.kind.rawValue),
                    \(Identifier<ThingMarker>(placement.thing)), \(placement.createdAt))
            """)
    }

    func find(_ id: PlacementID, in transaction: any Transaction) async throws -> Placement? {
        try await transaction.first(
            "SELECT id, user_id, context_id, kind, thing_id, created_at FROM learning_placements WHERE id = \(id)"
        ).map(Self.placement)
    }

    func all(of teacher: UserID, in transaction: any Transaction) async throws -> [Placement] {
        try await transaction.query(
            """
            SELECT id, user_id, context_id, kind, thing_id, created_at FROM learning_placements
            WHERE user_id = \(teacher) ORDER BY created_at, id
            """
        ).map(Self.placement)
    }

    private static func context(_ row: Row) throws -> PlatformContext {
        PlatformContext(
            id: try row.get("id"), teacher: try row.get("user_id"), platform: try row.get("platform_id"),
            deployment: try row.get("deployment_id"), context: try row.get("context_id"), classID: try row.get("class_id"))
    }

    private static func placement(_ row: Row) throws -> Placement {
        let kind: String = try row.get("kind")
        guard let kind = SharedKind(rawValue: kind) else { throw DatabaseFailure(.decoding, "learning_placements.kind") }
        return Placement(
            id: try row.get("id"), teacher: try row.get("user_id"), context: try row.get("context_id"), kind: kind,
            thing: try row.get("thing_id", as: Identifier<ThingMarker>.self).uuid, createdAt: try row.get("created_at"))
    }
}
