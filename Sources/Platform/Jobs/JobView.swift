import Ambient
package import FoundationEssentials
package import HTTPServing

/// A job on the wire.
package struct JobView: APIType {
    package struct Progress: APIType {
        package var stage: String
        package var done: Int
        package var total: Int
    }

    package struct Problem: APIType {
        /// As in an error answer.
        package var error: String
        package var message: String
    }

    package struct LogLine: APIType {
        package var attempt: Int
        package var timestamp: Date
        package var text: String

        init(_ line: JobLogLine) { (attempt, timestamp, text) = (line.attempt, line.writtenAt, line.text) }
    }

    package var id: String
    package var kind: String
    package var state: JobState
    package var progress: Progress?
    package var attempts: Int
    package var maxAttempts: Int
    package var isCancelRequested: Bool
    package var error: Problem?
    package var result: [String: String]?
    package var log: [LogLine]?
    package var createdAt: Date
    package var startedAt: Date?
    package var finishedAt: Date?
    /// When the next attempt is due.
    package var availableAt: Date?

    package init(_ job: Job, log lines: [JobLogLine]? = nil) {
        id = job.id.description
        kind = job.kind
        state = job.state
        progress = job.progress.map { Progress(stage: $0.stage, done: $0.done, total: $0.total) }
        attempts = job.attempt
        maxAttempts = job.maxAttempts
        isCancelRequested = job.isCancelRequested
        error = job.errorCode.map { Problem(error: $0, message: job.errorMessage ?? "") }
        result = job.result?.facts
        log = lines?.map(LogLine.init)
        createdAt = job.createdAt
        startedAt = job.startedAt
        finishedAt = job.finishedAt
        availableAt = job.state == .pending || job.state == .failed ? job.availableAt : nil
    }

    package enum CodingKeys: String, CodingKey {
        case id, kind, state, progress, attempts, error, result, log
        case maxAttempts = "max_attempts"
        case isCancelRequested = "cancel_requested"
        case createdAt = "created_at"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case availableAt = "available_at"
    }
}

/// `GET /jobs/:id/log`: the last 200 lines, in order.
package struct JobLogView: APIType {
    package var data: [JobView.LogLine]
}

/// `?page=1&limit=20&state=failed`
package struct JobListQuery: APIType {
    package var page: PageQuery
    package var state: JobState?

    package init(from decoder: any Decoder) throws {
        page = try PageQuery(from: decoder)
        state = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(JobState.self, forKey: .state)
    }

    package func encode(to encoder: any Encoder) throws {
        try page.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(state, forKey: .state)
    }

    package enum CodingKeys: String, CodingKey { case state }

    package static var constraints: [Constraint<JobListQuery>] {
        [.inlined(\.page), .describe("state", "Only jobs in this state.")]
    }
}
