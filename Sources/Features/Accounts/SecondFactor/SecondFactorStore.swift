import Ambient
import Database
import FoundationEssentials

/// The SQL of second factors and of codes on paper, of which only digests are kept.
struct SecondFactorStore: Sendable {
    /// - Parameter locking: holds it until the end of the transaction, so that a code is used once.
    func find(_ user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> SecondFactor? {
        try await transaction.first(
            """
            SELECT user_id, secret, confirmed_at, last_step FROM second_factors
            WHERE user_id = \(user)\(locking ? transaction.dialect.forUpdate : "")
            """
        ).map {
            SecondFactor(
                userID: try $0.get("user_id"), secret: try $0.get("secret"), confirmedAt: try $0.optional("confirmed_at"),
                lastStep: try $0.optional("last_step"))
        }
    }

    /// Begins anew, in place of one that was not confirmed.
    func begin(_ factor: SecondFactor, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO second_factors (user_id, secret, confirmed_at, last_step)
            VALUES (\(factor.userID), \(factor.secret), \(factor.confirmedAt), \(factor.lastStep))
            ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, confirmed_at = NULL, last_step = NULL
            """)
    }

    func confirm(_ user: UserID, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE second_factors SET confirmed_at = \(now) WHERE user_id = \(user)")
    }

    func spend(_ step: Int, of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE second_factors SET last_step = \(step) WHERE user_id = \(user)")
    }

    /// With its codes on paper. False if there was none.
    func remove(_ user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM recovery_codes WHERE user_id = \(user)")
        return try await transaction.execute("DELETE FROM second_factors WHERE user_id = \(user)") > 0
    }

    // MARK: - Codes on paper

    func setCodes(_ codes: [String], of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM recovery_codes WHERE user_id = \(user)")
        for code in codes {
            try await transaction.execute(
                "INSERT INTO recovery_codes (user_id, digest) VALUES (\(user), \(RecoveryCode.digest(code, of: user)))")
        }
    }

    /// Uses one up. Of several who show it at once, one gets true.
    func spendCode(_ code: String, of user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "DELETE FROM recovery_codes WHERE user_id = \(user) AND digest = \(RecoveryCode.digest(code, of: user))") > 0
    }

    func codesLeft(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT count(*) AS n FROM recovery_codes WHERE user_id = \(user)")?.get("n") ?? 0
    }
}
