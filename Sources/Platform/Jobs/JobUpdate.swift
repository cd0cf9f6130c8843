package import Ambient
package import Events

/// What is new about a job: its state, or how far it is.
package struct JobUpdate: Sendable, Hashable {
    package let jobID: JobID
    package let kind: String
    package let userID: UserID?
    package let state: JobState
    package let progress: JobProgress?

    /// As its owner's event stream tells it: `job.progress` with `{job_id, kind, state, progress?: {stage, done, total}}`.
    package var event: EventDraft {
        EventDraft(
            type: "job.progress", userID: userID,
            payload: Payload(jobID: jobID, kind: kind, state: state, progress: progress))
    }

    private struct Payload: Encodable, Sendable {
        let jobID: JobID
        let kind: String
        let state: JobState
        let progress: JobProgress?

        enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case kind, state, progress
        }
    }
}

extension JobUpdate {
    /// For `JobWorker`'s `onUpdate`: tells the bus, without storing anything.
    package static func publishing(to bus: EventBus) -> @Sendable (JobUpdate) -> Void {
        { update in bus.publish(update.event) }
    }
}
