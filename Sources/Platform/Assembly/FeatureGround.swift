package import Ambient
package import BlobStorage
package import Database
package import Events
package import Jobs
package import Settings
package import Signals
package import Telemetry

/// What every feature stands on, whatever it is about.
package struct FeatureGround: Sendable {
    package let database: any Database
    package let jobs: JobQueue
    package let outbox: EventOutbox
    package let bus: EventBus
    package let signals: SignalListener
    package let blobs: any BlobStore
    package let ambient: Ambient
    package let logger: Logger
    package let metrics: Metrics
    /// Where a feature reads the settings that its manifest declares.
    package let settings: SettingsSource

    package init(
        database: any Database, jobs: JobQueue, outbox: EventOutbox, bus: EventBus, signals: SignalListener, blobs: any BlobStore,
        ambient: Ambient, logger: Logger, metrics: Metrics, settings: SettingsSource
    ) {
        self.database = database
        self.jobs = jobs
        self.outbox = outbox
        self.bus = bus
        self.signals = signals
        self.blobs = blobs
        self.ambient = ambient
        self.logger = logger
        self.metrics = metrics
        self.settings = settings
    }
}
