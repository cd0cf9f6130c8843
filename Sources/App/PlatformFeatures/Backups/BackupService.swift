import Ambient
package import Backup
import BlobStorage
import Concurrency
import Database
import Failures
import FoundationEssentials
import Glibc
import Telemetry

/// Back-ups of one installation: its database, its files and its keys, to the place that the settings name.
package struct BackupService: Sendable {
    /// The folders of files in the data folder.
    private static let folders = ["blobs", "cards", "recordings", "speech", "voice"]

    let configuration: BackupConfiguration
    private let data: String
    private let database: any Database
    private let ambient: Ambient
    private let logger: Logger

    init(_ configuration: BackupConfiguration, data: String, database: any Database, ambient: Ambient = .live, logger: Logger) {
        self.configuration = configuration
        self.data = data
        self.database = database
        self.ambient = ambient
        self.logger = logger.labelled("backup")
    }

    /// What is at the place; throws `notFound` where nothing is yet.
    package func repository() async throws -> BackupRepository {
        try await BackupRepository(
            try configuration.store(ambient: ambient, logger: logger), key: try await BlockingPool.shared.run(configuration.key))
    }

    /// The same, begun if need be.
    func preparedRepository() async throws -> BackupRepository {
        // Two that begin at once would each draw a salt of its own.
        let lock = try await holdPieces()
        let repository = try await BackupRepository.prepared(
            try configuration.store(ambient: ambient, logger: logger), key: try await BlockingPool.shared.run(configuration.key))
        withExtendedLifetime(lock) {}
        return repository
    }

    /// Makes one, and removes those that need not be kept. Throws `conflict` while another is made.
    package func run(
        log: @escaping @Sendable () -> BackupSnapshot.LogPosition? = { nil },
        onProgress: @escaping BackupWriter.Progress = { _, _, _ in }
    ) async throws -> BackupSnapshot {
        guard let lock = try ProcessLock(path: data + "/backup.lock") else {
            throw BackupFailure(.conflict, "Another back-up is being made.")
        }
        guard let copyable = database as? any CopyableDatabase else {
            throw BackupFailure(.notImplemented, "This database cannot be copied.")
        }
        let repository = try await preparedRepository()
        var keys: [String: String] = [:]
        if configuration.hasKeys {
            for name in ["signing.key", "sealing.key", "sealing.wrapped", "settings.env"] where access("\(data)/\(name)", R_OK) == 0
            {
                keys[name] = "\(data)/\(name)"
            }
        }
        let source = BackupSource(
            database: copyable, files: files, keys: keys, scratch: data + "/backup-scratch", program: Version.number)
        await BlockingPool.shared.run { [data] in try? FileManager.default.removeItem(atPath: data + "/backup-scratch") }
        let snapshot = try await BackupWriter(repository, source: source, ambient: ambient, logger: logger)
            .run(log: log, onProgress: onProgress)
        try onProgress("tidying", 0, 0)
        let pieces = try await holdPieces()
        try await repository.prune(keeping: configuration.retention, now: ambient.now())
        withExtendedLifetime((lock, pieces)) {}
        return snapshot
    }

    var files: [any CopyableFiles] {
        Self.folders.map { DataFolderFiles(name: $0, inventory: BlobInventory(root: "\(data)/\($0)")) }
    }

    /// Excludes the removal of pieces, by whatever process.
    func holdPieces() async throws -> any Sendable {
        while true {
            if let lock = try ProcessLock(path: data + "/backup-pieces.lock") { return lock }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

/// One folder of files.
private struct DataFolderFiles: CopyableFiles {
    let name: String
    let inventory: BlobInventory

    func all() async throws -> [String: Int] { await inventory.all() }
    func held() async throws -> any Sendable { try await inventory.held() }
    func path(of sha256: String) -> String { inventory.path(of: sha256) }
}
