package import Ambient
package import Database
package import Passages

extension LibraryService {
    /// A document's text as it can be read aloud.
    ///
    /// - Parameter pages: numbered from 1; all if nil.
    /// - Returns: nil if it is not the person's.
    package static func reading(
        _ id: DocumentID, pages: ClosedRange<Int>?, of user: UserID, in transaction: any Transaction
    ) async throws -> (title: String, text: String, language: String?)? {
        guard let document = try await DocumentStore().find(id, user: user, in: transaction) else { return nil }
        let (first, count) = (pages?.lowerBound ?? 1, pages?.count ?? .max)
        let texts = try await TextStore().pages(of: id, offset: first - 1, limit: count, in: transaction).map(\.text)
        return (document.title, texts.joined(separator: "\n\n"), document.metadata.language)
    }
}
