import Ambient
import Database
import Failures
import Passages

/// A document that somebody reads, in a transaction of its owner.
struct OpenedDocument: Sendable {
    let document: Document
    let reader: UserID
    var owner: UserID { document.userID }
    var isOwn: Bool { owner == reader }
}

/// Every way to a document goes through one of these two: `reading` for whoever may read it, `changing` for its owner.
extension LibraryService {
    /// Reads a document, the person's own or one that is shared with them, in a transaction of its owner.
    /// - Throws: `LibraryFailure.noDocument` if there is none.
    func reading<Value: Sendable>(
        _ id: DocumentID, user: UserID, _ body: @Sendable (OpenedDocument, any Transaction) async throws -> Value
    ) async throws -> Value {
        let own = try await database.read(as: .user(user)) { transaction -> Value? in
            guard let document = try await documents.find(id, user: user, in: transaction) else { return nil }
            return try await body(OpenedDocument(document: document, reader: user), transaction)
        }
        if let own { return own }
        guard let owner = try await access.owner(of: id, for: user) else { throw LibraryFailure.noDocument }
        return try await database.read(as: .user(owner)) { transaction in
            // Asked again where it is read: the share may have ended meanwhile.
            guard let document = try await access.find(id, for: user, in: transaction) else { throw LibraryFailure.noDocument }
            return try await body(OpenedDocument(document: document, reader: user), transaction)
        }
    }

    /// Does something to a document of the person's own. Who may only read it is told so.
    func changing<Value: Sendable>(
        _ id: DocumentID, user: UserID, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await refusingReaders(id, user: user) { try await database.transaction(as: .user(user), body) }
    }

    /// The same for what only looks at what is the owner's alone.
    func examining<Value: Sendable>(
        _ id: DocumentID, user: UserID, _ body: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await refusingReaders(id, user: user) { try await database.read(as: .user(user), body) }
    }

    private func refusingReaders<Value: Sendable>(
        _ id: DocumentID, user: UserID, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let failure as LibraryFailure where failure.code == .notFound {
            throw try await access.owner(of: id, for: user) == nil ? failure : LibraryFailure.readOnly
        }
    }
}
