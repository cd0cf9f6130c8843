import Assembly
import Events
import HTTPServing
import Jobs
import Settings
import TimeZones

/// The job queue as the program takes it in: its API, its tables and what keeps them small.
struct JobsFeature: Feature {
    /// In which schedules are meant that name no zone of their own.
    static let timeZone = Setting<ZoneRules?>(
        "LM_TIME_ZONE", default: nil, form: "the name of a time zone, such as Europe/Berlin",
        purpose: "The time zone in which schedules are meant; that of the machine if unset."
    ) { text in ZoneCatalogue.system.zone(text).map { .some($0) } }
    static let limits = Setting<[String: Int]>(
        "LM_JOB_LIMITS", default: [:], form: "kinds of jobs with a number each, such as library.ingest=1,readaloud.narrate=2",
        purpose: "How many jobs of a kind run at once at most, in all processes together."
    ) { text in
        var limits: [String: Int] = [:]
        for part in text.split(separator: ",") {
            let words = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard words.count == 2, !words[0].isEmpty, let number = Int(words[1]), (1...1000).contains(number) else { return nil }
            limits[words[0]] = number
        }
        return limits
    }

    static let manifest = FeatureManifest(
        "jobs", service: .jobs, migrations: JobsMigrations.all, settings: [timeZone, limits],
        events: [EventKind("job.progress", "A job's state, and how far it is.", payload: JobNote.self, isStored: false)],
        queues: [WorkQueue("default", width: 2), WorkQueue("maintenance", width: 1)], periodic: [JobRetention.prune],
        portability: AccountPortability(
            export: { _, _ in [] }, staying: ["jobs": .passing],
            erase: { user, ground, transaction in try await ground.jobs.deleteAll(of: user, in: transaction) }),
        measures: [
            FeatureMeasure("lm_jobs", "Jobs in the table, by state.") { transaction in
                let counts = try await JobQueue.counts(in: transaction)
                return JobState.allCases.map { ([("state", $0.rawValue)], Double(counts[$0] ?? 0)) }
            }
        ])

    let parts: FeatureParts

    init(on ground: FeatureGround) {
        let retention = JobRetention(database: ground.database, ambient: ground.ambient, logger: ground.logger)
        parts = FeatureParts(
            routes: [JobRoutes(queue: ground.jobs), JobAdministrationRoutes(queue: ground.jobs)], handlers: [retention.handler])
    }
}
