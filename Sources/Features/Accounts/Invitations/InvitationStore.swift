import Ambient
import Database
import FoundationEssentials

/// The SQL of invitations. Only their tokens' digests are kept.
struct InvitationStore: Sendable {
    private static let columns: SQL =
        """
        id, purpose, subject_id, user_id, role, email, max_uses, uses, created_at, expires_at, revoked_at,
        digest IS NOT NULL AS has_link
        """

    /// - Parameter token: nil where the link is made later.
    func insert(_ invitation: Invitation, token: String?, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO invitations (
                id, digest, user_id, purpose, subject_id, role, email, max_uses, uses, admissions, created_at, expires_at)
            VALUES (
                \(invitation.id), \(token.map(AccountStore.digest)), \(invitation.inviter), \(invitation.purpose.rawValue),
                \(invitation.subject.map { Identifier<Invitation>($0) }), \(invitation.role), \(invitation.email),
                \(invitation.maxUses), 0, 0, \(invitation.createdAt), \(invitation.expiresAt))
            """)
    }

    /// Gives an invitation another link, in place of the one that it had.
    func setToken(_ token: String, of id: InvitationID, in transaction: any Transaction) async throws {
        try await transaction.execute("UPDATE invitations SET digest = \(AccountStore.digest(token)) WHERE id = \(id)")
    }

    func find(digest: String, in transaction: any Transaction) async throws -> Invitation? {
        try await transaction.first("SELECT \(Self.columns) FROM invitations WHERE digest = \(digest)")
            .map(Self.invitation)
    }

    /// - Parameter locking: holds the row until the end of the transaction, which is about to change it.
    func find(_ id: InvitationID, locking: Bool = false, in transaction: any Transaction) async throws -> Invitation? {
        let lock: SQL = locking ? transaction.dialect.forUpdate : ""
        return try await transaction.first("SELECT \(Self.columns) FROM invitations WHERE id = \(id)\(lock)").map(Self.invitation)
    }

    /// The newest first.
    /// - Parameters:
    ///   - subject: what they invite to; nil for the installation.
    ///   - inviter: whose they are; nil for everybody's.
    func list(
        _ purpose: Invitation.Purpose, subject: UUID?, inviter: UserID?, limit: Int, in transaction: any Transaction
    ) async throws -> [Invitation] {
        var condition: SQL = "purpose = \(purpose.rawValue)"
        if let subject { condition += " AND subject_id = \(Identifier<Invitation>(subject))" }
        if let inviter { condition += " AND user_id = \(inviter)" }
        return try await transaction.query(
            "SELECT \(Self.columns) FROM invitations WHERE \(condition) ORDER BY created_at DESC, id DESC LIMIT \(limit)"
        ).map(Self.invitation)
    }

    func countOpen(of inviter: UserID, at now: Date, in transaction: any Transaction) async throws -> Int {
        try await transaction.first(
            """
            SELECT count(*) AS n FROM invitations
            WHERE user_id = \(inviter) AND revoked_at IS NULL AND expires_at > \(now) AND uses < max_uses
            """)?.get("n") ?? 0
    }

    /// Uses a link once. Of more who show it at once than it is good for, the last get nil.
    func spend(digest: String, at now: Date, in transaction: any Transaction) async throws -> Invitation? {
        try await transaction.first(
            """
            UPDATE invitations SET uses = uses + 1
            WHERE digest = \(digest) AND revoked_at IS NULL AND expires_at > \(now) AND uses < max_uses
            RETURNING \(Self.columns)
            """
        ).map(Self.invitation)
    }

    /// Lets who shows a link to something else make an account on the way, as often as the link can be used. nil if it is not good.
    func admit(digest: String, at now: Date, in transaction: any Transaction) async throws -> Invitation? {
        try await transaction.first(
            """
            UPDATE invitations SET admissions = admissions + 1
            WHERE digest = \(digest) AND revoked_at IS NULL AND expires_at > \(now) AND uses < max_uses
                AND admissions < max_uses
            RETURNING \(Self.columns)
            """
        ).map(Self.invitation)
    }

    /// - Returns: whether it was not revoked before.
    func revoke(_ id: InvitationID, at now: Date, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("UPDATE invitations SET revoked_at = \(now) WHERE id = \(id) AND revoked_at IS NULL") > 0
    }

    func removeAll(to subject: UUID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM invitations WHERE subject_id = \(Identifier<Invitation>(subject))")
    }

    /// Removes those that ended so long ago that nobody asks what became of them.
    func prune(endedBefore date: Date, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM invitations WHERE expires_at < \(date)")
    }

    private static func invitation(_ row: Row) throws -> Invitation {
        let purpose: String = try row.get("purpose")
        guard let purpose = Invitation.Purpose(rawValue: purpose) else { throw DatabaseFailure(.decoding, "invitations.purpose") }
        let subject: Identifier<Invitation>? = try row.optional("subject_id")
        return Invitation(
            id: try row.get("id"), purpose: purpose, subject: subject?.uuid, inviter: try row.get("user_id"),
            role: try row.get("role"), email: try row.optional("email"), maxUses: try row.get("max_uses"),
            uses: try row.get("uses"), createdAt: try row.get("created_at"), expiresAt: try row.get("expires_at"),
            revokedAt: try row.optional("revoked_at"), hasLink: try row.get("has_link"))
    }
}
