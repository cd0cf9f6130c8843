package import Ambient
package import Database

extension LibraryService {
    /// Removes all documents of a user who goes away, in the caller's transaction. Their files go with the next sweep, when nobody
    /// else has the same.
    package func deleteAll(of user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM documents WHERE user_id = \(user)")
    }
}
