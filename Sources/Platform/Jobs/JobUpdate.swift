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
    package var note: PassingNote {
        var fields: [String: PassingNote.Value] = ["job_id": .id(jobID), "kind": .word(kind), "state": .word(state.rawValue)]
        if let progress {
            fields["progress"] = .note([
                "stage": .word(progress.stage), "done": .count(progress.done), "total": .count(progress.total),
            ])
        }
        return PassingNote("job.progress", user: userID, fields)
    }
}

extension JobUpdate {
    /// For `JobWorker`'s `onUpdate`: tells the bus, without storing anything.
    package static func publishing(to bus: EventBus) -> @Sendable (JobUpdate) -> Void {
        { update in bus.publish(update.note) }
    }
}
