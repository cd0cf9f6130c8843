import Ambient
import Database
import FoundationEssentials

/// The SQL of sign-ins under way. Of states and browsers only digests are kept.
struct SignInFlowStore: Sendable {
    func insert(
        _ flow: SignInFlow, state: String, browser: String, at now: Date, in transaction: any Transaction
    ) async throws {
        try await transaction.execute("DELETE FROM sign_in_flows WHERE expires_at < \(now)")
        try await transaction.execute(
            """
            INSERT INTO sign_in_flows (state_digest, browser_digest, provider, purpose, user_id, return_to, expires_at, invitation)
            VALUES (\(state), \(browser), \(flow.provider), \(flow.purpose), \(flow.userID), \(flow.returnTo), \(flow.expiresAt),
                    \(flow.invitation))
            """)
    }

    /// Holds it until the end of the transaction: of several who bring its answer, one comes first.
    func find(state: String, browser: String, in transaction: any Transaction) async throws -> SignInFlow? {
        try await transaction.first(
            """
            SELECT provider, purpose, user_id, return_to, expires_at, answered_at, issuer, subject, invitation FROM sign_in_flows
            WHERE state_digest = \(state) AND browser_digest = \(browser)\(transaction.dialect.forUpdate)
            """
        ).map {
            SignInFlow(
                provider: try $0.get("provider"), purpose: try $0.get("purpose"), userID: try $0.optional("user_id"),
                returnTo: try $0.get("return_to"), expiresAt: try $0.get("expires_at"), answeredAt: try $0.optional("answered_at"),
                issuer: try $0.optional("issuer"), subject: try $0.optional("subject"),
                invitation: try $0.optional("invitation"))
        }
    }

    func note(answered now: Date, state: String, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE sign_in_flows SET answered_at = \(now) WHERE state_digest = \(state)")
    }

    func note(issuer: String, subject: String, state: String, in transaction: any Transaction) async throws {
        try await transaction.execute(
            "UPDATE sign_in_flows SET issuer = \(issuer), subject = \(subject) WHERE state_digest = \(state)")
    }

    /// Of several who end it at once, one gets true.
    func end(state: String, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            "UPDATE sign_in_flows SET issuer = NULL, subject = NULL, ended_at = answered_at WHERE state_digest = \(state) AND ended_at IS NULL"
        )
            > 0
    }
}
