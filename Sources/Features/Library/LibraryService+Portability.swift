import Ambient
package import Assembly
import Database
import Jobs

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
            return [.init("documents.json", json: views)] + entries
        },
        // The files go after the transaction, where nobody else has the same; see `OrphanedFiles`.
        erase: { user, ground, transaction in
            try await KeywordStore().removeAll(of: user, in: transaction)
            let digests = try await DocumentStore().deleteAll(of: user, in: transaction)
            if digests.isEmpty { return }
            try await ground.jobs.enqueue(LibraryJobs.removeFiles, .init(digests: digests), user: nil, in: transaction)
        })
}
