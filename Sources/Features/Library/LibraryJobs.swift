import Ambient
import Assembly
import Database
import FoundationEssentials
import Jobs
import Passages

/// The library's jobs.
package enum LibraryJobs {
    struct IngestPayload: Codable, Sendable {
        let documentID: DocumentID
        private enum CodingKeys: String, CodingKey { case documentID = "document_id" }
    }

    struct RemoveFilesPayload: Codable, Sendable {
        let digests: [String]
    }

    /// How many documents are read side by side; each takes about a core.
    static let queue = WorkQueue("documents", width: LibraryFeature.jobWorkers)

    /// Makes a document searchable. An hour is enough for some thousand pages on two cores.
    static let ingest = JobKind<IngestPayload>("library.ingest", queue: queue.name, maxAttempts: 4, timeout: .seconds(3600))

    /// Makes a document's vectors of the model that is to serve next, when nobody waits for a document to be read.
    static let renew = JobKind<IngestPayload>("library.renew_vectors", queue: queue.name, maxAttempts: 4, timeout: .seconds(3600))

    struct NoPayload: Codable, Sendable {}

    /// Removes the vectors of a model that serves no more.
    static let dropVectors = JobKind<NoPayload>("library.drop_vectors", queue: "maintenance")

    /// Removes the files of an account that went away, where nobody else has the same.
    static let removeFiles = JobKind<RemoveFilesPayload>("library.remove_files", queue: "maintenance")

    /// Removes what crashes and refusals left.
    static let sweep = PeriodicJob(PeriodicJob.Kind("library.sweep", queue: "maintenance"), every: .seconds(3600))

    static func uniqueKey(_ id: DocumentID) -> String { "document:\(id)" }

    static func handlers(_ library: LibraryService, _ ingestion: Ingestion, _ renewal: VectorRenewal) -> [JobHandler] {
        [
            ingest(by: ingestion),
            JobHandler(renew) { payload, context in
                try await renewal.run(payload.documentID, context: context)
                return Ingestion.result(payload.documentID)
            },
            JobHandler(dropVectors) { _, context in
                try await renewal.dropOld(context)
                return nil
            },
            JobHandler(removeFiles) { payload, _ in
                try await library.removeUnused(payload.digests)
                return nil
            },
            JobHandler(sweep.kind) { _, _ in ["removed": "\(try await library.sweep())"] },
        ]
    }

    static func ingest(by ingestion: Ingestion) -> JobHandler {
        JobHandler(
            ingest,
            onDead: { ended, transaction in
                let payload = try ended.payload(as: IngestPayload.self)
                let problem = Document.Problem(code: ended.errorCode, message: ended.message)
                try await ingestion.end.note(payload.documentID, problem, job: ended.job.id.uuid, in: transaction)
            },
            run: { payload, context in
                try await ingestion.run(payload.documentID, context: context)
                return Ingestion.result(payload.documentID)
            })
    }
}
