import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The RSA keys by which platforms know our word: made when first needed, kept sealed, published by their ids. The newest signs.
///
/// Every look goes to the database, since any process may have made a new one; what was opened once is kept.
actor ToolKeys {
    /// How many former keys stay published when another is made: platforms keep what they read for a while.
    private static let formerKeys = 3

    struct Key: Sendable, Hashable {
        let id: String
        let key: RSAKey
    }

    private let database: any Database
    private let seal: SecretSeal
    private let ambient: Ambient
    private var opened: [String: RSAKey] = [:]

    init(database: any Database, seal: SecretSeal, ambient: Ambient) {
        (self.database, self.seal, self.ambient) = (database, seal, ambient)
    }

    /// The one that signs.
    func current() async throws -> Key {
        guard let first = try await all().first else { throw LearningPlatformsFailure.noKey }
        return first
    }

    /// Those that are published, the newest first; there is always one.
    func all() async throws -> [Key] {
        let kept = try await read()
        if !kept.isEmpty { return kept }
        try await add(unlessAny: true)
        return try await read()
    }

    /// Puts a new one in the place of what signs. What was signed before is still checked by the former.
    func rotate() async throws { try await add(unlessAny: false) }

    private func add(unlessAny: Bool) async throws {
        let key = try RSAKey()
        let id = Base64URL.encode(SecureRandom.bytes(9))
        let now = ambient.now()
        try await database.transaction(as: .system) { [seal] transaction in
            let known = try await transaction.query(
                "SELECT id, created_at FROM learning_platform_keys ORDER BY created_at DESC, id")
            // Two processes that need the first one at once make two at worst, and publish both.
            if unlessAny, !known.isEmpty { return }
            // Later than the one before also where the clock stands still or went back: the newest signs.
            let newest = try known.first?.get("created_at", as: Date.self)
            let madeAt = newest.map { max(now, $0.addingTimeInterval(0.001)) } ?? now
            try await transaction.execute(
                """
                INSERT INTO learning_platform_keys (id, private_key, created_at)
                VALUES (\(id), \(seal.seal(key.privateKey, place: Self.place(id))), \(madeAt))
                """)
            for row in known.dropFirst(Self.formerKeys) {
                try await transaction.execute("DELETE FROM learning_platform_keys WHERE id = \(try row.get("id", as: String.self))")
            }
        }
    }

    private func read() async throws -> [Key] {
        let rows = try await database.read(as: .system) {
            try await $0.query("SELECT id, private_key FROM learning_platform_keys ORDER BY created_at DESC, id")
        }
        return try rows.map { row in
            let id: String = try row.get("id")
            if let key = opened[id] { return Key(id: id, key: key) }
            let key = try RSAKey(privateKey: try seal.open(try row.get("private_key"), place: Self.place(id)))
            opened[id] = key
            return Key(id: id, key: key)
        }
    }

    private static func place(_ id: String) -> String { "learning_platform_keys.private_key/\(id)" }
}
