import Ambient
import Backup
import Database
import Failures
import FoundationEssentials

extension Doctor {
    /// Whether there is a way back from a lost disk.
    func backups() async -> Finding {
        let part = "back-ups"
        do {
            let settings = try BackupConfiguration(from: configuration.source)
            guard settings.place != nil else {
                return .good(part, "none are made: LM_BACKUP_URL says where, a folder of another disk or s3://…")
            }
            let database = Application.openDatabase(configuration, logger: logger)
            let found = await found(settings, database)
            await database.close()
            return try found.get()
        } catch {
            return .broken(
                part, (error as? any Failure)?.message ?? "\(error)",
                "Mend LM_BACKUP_URL and what belongs to it; `lm backup` tries it.")
        }
    }

    private func found(_ settings: BackupConfiguration, _ database: any Database) async -> Result<Finding, any Error> {
        let part = "back-ups"
        do {
            let service = BackupService(
                settings, data: configuration.storage.dataDirectory, database: database, ambient: ambient, logger: logger)
            let repository: BackupRepository
            do {
                repository = try await service.repository()
            } catch let failure as BackupFailure where failure.code == .notFound {
                return .success(
                    .advice(
                        part, "none yet at \(try settings.store(ambient: ambient, logger: logger).place)", "`lm backup` makes one.")
                )
            }
            guard let last = try await repository.snapshots().last else {
                return .success(.advice(part, "none yet at \(repository.place)", "`lm backup` makes one."))
            }
            let now = ambient.now()
            let hours = Int(now.timeIntervalSince(last.madeAt) / 3600)
            let text = "\(repository.place), the last \(hours) hours old"
            if settings.isOverdue(last.madeAt, at: now) {
                return .success(
                    .broken(part, text, "`lm backup` makes one now and says what hinders it; `lm serve` makes them when it runs."))
            }
            guard last.hasKeys else {
                return .success(
                    .advice(
                        part, text + ", without keys",
                        "Set LM_BACKUP_KEY_FILE or LM_BACKUP_PASSPHRASE, or keep signing.key and sealing.key in a safe place of their own."
                    ))
            }
            return .success(.good(part, text))
        } catch { return .failure(error) }
    }
}
