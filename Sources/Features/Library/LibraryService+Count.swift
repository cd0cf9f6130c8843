package import Ambient
package import Database

extension LibraryService {
    /// How many documents a student has, in the caller's transaction.
    package static func count(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT count(*) AS total FROM documents WHERE user_id = \(user)")?.get("total") ?? 0
    }
}
