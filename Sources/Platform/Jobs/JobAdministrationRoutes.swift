import Ambient
import Failures
package import FoundationEssentials
package import HTTPServing

/// `/admin/jobs`: what the server works on, for whom it does not matter: kinds, states and faults, never what a job is about.
package struct JobAdministrationRoutes: RouteCollection {
    private let queue: JobQueue

    package init(queue: JobQueue) { self.queue = queue }

    package var routes: [Route] {
        [
            .get(
                "/admin/jobs", "List everybody's jobs, the newest first", tag: "Administration", access: .administrator,
                query: AllJobsQuery.self, returns: Page<JobEntryView>.self
            ) { [queue] _, query in
                let page = query.page
                let (jobs, total) = try await queue.allJobs(
                    state: query.state, kind: query.kind, offset: page.offset, limit: page.limit)
                return Page(data: jobs.map(JobEntryView.init), for: page, total: total)
            },
            .get(
                "/admin/jobs/queues", "How many jobs each queue has", tag: "Administration", access: .administrator,
                returns: JobQueuesView.self
            ) { [queue] _ in JobQueuesView(data: try await queue.queueCounts().map(JobQueuesView.Entry.init)) },
            .post(
                "/admin/jobs/:id/retry", "Try anybody's job again", tag: "Administration", access: .administrator,
                returns: JobEntryView.self, failures: [.notFound, .conflict]
            ) { [queue] call in JobEntryView(try await queue.retryAny(try call.parameter("id"))) },
            .post(
                "/admin/jobs/:id/cancel", "Stop anybody's job", tag: "Administration", access: .administrator,
                returns: JobEntryView.self, failures: [.notFound, .conflict]
            ) { [queue] call in JobEntryView(try await queue.cancelAny(try call.parameter("id"))) },
            .get(
                "/admin/jobs/schedules", "What is done again and again, when, and what came of it last", tag: "Administration",
                access: .administrator, returns: JobSchedulesView.self
            ) { [queue] _ in JobSchedulesView(data: try await queue.schedules().map(JobSchedulesView.Entry.init)) },
            .post(
                "/admin/jobs/schedules/:name/run", "Do now what a schedule does later", tag: "Administration",
                access: .administrator, returns: JobEntryView.self, status: 202, failures: [.notFound]
            ) { [queue] call in JobEntryView(try await queue.runNow(try call.parameter("name"))) }
            .described("While one of its jobs waits or runs, the answer is that one."),
            .post(
                "/admin/jobs/retry-dead", "Try all jobs of a kind again that failed for good", tag: "Administration",
                access: .administrator, body: RetryDeadRequest.self, returns: RetriedView.self
            ) { [queue] _, input in RetriedView(retried: try await queue.retryDead(kind: input.kind)) },
        ]
    }
}

/// `GET /admin/jobs`
package struct AllJobsQuery: APIType {
    package var page: PageQuery
    package var state: JobState?
    package var kind: String?

    package init(from decoder: any Decoder) throws {
        page = try PageQuery(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        state = try container.decodeIfPresent(JobState.self, forKey: .state)
        kind = try container.decodeIfPresent(String.self, forKey: .kind)
    }

    package func encode(to encoder: any Encoder) throws {
        try page.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(state, forKey: .state)
        try container.encodeIfPresent(kind, forKey: .kind)
    }

    package enum CodingKeys: String, CodingKey { case state, kind }

    package static var constraints: [Constraint<AllJobsQuery>] {
        [
            .inlined(\.page), .length(\.kind, "kind", 1...100), .describe("state", "Only jobs in this state."),
            .describe("kind", "Only jobs of this kind."),
        ]
    }
}

/// `POST /admin/jobs/retry-dead`
package struct RetryDeadRequest: APIType {
    package var kind: String

    package static var constraints: [Constraint<RetryDeadRequest>] { [.length(\.kind, "kind", 1...100)] }
}

/// How many are in line again.
package struct RetriedView: APIType {
    package var retried: Int
}

/// The queues that have jobs.
package struct JobQueuesView: APIType {
    package struct Entry: APIType {
        package var queue: String
        package var waiting: Int
        package var running: Int
        /// To be tried again.
        package var failed: Int
        package var dead: Int

        package static var schemaName: String { "JobQueueEntry" }

        init(_ count: JobQueueCount) {
            queue = count.queue
            waiting = count.states[.pending] ?? 0
            running = count.states[.running] ?? 0
            failed = count.states[.failed] ?? 0
            dead = count.states[.dead] ?? 0
        }
    }

    package var data: [Entry]
}

/// A job as administrators see it: not what it is about, nor what it wrote.
package struct JobEntryView: APIType {
    package var id: String
    package var kind: String
    package var queue: String
    package var state: JobState
    package var progress: JobView.Progress?
    package var attempts: Int
    package var maxAttempts: Int
    package var error: JobView.Problem?
    package var createdAt: Date
    package var startedAt: Date?
    package var finishedAt: Date?

    init(_ job: Job) {
        (id, kind, queue, state) = (job.id.description, job.kind, job.queue, job.state)
        progress = job.progress.map { JobView.Progress(stage: $0.stage, done: $0.done, total: $0.total) }
        (attempts, maxAttempts) = (job.attempt, job.maxAttempts)
        error = job.errorCode.map { JobView.Problem(error: $0, message: job.errorMessage ?? "") }
        (createdAt, startedAt, finishedAt) = (job.createdAt, job.startedAt, job.finishedAt)
    }

    package enum CodingKeys: String, CodingKey {
        case id, kind, queue, state, progress, attempts, error
        case maxAttempts = "max_attempts"
        case createdAt = "created_at"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }
}
