package import Ambient
import Database
package import FoundationEssentials
import Telemetry

package enum JobMarker {}
package typealias JobID = Identifier<JobMarker>

/// Where a job stands; `Docs/Jobs.md` draws how it moves.
///
///     enqueue -> pending -> running -> succeeded
///                   ^          |-----> failed --(when it is due)--> running
///                   |          |-----> dead        no attempt left, or trying again is of no use
///                   |          |-----> cancelled
///                   +-- retry -+       (a lease released at shutdown goes back to pending, without counting the attempt)
package enum JobState: String, Sendable, CaseIterable, Codable, SQLCodable {
    /// Waits to be claimed.
    case pending
    /// A worker holds its lease.
    case running
    case succeeded
    /// The last attempt failed; the next is due at `availableAt`.
    case failed
    /// Failed for good.
    case dead
    case cancelled

    /// As a list for `IN`, in the same words as the partial indexes, which the planner can use only then.
    static let live: SQL = "('pending', 'running', 'failed')"
    static let waiting: SQL = "('pending', 'failed')"
}

/// How far a job is: `done` of `total` units of a stage. `total` 0 means that it is not known.
package struct JobProgress: Sendable, Hashable, Codable {
    package var stage: String
    package var done: Int
    package var total: Int

    package init(stage: String, done: Int, total: Int) {
        self.stage = stage
        self.done = done
        self.total = total
    }
}

/// What a finished job leaves behind for whoever asks: a few named facts, `["document_id": "…"]`.
package struct JobResult: Sendable, Hashable, Codable, ExpressibleByDictionaryLiteral {
    package var facts: [String: String]

    package init(_ facts: [String: String]) { self.facts = facts }
    package init(dictionaryLiteral elements: (String, String)...) { facts = Dictionary(elements) { $1 } }
}

/// A row of the table of jobs.
package struct Job: Sendable {
    package let id: JobID
    package let kind: String
    package let queue: String
    /// For whom it runs; nil for the program's own.
    package let userID: UserID?
    package let state: JobState
    /// The payload as JSON.
    package let payload: String
    package let uniqueKey: String?
    /// How many attempts have begun.
    package let attempt: Int
    package let maxAttempts: Int
    package let availableAt: Date
    package let isCancelRequested: Bool
    package let progress: JobProgress?
    package let result: JobResult?
    /// Of the last attempt that failed: a `FailureCode`'s text and a sentence for the person.
    package let errorCode: String?
    package let errorMessage: String?
    package let createdAt: Date
    package let startedAt: Date?
    package let finishedAt: Date?
    /// What had it done, for traces.
    let origin: SpanContext?

    init(_ row: Row) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        queue = try row.get("queue")
        userID = try row.optional("user_id")
        state = try row.get("state")
        payload = try row.get("payload")
        uniqueKey = try row.optional("unique_key")
        attempt = try row.get("attempt")
        maxAttempts = try row.get("max_attempts")
        availableAt = try row.get("available_at")
        isCancelRequested = try row.get("cancel_requested")
        let stage: String? = try row.optional("progress_stage")
        progress = try stage.map {
            JobProgress(stage: $0, done: try row.get("progress_done"), total: try row.get("progress_total"))
        }
        let text: String? = try row.optional("result")
        result = try text.map { try JSONColumn.value($0) }
        errorCode = try row.optional("error_code")
        errorMessage = try row.optional("error_message")
        createdAt = try row.get("created_at")
        startedAt = try row.optional("started_at")
        finishedAt = try row.optional("finished_at")
        origin = try row.optional("trace_context", as: String.self).flatMap { SpanContext(stored: $0) }
    }
}

/// A line that a job wrote about its work.
package struct JobLogLine: Sendable, Hashable {
    package let attempt: Int
    package let writtenAt: Date
    package let text: String
}
