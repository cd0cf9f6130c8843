import Ambient
import Database
import Failures
import FoundationEssentials
import Passages

/// Marks a document whose reading came to no good end: it failed, or was stopped.
struct ReadingEnd: Sendable {
    let events: DocumentEvents
    let ambient: Ambient
    private let documents = DocumentStore()

    init(events: DocumentEvents, ambient: Ambient) {
        self.events = events
        self.ambient = ambient
    }

    /// Leaves alone a document that has ended already, is gone, or is another job's by now.
    ///
    /// - Parameter job: whose word it is; nil for the student's own.
    func note(
        _ id: DocumentID, _ problem: Document.Problem, job: UUID?, in transaction: any Transaction
    ) async throws {
        guard var document = try await documents.find(id, in: transaction), document.isBeingRead,
            job == nil || document.jobID == job
        else { return }
        let now = ambient.now()
        document.stages.rest(at: now)
        try await documents.setFailed(id, problem, stages: document.stages, now: now, in: transaction)
        guard let ended = try await documents.find(id, in: transaction) else { return }
        try await events.append(
            ended.status == .cancelled ? LibraryEvents.cancelled : LibraryEvents.failed, ended, in: transaction)
    }
}

extension Document.Problem {
    /// What is noted of a document whose reading was stopped.
    static let cancelled = Document.Problem(code: FailureCode.cancelled.rawValue, message: "It was stopped.")
    /// What is noted of a document that came from another installation, until all of it did.
    static let arriving = Document.Problem(
        code: "arriving", message: "The archive that it came in was not read to its end; try again.")
}
