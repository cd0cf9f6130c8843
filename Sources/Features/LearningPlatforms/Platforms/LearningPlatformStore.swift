import Ambient
import Database
import FoundationEssentials

/// The SQL of learning platforms, which are the installation's. For transactions of the system.
struct LearningPlatformStore: Sendable {
    private static let columns: SQL = """
        id, name, issuer, client_id, deployments, authorization_url, token_url, keys_url, token_audience, frame_origins, makes_teachers,
        created_at, updated_at
        """

    func insert(_ platform: LearningPlatform, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO learning_platforms (\(Self.columns)) VALUES (
                \(platform.id), \(platform.name), \(platform.issuer), \(platform.clientID), \(Self.lines(platform.deployments)),
                \(platform.authorizationURL), \(platform.tokenURL), \(platform.keysURL), \(platform.tokenAudience),
                \(Self.lines(platform.frameOrigins)), \(platform.makesTeachers), \(platform.createdAt), \(platform.updatedAt))
            """)
    }

    func update(_ platform: LearningPlatform, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE learning_platforms SET name = \(platform.name), issuer = \(platform.issuer), client_id = \(platform.clientID),
                deployments = \(Self.lines(platform.deployments)), authorization_url = \(platform.authorizationURL),
                token_url = \(platform.tokenURL), keys_url = \(platform.keysURL), token_audience = \(platform.tokenAudience),
                frame_origins = \(Self.lines(platform.frameOrigins)), makes_teachers = \(platform.makesTeachers),
                updated_at = \(platform.updatedAt)
            WHERE id = \(platform.id)
            """)
    }

    func delete(_ id: LearningPlatformID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM learning_platforms WHERE id = \(id)") > 0
    }

    func all(in transaction: any Transaction) async throws -> [LearningPlatform] {
        try await transaction.query("SELECT \(Self.columns) FROM learning_platforms ORDER BY name, id").map(Self.platform)
    }

    func find(_ id: LearningPlatformID, in transaction: any Transaction) async throws -> LearningPlatform? {
        try await transaction.first("SELECT \(Self.columns) FROM learning_platforms WHERE id = \(id)").map(Self.platform)
    }

    /// All that an issuer has, which may be several clients.
    func of(issuer: String, in transaction: any Transaction) async throws -> [LearningPlatform] {
        try await transaction.query(
            "SELECT \(Self.columns) FROM learning_platforms WHERE issuer = \(issuer) ORDER BY created_at, id"
        ).map(Self.platform)
    }

    /// Neither an id of a deployment nor an origin has a line's end.
    private static func lines(_ texts: [String]) -> String { texts.joined(separator: "\n") }

    private static func texts(_ lines: String) -> [String] { lines.split(separator: "\n").map(String.init) }

    private static func platform(_ row: Row) throws -> LearningPlatform {
        LearningPlatform(
            id: try row.get("id"), name: try row.get("name"), issuer: try row.get("issuer"), clientID: try row.get("client_id"),
            deployments: texts(try row.get("deployments")), authorizationURL: try row.get("authorization_url"),
            tokenURL: try row.get("token_url"), keysURL: try row.get("keys_url"), tokenAudience: try row.optional("token_audience"),
            frameOrigins: texts(try row.get("frame_origins")), makesTeachers: try row.get("makes_teachers"),
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
