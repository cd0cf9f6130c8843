package import Ambient
package import Database

extension LibraryService {
    /// Removes all documents of a user who goes away, in the caller's transaction. Their files go after it, where nobody else has the
    /// same; see `LibraryKeeper`.
    package func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        let digests = try await transaction.query("DELETE FROM documents WHERE user_id = \(user) RETURNING sha256")
            .map { try $0.get("sha256", as: String.self) }
        transaction.afterCommit { [orphans] in orphans.add(digests) }
    }
}
