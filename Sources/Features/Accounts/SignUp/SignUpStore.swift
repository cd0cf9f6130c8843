import Ambient
import Cryptography
import Database
import FoundationEssentials

/// The SQL of accounts that wait for their address to be confirmed. Of their links only digests are kept.
struct SignUpStore: Sendable {
    private static let columns: SQL =
        "id, email, display_name, password_hash, invitation_digest, language, requested_at"

    func insert(_ wanted: SignUp, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO sign_ups (
                id, email_key, email, display_name, password_hash, invitation_digest, language, requested_at, expires_at)
            VALUES (
                \(wanted.id), \(wanted.email.key), \(wanted.email.text), \(wanted.displayName), \(wanted.passwordHash),
                \(wanted.invitationDigest), \(wanted.language), \(wanted.requestedAt), \(wanted.expiresAt))
            """)
    }

    func find(_ id: SignUpID, at now: Date, in transaction: any Transaction) async throws -> SignUp? {
        try await transaction.first("SELECT \(Self.columns) FROM sign_ups WHERE id = \(id) AND expires_at > \(now)").map(
            Self.signUp)
    }

    func find(token: String, at now: Date, in transaction: any Transaction) async throws -> SignUp? {
        try await transaction.first(
            "SELECT \(Self.columns) FROM sign_ups WHERE digest = \(AccountStore.digest(token)) AND expires_at > \(now)"
        ).map(Self.signUp)
    }

    /// How many others of this address were mailed since then.
    func countMailed(
        _ key: String, besides id: SignUpID, since date: Date, in transaction: any Transaction
    ) async throws -> Int {
        try await transaction.first(
            "SELECT count(*) AS n FROM sign_ups WHERE email_key = \(key) AND mailed_at > \(date) AND id <> \(id)")?.get("n") ?? 0
    }

    /// Makes the link of one, in place of an earlier one; returns its token.
    func issue(_ id: SignUpID, at now: Date, in transaction: any Transaction) async throws -> String {
        let token = SecureRandom.token()
        try await transaction.execute(
            "UPDATE sign_ups SET digest = \(AccountStore.digest(token)), mailed_at = \(now) WHERE id = \(id)")
        return token
    }

    /// There is an account: what stays is that its owner was mailed, and nothing that somebody typed.
    func close(_ id: SignUpID, at now: Date, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE sign_ups SET digest = NULL, password_hash = '', display_name = '', mailed_at = \(now) WHERE id = \(id)")
    }

    /// Uses a link up. Of several who show it at once, one is first.
    func spend(_ token: String, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "DELETE FROM sign_ups WHERE digest = \(AccountStore.digest(token)) AND expires_at > \(now)") > 0
    }

    func removeAll(of email: EmailAddress, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_ups WHERE email_key = \(email.key)")
    }

    func prune(endedBefore date: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM sign_ups WHERE expires_at < \(date)")
    }

    private static func signUp(_ row: Row) throws -> SignUp {
        SignUp(
            id: try row.get("id"), email: EmailAddress(try row.get("email")), displayName: try row.get("display_name"),
            passwordHash: try row.get("password_hash"), invitationDigest: try row.optional("invitation_digest"),
            language: try row.get("language"), requestedAt: try row.get("requested_at"))
    }
}
