package import Ambient
import Database
import Failures
import Jobs
package import Passages
import Sharing

/// Documents on their way: how they stand in line, stopping them, and going on.
extension LibraryService {
    /// Documents as the API shows them to a person, who is their owner or may read them.
    func shown(_ documents: [Document], to user: UserID) async throws -> [DocumentView] {
        let others = try await access.views(of: documents.filter { $0.userID != user }, for: user)
        let own = Dictionary(
            try await shown(own: documents.filter { $0.userID == user }, of: user).map { ($0.id, $0) }
        ) { first, _ in first }
        return documents.compactMap { others[$0.id] ?? own[$0.id.description] }
    }

    /// Those that wait with their place in line, each with what is to become of it.
    private func shown(own documents: [Document], of user: UserID) async throws -> [DocumentView] {
        if documents.isEmpty { return [] }
        let (drafts, heads, shares) = try await database.read(as: .user(user)) { transaction in
            (
                try await editions.drafts(of: documents.filter { $0.edition == nil }.map(\.id), in: transaction),
                try await editions.heads(of: documents, in: transaction),
                try await events.shares.counts(of: user, in: transaction)
            )
        }
        let isWaiting = (documents + drafts).contains { $0.status == .pending }
        let line = isWaiting ? try await jobs.line(of: LibraryJobs.ingest) : nil
        func placed(_ document: Document) -> DocumentView {
            var view = DocumentView(document)
            if document.status == .pending { view.placeInLine = document.jobID.flatMap { line?.place(of: JobID($0)) } }
            return view
        }
        let updates = Dictionary(drafts.map { ($0.edition?.document, $0) }) { first, _ in first }
        let newest = Dictionary(heads.map { ($0.id, $0.version) }) { first, _ in first }
        return documents.map { document in
            var view = placed(document)
            view.update = updates[document.id].map { .init(placed($0)) }
            view.sharedWith = shares[document.id]
            view.latestVersion = document.edition.flatMap { newest[$0.document] }
            return view
        }
    }

    func shown(_ document: Document, to user: UserID) async throws -> DocumentView {
        guard let view = try await shown([document], to: user).first else { throw LibraryFailure.noDocument }
        return view
    }

    /// Tries a document again that failed or was stopped, from the stage where it did: what earlier stages made is kept.
    package func retry(_ id: DocumentID, user: UserID) async throws -> Document {
        try await changing(id, user: user) { transaction in
            let document = try await find(id, user: user, in: transaction)
            guard document.status == .failed || document.status == .cancelled else {
                throw LibraryFailure(
                    .conflict,
                    "Only a document that failed or was stopped can be tried again; this one is \(document.status.rawValue).")
            }
            try await documents.setPending(id, now: ambient.now(), in: transaction)
            _ = try await enqueue(document, in: transaction)
            return try await find(id, user: user, in: transaction)
        }
    }

    /// Stops the reading of a document. What was made of it is kept, and `retry` goes on from there.
    package func cancel(_ id: DocumentID, user: UserID) async throws -> Document {
        try await changing(id, user: user) { transaction in
            let document = try await find(id, user: user, in: transaction)
            guard document.isBeingRead else {
                throw LibraryFailure(
                    .conflict, "Only a document that is being read can be stopped; this one is \(document.status.rawValue).")
            }
            // One that waits ends with its job; one that is worked on ends here, and its worker finds that it has no say any more.
            try await jobs.cancel(LibraryJobs.ingest, uniqueKey: LibraryJobs.uniqueKey(id), in: transaction)
            try await ReadingEnd(events: events, ambient: ambient).note(id, .cancelled, job: nil, in: transaction)
            return try await find(id, user: user, in: transaction)
        }
    }
}
