package import Ambient
package import Passages

extension LibraryService {
    /// What a person may read, newest first: those named, or all (the newest thousand). Names that are none of them are left out.
    package func overview(of user: UserID, only: [DocumentID]? = nil) async throws -> [Document] {
        try await list(DocumentStore.Filter(reach: .all, only: only), offset: 0, limit: 1000, user: user).documents
    }
}
