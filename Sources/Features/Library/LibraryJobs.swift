import Ambient
import Database
import FoundationEssentials
package import Jobs
import Passages

/// The library's jobs.
package enum LibraryJobs {
    struct IngestPayload: Codable, Sendable {
        let documentID: DocumentID
        private enum CodingKeys: String, CodingKey { case documentID = "document_id" }
    }

    /// Makes a document searchable. An hour is enough for some thousand pages on two cores.
    static let ingest = JobKind<IngestPayload>("library.ingest", maxAttempts: 4, timeout: .seconds(3600))

    static func uniqueKey(_ id: DocumentID) -> String { "document:\(id)" }

    /// To be called before the worker starts.
    package static func register(in handlers: JobHandlers, ingestion: Ingestion) {
        handlers.register(
            ingest,
            onDead: { ended, transaction in
                let payload = try ended.payload(as: IngestPayload.self)
                let problem = Document.Problem(code: ended.errorCode, message: ended.message)
                try await ingestion.setFailed(payload.documentID, problem, in: transaction)
            },
            handler: { payload, context in
                try await ingestion.run(payload.documentID, context: context)
                return Ingestion.result(payload.documentID)
            })
    }
}
