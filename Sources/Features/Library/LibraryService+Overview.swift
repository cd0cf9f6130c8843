package import Ambient
import Failures

extension LibraryService {
    /// What a person has, newest first: those named, or all (the newest thousand). Names that are not theirs are left out.
    package func overview(of user: UserID, only: [DocumentID]? = nil) async throws -> [Document] {
        if let only {
            var found: [Document] = []
            for id in only {
                do {
                    found.append(try await document(id, user: user))
                } catch let failure as LibraryFailure where failure.code == .notFound {
                    continue
                }
            }
            return found
        }
        return try await list(DocumentStore.Filter(), offset: 0, limit: 1000, user: user).documents
    }
}
