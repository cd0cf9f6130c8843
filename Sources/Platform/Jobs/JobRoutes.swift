import Ambient
import Failures
package import HTTPServing

/// `/jobs`: what the person's jobs do, and stopping or repeating them. Another person's job is not there.
package struct JobRoutes: RouteCollection {
    private let queue: JobQueue

    package init(queue: JobQueue) { self.queue = queue }

    package var routes: [Route] {
        [
            .get("/jobs", "List your jobs, the newest first", tag: "Jobs", query: JobListQuery.self, returns: Page<JobView>.self) {
                [queue] call, query in
                let page = query.page
                let (jobs, total) = try await queue.jobs(
                    of: try call.user(), state: query.state, offset: page.offset, limit: page.limit)
                return Page(data: jobs.map { JobView($0) }, for: page, total: total)
            },
            .get("/jobs/:id", "Look at a job", tag: "Jobs", returns: JobView.self, failures: [.notFound]) { [queue] call in
                let (job, lines) = try await queue.jobWithLog(try call.parameter("id"), of: try call.user())
                return JobView(job, log: lines)
            },
            .get(
                "/jobs/:id/log", "Read what a job wrote", tag: "Jobs", returns: JobLogView.self, failures: [.notFound]
            ) { [queue] call in
                let (_, lines) = try await queue.jobWithLog(try call.parameter("id"), of: try call.user())
                return JobLogView(data: lines.map(JobView.LogLine.init))
            },
            .post("/jobs/:id/cancel", "Stop a job", tag: "Jobs", returns: JobView.self, failures: [.notFound, .conflict]) {
                [queue] call in
                JobView(try await queue.cancel(try call.parameter("id"), of: try call.user()))
            },
            .post(
                "/jobs/:id/retry", "Try a job again that failed or was stopped", tag: "Jobs", returns: JobView.self,
                failures: [.notFound, .conflict]
            ) { [queue] call in
                JobView(try await queue.retry(try call.parameter("id"), of: try call.user()))
            },
        ]
    }
}
