package import FoundationEssentials
import HTTPServing
import TimeZones

/// `GET /admin/jobs/schedules`
package struct JobSchedulesView: APIType {
    package struct Entry: APIType {
        /// The kind of the jobs.
        package var name: String
        package var queue: String
        /// From one run to the next; absent where `cron` says when.
        package var everySeconds: Int?
        /// Minute, hour, day of the month, month and day of the week.
        package var cron: String?
        /// In which `cron` is meant: `Europe/Berlin`.
        package var timeZone: String?
        package var nextRunAt: Date?
        /// When the last run was due; absent if it never ran.
        package var lastDueAt: Date?
        /// The last run.
        package var lastRun: JobEntryView?

        package static var schemaName: String { "JobScheduleEntry" }

        init(_ standing: ScheduleStanding) {
            (name, queue) = (standing.job.kind.name, standing.job.kind.queue)
            switch standing.job.schedule {
            case .every(let interval): everySeconds = Int(interval.components.seconds)
            case .cron(let expression, let zone):
                (cron, timeZone) = (expression.description, (expression.zone ?? zone).name)
            }
            (nextRunAt, lastDueAt) = (standing.nextDue, standing.lastDue)
            lastRun = standing.lastRun.map(JobEntryView.init)
        }

        package enum CodingKeys: String, CodingKey {
            case name, queue, cron
            case everySeconds = "every_seconds"
            case timeZone = "time_zone"
            case nextRunAt = "next_run_at"
            case lastDueAt = "last_due_at"
            case lastRun = "last_run"
        }
    }

    package var data: [Entry]
}
