import HTTPServing
import Jobs

/// The payload of `job.progress`, as `JobUpdate` tells it.
struct JobNote: APIType {
    var jobID: JobID
    var kind: String
    var state: JobState
    var progress: JobProgress?

    enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case kind, state, progress
    }
}
