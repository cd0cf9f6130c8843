import Assembly
import Events
import HTTPServing
import Jobs

/// The job queue as the program takes it in: its API, its tables and what keeps them small.
struct JobsFeature: Feature {
    static let manifest = FeatureManifest(
        "jobs", service: .jobs, migrations: JobsMigrations.all,
        events: [EventKind("job.progress", "A job's state, and how far it is.", payload: JobNote.self, isStored: false)],
        queues: [WorkQueue("default", width: 2), WorkQueue("maintenance", width: 1)], periodic: [JobRetention.prune],
        portability: AccountPortability(
            export: { _, _ in [] },
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
