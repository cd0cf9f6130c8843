package import Database
package import Events
package import Jobs
package import Settings

/// What a feature declares before anything is made.
package struct FeatureManifest: Sendable {
    /// `library`: the feature of its migrations, the label of its log.
    package let name: String
    /// Who serves it when services run apart.
    package let service: ServiceName
    /// The features whose tables its own refer to.
    package let after: [String]
    package let migrations: [Migration]
    package let settings: [any AnySetting]
    package let events: [EventKind]
    /// The queues that are its own, with their widths.
    package let queues: [WorkQueue]
    /// Work that is done again and again, once in all processes.
    package let periodic: [PeriodicJob]
    /// Jobs that are enqueued with an event of another feature, in the transaction that stores it.
    package let reactions: [EventReaction]
    /// How one person's data leave the program.
    package let portability: AccountPortability?
    /// The programs that read untrusted files for it, by their names in `/usr/bin`: what the sandbox may run.
    package let programs: Set<String>
    /// What of its tables is sealed.
    package let sealed: [SealedColumn]
    /// Figures about what it keeps, for metrics.
    package let measures: [FeatureMeasure]

    package init(
        _ name: String, service: ServiceName, after: [String] = [], migrations: [Migration] = [],
        settings: [any AnySetting] = [], events: [EventKind] = [], queues: [WorkQueue] = [], periodic: [PeriodicJob] = [],
        reactions: [EventReaction] = [], portability: AccountPortability? = nil,
        programs: Set<String> = [], sealed: [SealedColumn] = [], measures: [FeatureMeasure] = []
    ) {
        self.name = name
        self.service = service
        self.after = after
        self.migrations = migrations
        self.settings = settings
        self.events = events
        self.queues = queues
        self.periodic = periodic
        self.reactions = reactions
        self.portability = portability
        self.programs = programs
        self.sealed = sealed
        self.measures = measures
    }
}
