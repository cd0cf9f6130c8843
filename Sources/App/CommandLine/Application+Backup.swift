import Ambient
package import Backup
import Database
import Failures
package import FoundationEssentials
import PostgresDatabase
import SQLiteDatabase
package import Telemetry

extension Application {
    /// Runs `body` with the back-ups of an installation, whether its program runs or not. Its tables are not touched.
    package static func withBackups<Value: Sendable>(
        _ configuration: Configuration, logger: Logger, _ body: (BackupService) async throws -> Value
    ) async throws -> Value {
        let settings = try BackupConfiguration(from: configuration.source)
        let database = openDatabase(configuration, logger: logger)
        let service = BackupService(
            settings, data: configuration.storage.dataDirectory, database: database, logger: logger)
        let result: Result<Value, any Error>
        do { result = .success(try await body(service)) } catch { result = .failure(error) }
        await database.close()
        return try result.get()
    }

    /// Makes a back-up now.
    package static func backUp(
        _ configuration: Configuration, logger: Logger, onProgress: @escaping BackupWriter.Progress
    ) async throws -> BackupSnapshot {
        _ = try DataDirectory(path: configuration.storage.dataDirectory)
        return try await withBackups(configuration, logger: logger) { try await $0.run(onProgress: onProgress) }
    }

    /// What is to be put back, and into what.
    package struct Restoration: Sendable {
        package let plan: BackupPlan
        package let folder: String
        /// nil if it was only looked whether it could be done.
        package let outcome: BackupRestorer.Outcome?
    }

    /// Puts a back-up into a new folder, and into an empty database where the settings name one.
    ///
    /// - Parameters:
    ///   - id: the newest if nil.
    ///   - moment: the last state before it; the newest if nil.
    ///   - folder: the data folder of the settings if nil.
    ///   - isTried: only look whether it could be done.
    package static func restore(
        _ id: String?, at moment: Date?, to folder: String?, isTried: Bool, configuration: Configuration, logger: Logger,
        onProgress: @escaping BackupWriter.Progress
    ) async throws -> Restoration {
        var configuration = configuration
        if let folder {
            let old = configuration.storage.dataDirectory
            configuration.storage.dataDirectory = folder
            if case .sqlite(let path) = configuration.storage.database, path.hasPrefix(old + "/") {
                configuration.storage.database = .sqlite(path: folder + path.dropFirst(old.count))
            }
        }
        let goal = configuration.storage.dataDirectory
        let settings = try BackupConfiguration(from: configuration.source)
        let postgres: PostgresDatabase?
        let target: any RestorableDatabase
        switch configuration.storage.database {
        case .sqlite(let path): (postgres, target) = (nil, SQLiteRestoration(path: path, folder: goal))
        case .postgres(let url):
            let database = PostgresDatabase(url: url, logger: logger)
            (postgres, target) = (database, PostgresRestoration(database))
        }
        let result: Result<Restoration, any Error>
        do {
            let store = try settings.store(ambient: .live, logger: logger)
            let repository = try await BackupRepository(store, key: try settings.key())
            let plan = try await repository.plan(id, at: moment)
            let restorer = BackupRestorer(repository)
            var outcome: BackupRestorer.Outcome?
            if isTried {
                try await restorer.check(plan, folder: goal, database: target)
            } else {
                outcome = try await restorer.restore(plan, to: goal, database: target, onProgress: onProgress)
            }
            result = .success(Restoration(plan: plan, folder: goal, outcome: outcome))
        } catch { result = .failure(error) }
        await postgres?.close()
        return try result.get()
    }

    /// Writes a new key for back-ups.
    package static func makeBackupKey(at path: String) throws { try BackupConfiguration.makeKey(at: path) }
}
