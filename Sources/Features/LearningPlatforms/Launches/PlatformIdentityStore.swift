import Ambient
import Database
import FoundationEssentials

enum PlatformIdentityMarker {}
typealias PlatformIdentityID = Identifier<PlatformIdentityMarker>

/// An account at a learning platform by which somebody comes in here.
struct PlatformIdentity: Sendable, Hashable {
    let id: PlatformIdentityID
    /// As people know it.
    let platform: String
    let createdAt: Date
    let lastUsedAt: Date
}

/// The SQL of accounts at platforms. One belongs to one person here at most.
struct PlatformIdentityStore: Sendable {
    /// False if it is linked already, by whomever.
    func insert(
        _ id: PlatformIdentityID, of user: UserID, at platform: LearningPlatformID, subject: String, now: Date,
        in transaction: any Transaction
    ) async throws -> Bool {
        try await transaction.first(
            """
            INSERT INTO learning_platform_identities (id, user_id, platform_id, subject, created_at, last_used_at)
            VALUES (\(id), \(user), \(platform), \(subject), \(now), \(now))
            ON CONFLICT (platform_id, subject) DO NOTHING RETURNING id
            """) != nil
    }

    /// For a transaction of the system.
    func owner(of subject: String, at platform: LearningPlatformID, in transaction: any Transaction) async throws -> UserID? {
        try await transaction.first(
            "SELECT user_id FROM learning_platform_identities WHERE platform_id = \(platform) AND subject = \(subject)"
        ).map { try $0.get("user_id") }
    }

    func noteUse(of subject: String, at platform: LearningPlatformID, now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE learning_platform_identities SET last_used_at = \(now)
            WHERE platform_id = \(platform) AND subject = \(subject)
            """)
    }

    func list(of user: UserID, in transaction: any Transaction) async throws -> [PlatformIdentity] {
        try await transaction.query(
            """
            SELECT i.id AS id, p.name AS name, i.created_at AS created_at, i.last_used_at AS last_used_at
            FROM learning_platform_identities i JOIN learning_platforms p ON p.id = i.platform_id
            WHERE i.user_id = \(user) ORDER BY i.created_at, i.id
            """
        ).map {
            PlatformIdentity(
                id: try $0.get("id"), platform: try $0.get("name"), createdAt: try $0.get("created_at"),
                lastUsedAt: try $0.get("last_used_at"))
        }
    }

    func delete(_ id: PlatformIdentityID, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM learning_platform_identities WHERE id = \(id) AND user_id = \(user)") > 0
    }
}
