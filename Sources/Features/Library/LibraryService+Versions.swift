package import Ambient
import Database
import Failures
import FoundationEssentials
import Jobs
package import Passages

/// Versions of a document: a new file, an old one again, or the same read anew. What there is serves until the new text is ready; then it
/// takes the old one's place in one transaction. The old text stays, for what cites it.
extension LibraryService {
    /// The document as it is, then what it was, the latest first.
    package func versions(of id: DocumentID, user: UserID) async throws -> [Document] {
        try await examining(id, user: user) { transaction in
            let head = try await head(id, user: user, in: transaction)
            return [head] + (try await editions.past(of: id, in: transaction))
        }
    }

    /// Makes a document that was brought on its own a new version of another.
    package func replace(_ id: DocumentID, by other: DocumentID, user: UserID) async throws -> Document {
        try await changing(id, user: user) { transaction in
            let (head, added) = (
                try await head(id, user: user, in: transaction),
                try await head(other, orThrow: .unknownDocument(other), user: user, in: transaction)
            )
            guard id != other else {
                throw LibraryFailure(
                    .unprocessable, "A document cannot replace itself.", details: ["document_id": "is the document itself"])
            }
            if try await !editions.past(of: other, in: transaction).isEmpty {
                throw LibraryFailure(
                    .unprocessable, "This document has versions of its own.", details: ["document_id": "has versions of its own"])
            }
            try await discardDraft(of: head, in: transaction)
            try await discardDraft(of: added, in: transaction)
            // From here on only the document itself is found.
            try await keywords.remove(other, in: transaction)
            let version = try await editions.nextVersion(of: id, in: transaction)
            try await editions.makeDraft(other, of: id, version: version, in: transaction)
            try await events.appendDeleted(other, user: user, in: transaction)
            if !added.isBeingRead {
                try await documents.setPending(other, now: ambient.now(), in: transaction)
                _ = try await enqueue(added, in: transaction)
            }
            return try await told(id, user: user, in: transaction)
        }
    }

    /// Reads a document's file anew, as the readers of today do.
    package func readAgain(_ id: DocumentID, user: UserID) async throws -> Document {
        try await changing(id, user: user) { transaction in
            let head = try await head(id, user: user, in: transaction)
            guard head.status == .completed else {
                throw LibraryFailure(
                    .conflict, "Only a document that was read can be read again; this one is \(head.status.rawValue).")
            }
            return try await begin(head, from: head, version: head.version, in: transaction)
        }
    }

    /// Makes an old version the document's newest.
    package func restore(_ version: DocumentID, of id: DocumentID, user: UserID) async throws -> Document {
        try await changing(id, user: user) { transaction in
            let head = try await head(id, user: user, in: transaction)
            guard let old = try await documents.find(version, user: user, in: transaction),
                old.edition == Edition(kind: .past, document: id)
            else { throw LibraryFailure.noVersion }
            let number = try await editions.nextVersion(of: id, in: transaction)
            return try await begin(head, from: old, version: number, in: transaction)
        }
    }

    /// Adds a file that was just received as a new version.
    func addVersion(_ draft: Document, of id: DocumentID, in transaction: any Transaction) async throws -> Uploaded {
        let head = try await head(id, orThrow: .unknownReplaced, user: draft.userID, in: transaction)
        if let known = try await documents.find(sha256: draft.sha256, user: draft.userID, in: transaction) {
            // The file that it has already, or that another document has.
            return Uploaded(document: known, isDuplicate: true)
        }
        let version = try await editions.nextVersion(of: id, in: transaction)
        return Uploaded(document: try await begin(head, from: draft, version: version, in: transaction), isDuplicate: false)
    }

    /// Has a draft read from a file.
    func begin(
        _ head: Document, from source: Document, version: Int, in transaction: any Transaction
    ) async throws -> Document {
        try await discardDraft(of: head, in: transaction)
        var draft = Document(
            id: ambient.newID(), userID: head.userID, title: version == head.version ? head.title : source.title,
            isTitleChosen: head.isTitleChosen, filename: source.filename, format: source.format, charset: source.charset,
            size: source.size, sha256: source.sha256, status: .pending, progress: .init(.waiting), isPaged: false, revision: 0,
            createdAt: ambient.now(), updatedAt: ambient.now())
        draft.version = version
        try await editions.insertDraft(draft, of: head.id, in: transaction)
        _ = try await enqueue(draft, in: transaction)
        return try await told(head.id, user: head.userID, in: transaction)
    }

    /// Gives up what was to become of a document.
    private func discardDraft(of head: Document, in transaction: any Transaction) async throws {
        guard let draft = try await editions.draft(of: head.id, in: transaction) else { return }
        try await documents.delete(draft.id, user: head.userID, in: transaction)
        try await jobs.cancel(LibraryJobs.ingest, uniqueKey: LibraryJobs.uniqueKey(draft.id), in: transaction)
    }

    /// A document that stands for itself.
    func head(
        _ id: DocumentID, orThrow failure: LibraryFailure = .noDocument, user: UserID, in transaction: any Transaction
    ) async throws -> Document {
        guard let document = try await documents.find(id, user: user, in: transaction), document.edition == nil else {
            throw failure
        }
        return document
    }

    private func told(_ id: DocumentID, user: UserID, in transaction: any Transaction) async throws -> Document {
        let document = try await find(id, user: user, in: transaction)
        try await events.append(LibraryEvents.updated, document, in: transaction)
        return document
    }
}
