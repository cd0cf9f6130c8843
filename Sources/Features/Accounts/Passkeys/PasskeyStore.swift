import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of passkeys, and of challenges that wait for an answer.
struct PasskeyStore: Sendable {
    func insert(_ passkey: Passkey, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO passkeys (id, user_id, name, public_key, sign_count, is_backed_up, created_at)
            VALUES (\(passkey.id), \(passkey.userID), \(passkey.name), \(passkey.key), \(Int(passkey.signCount)),
                    \(passkey.isBackedUp), \(passkey.createdAt))
            ON CONFLICT (id) DO NOTHING
            """) > 0
    }

    func all(of user: UserID, in transaction: any Transaction) async throws -> [Passkey] {
        try await transaction.query("SELECT * FROM passkeys WHERE user_id = \(user) ORDER BY created_at, id").map {
            try Passkey($0)
        }
    }

    /// - Parameter locking: holds it until the end of the transaction, so that its counter is read once.
    func find(_ id: String, locking: Bool = false, in transaction: any Transaction) async throws -> Passkey? {
        try await transaction.first(
            "SELECT * FROM passkeys WHERE id = \(id)\(locking ? transaction.dialect.forUpdate : "")"
        ).map { try Passkey($0) }
    }

    func setUsed(_ passkey: Passkey, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE passkeys SET sign_count = \(Int(passkey.signCount)), is_backed_up = \(passkey.isBackedUp),
                   last_used_at = \(passkey.lastUsedAt) WHERE id = \(passkey.id)
            """)
    }

    func rename(_ id: String, of user: UserID, to name: String, in transaction: any Transaction) async throws -> Passkey? {
        try await transaction.first("UPDATE passkeys SET name = \(name) WHERE id = \(id) AND user_id = \(user) RETURNING *")
            .map { try Passkey($0) }
    }

    func remove(_ id: String, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM passkeys WHERE id = \(id) AND user_id = \(user)") > 0
    }

    // MARK: - Challenges

    /// Makes one, and forgets those that nobody answered.
    func challenge(
        _ purpose: PasskeyPurpose, for user: UserID?, at now: Date, until: Date, in transaction: any Transaction
    ) async throws -> String {
        try await transaction.execute("DELETE FROM passkey_challenges WHERE expires_at < \(now)")
        let challenge = SecureRandom.token()
        try await transaction.execute(
            """
            INSERT INTO passkey_challenges (digest, user_id, purpose, expires_at)
            VALUES (\(AccountStore.digest(challenge)), \(user), \(purpose), \(until))
            """)
        return challenge
    }

    /// Uses one up. Of several who answer it at once, one gets true.
    func spend(
        _ challenge: String, _ purpose: PasskeyPurpose, of user: UserID?, at now: Date, in transaction: any Transaction
    ) async throws -> Bool {
        let owner: SQL = user.map { "user_id = \($0)" } ?? "user_id IS NULL"
        return try await transaction.execute(
            """
            DELETE FROM passkey_challenges
            WHERE digest = \(AccountStore.digest(challenge)) AND purpose = \(purpose) AND \(owner) AND expires_at > \(now)
            """) > 0
    }
}
