import Ambient
import Database
import Passages
import Sharing

/// A document as something to share.
struct SharedDocument: Shareable {
    typealias Kind = DocumentKind

    var kind: SharedKind { .document }
    var table: ShareTable { DocumentAccess.shares }
    let access: DocumentAccess

    func title(of id: DocumentID, owner: UserID, in transaction: any Transaction) async throws -> String? {
        guard let document = try await DocumentStore().find(id, user: owner, in: transaction), document.edition == nil else {
            return nil
        }
        return document.title
    }

    func refusal(of id: DocumentID, to user: UserID, in transaction: any Transaction) async throws -> any Error {
        try await access.find(id, for: user, in: transaction) == nil ? LibraryFailure.noDocument : LibraryFailure.readOnly
    }
}
