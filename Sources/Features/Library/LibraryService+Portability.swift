import Ambient
package import Assembly
import Database
import Jobs
import Passages
import Sharing

extension LibraryService {
    /// The documents as `documents.json`, and each one's file as it was brought.
    package static let portability = AccountPortability(
        export: { user, transaction in
            let store = DocumentStore()
            var entries: [AccountPortability.Entry] = []
            var views: [DocumentView] = []
            for document in try await store.all(of: user, in: transaction) {
                views.append(DocumentView(document))
                entries.append(.init("documents/\(document.id).\(document.format.fileExtension)", blob: document.sha256))
            }
            let shares = try await ShareStore<DocumentKind>(DocumentAccess.shares).exported(of: user, in: transaction)
            return [.init("documents.json", json: views), .init("document-shares.json", json: shares)] + entries
        },
        tables: LibraryTables.all, staying: LibraryTables.staying,
        // What came in has its text and no vectors: the job that reads documents goes on from there.
        arrived: { user, ground, transaction in
            for id in try await DocumentStore().settleArrived(of: user, in: transaction) {
                let job = try await ground.jobs.enqueue(
                    LibraryJobs.ingest, .init(documentID: id), user: user, uniqueKey: LibraryJobs.uniqueKey(id), in: transaction)
                try await DocumentStore().setJob(job.uuid, of: id, in: transaction)
            }
        },
        // The files go after the transaction, where nobody else has the same; see `OrphanedFiles`.
        erase: { user, ground, transaction in
            let shared = SharedDocument(access: DocumentAccess(database: ground.database))
            try await SharingService.tellEnd(of: shared, owner: user, outbox: ground.outbox, in: transaction)
            try await KeywordStore().removeAll(of: user, in: transaction)
            let digests = try await DocumentStore().deleteAll(of: user, in: transaction)
            if digests.isEmpty { return }
            try await ground.jobs.enqueue(LibraryJobs.removeFiles, .init(digests: digests), user: nil, in: transaction)
        })
}
