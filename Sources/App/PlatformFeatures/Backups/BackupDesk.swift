import Ambient
import Assembly
import Backup
import Database
import Events
import Failures
import FoundationEssentials
import Jobs
import Telemetry

/// Has back-ups made by jobs, when they are due or somebody asks, and keeps the record of them.
struct BackupDesk: Sendable {
    /// What makes one. Its queue is its own: it may take hours. One that fails is tried again for some hours.
    static let make = PeriodicJob.Kind(
        "backups.make", queue: "backups", maxAttempts: 12, timeout: .seconds(12 * 3600),
        backoff: JobBackoff(base: .seconds(10), cap: .seconds(3600)), atMost: 1)
    /// As its schedule has it, so that one that was asked for and one that is due are one.
    private static let key = make.name

    let service: BackupService
    let ground: FeatureGround
    let continuous: ContinuousBackup?
    private let store = BackupRunStore()

    init(_ service: BackupService, ground: FeatureGround, continuous: ContinuousBackup?) {
        self.service = service
        self.ground = ground
        self.continuous = continuous
    }

    var isOn: Bool { service.configuration.place != nil }

    /// For somebody who is told of its progress; while one is being made, its job.
    @discardableResult
    func request(for user: UserID?) async throws -> JobID {
        guard isOn else {
            throw BackupFailure(.unavailable, "No back-ups are made here: its administrator has to set LM_BACKUP_URL.")
        }
        return try await ground.jobs.enqueue(Self.make, .init(), user: user, uniqueKey: Self.key, priority: 1)
    }

    func run(_ context: JobContext) async throws -> JobResult {
        do {
            let snapshot = try await service.run(log: { [continuous] in continuous?.position }) { stage, done, total in
                try context.checkCancelled()
                context.progress(stage: stage, done: done, total: total)
            }
            if let position = snapshot.log { continuous?.goesOn(from: position) }
            let note = BackupNote(snapshotID: snapshot.id, size: snapshot.size)
            try await record(BackupRun(of: snapshot, at: ground.ambient.now()), note)
            return ["backup": snapshot.id, "size": "\(snapshot.size)", "added": "\(snapshot.added)"]
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let text =
                (error as? any Failure).flatMap { $0.code == .internal ? nil : $0.message }
                ?? "Something went wrong; the log says what."
            try? await record(BackupRun(failed: text, at: ground.ambient.now()), nil)
            ground.metrics.increment("backup_runs_total", [("outcome", "failed")], help: "Attempts at back-ups.")
            throw error
        }
    }

    func overview() async throws -> BackupsView {
        let (runs, last, job) = try await ground.database.read(as: .system) { transaction in
            (
                try await store.runs(limit: 20, in: transaction), try await store.lastSuccess(in: transaction),
                try await ground.jobs.live(Self.make, uniqueKey: Self.key, in: transaction)
            )
        }
        let configuration = service.configuration
        return BackupsView(
            isOn: isOn, place: isOn ? try configuration.store(ambient: ground.ambient, logger: ground.logger).place : nil,
            schedule: configuration.scheduleWords, isEncrypted: configuration.isEncrypted, hasKeys: configuration.hasKeys,
            continuousUntil: continuous?.status.shownUntil, jobID: job?.description, lastSuccessAt: last?.endedAt,
            data: runs.map(BackupsView.Attempt.init))
    }

    /// When they are made.
    var schedule: [PeriodicJob] { service.configuration.schedule.map { [PeriodicJob(Self.make, $0)] } ?? [] }

    /// For `/ready`: how old the last one is. Throws if it is older than it should be.
    func standing() async throws -> String {
        let last = try await ground.database.read(as: .system) { try await store.lastSuccess(in: $0) }
        guard let last else { throw BackupFailure(.unavailable, "No back-up has been made yet.") }
        let now = ground.ambient.now()
        let age = now.timeIntervalSince(last.endedAt)
        let text = "\(Int(age / 60)) minutes old"
        if service.configuration.isOverdue(last.endedAt, at: now) {
            throw BackupFailure(.unavailable, "The last back-up is \(Int(age / 3600)) hours old.")
        }
        return text
    }

    /// The figures of before this process.
    func tellMetrics() async {
        let last = try? await ground.database.read(as: .system) { try await store.lastSuccess(in: $0) }
        if let last { tell(last) }
        ground.metrics.onCollect { [continuous, ambient = ground.ambient] metrics in
            guard let until = continuous?.status.shownUntil else { return }
            metrics.set(
                "backup_log_lag_seconds", to: ambient.now().timeIntervalSince(until),
                help: "How long ago all that was committed was at the place of the back-ups.")
        }
    }

    private func tell(_ run: BackupRun) {
        ground.metrics.set(
            "backup_last_success_timestamp_seconds", to: run.endedAt.timeIntervalSince1970, help: "When the last back-up was whole."
        )
        ground.metrics.set("backup_last_size_bytes", to: Double(run.size), help: "Bytes of all that is in the last back-up.")
    }

    private func record(_ run: BackupRun, _ note: BackupNote?) async throws {
        try await ground.database.transaction(as: .system) { transaction in
            try await store.add(run, id: ground.ambient.newID(), in: transaction)
            guard let note else { return }
            _ = try await ground.outbox.append(
                EventDraft(type: BackupsFeature.made.name, userID: nil, payload: note), in: transaction)
        }
        guard note != nil else { return }
        tell(run)
        ground.metrics.increment("backup_runs_total", [("outcome", "made")], help: "Attempts at back-ups.")
    }
}
