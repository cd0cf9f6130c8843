import Assembly
import Backup
import Database
import Events
import HTTPServing
import Jobs
import SQLiteDatabase

/// Back-ups as the program takes them in.
struct BackupsFeature: Feature {
    static let made = EventKind("backup.made", "A back-up of the whole installation is whole.", payload: BackupNote.self)

    static let manifest = FeatureManifest(
        "backups", service: .jobs, migrations: BackupRunStore.migrations, settings: BackupConfiguration.settings, events: [made],
        queues: [WorkQueue("backups", width: 1)])

    let parts: FeatureParts

    /// - Parameter data: the data folder's path.
    init(on ground: FeatureGround, data: String) throws {
        let configuration = try BackupConfiguration(from: ground.settings)
        // A copy is of the database itself, and no transaction that is measured.
        let base = (ground.database as? MeteredDatabase)?.base ?? ground.database
        let service = BackupService(
            configuration, data: data, database: base, ambient: ground.ambient, logger: ground.logger)
        let jobs = ground.jobs
        var continuous: ContinuousBackup?
        if configuration.keepsLog, let database = base as? SQLiteDatabase {
            continuous = ContinuousBackup(
                repository: { try await service.preparedRepository() }, log: SQLiteChangeLog(path: database.path),
                files: service.files, ambient: ground.ambient, logger: ground.logger, hold: { try await service.holdPieces() },
                askForBackup: { try await jobs.enqueue(BackupDesk.make, .init(), user: nil, uniqueKey: BackupDesk.make.name) })
        }
        let desk = BackupDesk(service, ground: ground, continuous: continuous)
        parts = FeatureParts(
            routes: [BackupRoutes(desk: desk)],
            handlers: [JobHandler(BackupDesk.make) { _, context in try await desk.run(context) }], periodic: desk.schedule,
            besideJobs: continuous.map { [$0] } ?? [],
            checks: desk.isOn ? [.aside("backups", validity: .seconds(30)) { try await desk.standing() }] : [],
            beforeServing: { await desk.tellMetrics() })
    }
}
