package import Ambient
import Concurrency
import Cryptography
import Failures
import FoundationEssentials
import Glibc
package import Telemetry

/// Makes a back-up of a server that goes on working.
///
/// Files that are there are brought first. Then nothing is removed for a moment, in which the database's copy gets its moment and the list
/// of files is read again; so each file that the copy names is in the back-up, whatever is brought or deleted meanwhile.
package struct BackupWriter: Sendable {
    /// What is done, and how much of it: bytes.
    package typealias Progress = @Sendable (_ stage: String, _ done: Int, _ total: Int) throws -> Void

    private let repository: BackupRepository
    private let source: BackupSource
    private let ambient: Ambient
    private let logger: Logger

    package init(_ repository: BackupRepository, source: BackupSource, ambient: Ambient = .live, logger: Logger = .silent) {
        self.repository = repository
        self.source = source
        self.ambient = ambient
        self.logger = logger
    }

    /// - Parameter log: where the log of changes stands; asked just before the moment that the back-up shows.
    package func run(
        log: @escaping @Sendable () -> BackupSnapshot.LogPosition? = { nil }, onProgress: @escaping Progress = { _, _, _ in }
    ) async throws -> BackupSnapshot {
        let folder = "\(source.scratch)/\(UUID().uuidString.lowercased())"
        try await BlockingPool.shared.run { try Self.makeFolder(folder) }
        let result: Result<BackupSnapshot, any Error>
        do { result = .success(try await run(in: folder, log, onProgress)) } catch { result = .failure(error) }
        await BlockingPool.shared.run { try? FileManager.default.removeItem(atPath: folder) }
        return try result.get()
    }

    private func run(
        in folder: String, _ log: @escaping @Sendable () -> BackupSnapshot.LogPosition?, _ onProgress: @escaping Progress
    ) async throws -> BackupSnapshot {
        let writer = PieceWriter(repository, names: Set(try await repository.pieceNames().keys))
        let kept = KeptFiles()
        try await bring(by: writer, kept, onProgress)

        let copy = "\(folder)/database"
        let standing = Standing()
        try onProgress("database", 0, 0)
        let locks = FileLocks()
        let rows = try await source.database.copy(
            to: copy,
            whenAbout: {
                for files in source.files { locks.add(try await files.held()) }
                standing.set(ambient.now(), log())
            },
            whenStanding: {
                defer { locks.release() }
                try await linkNew(in: folder, kept)
            }
        ) { try onProgress("database", $0, $1) }
        guard let (madeAt, position) = standing.value else { throw BackupFailure(.internal, "The copy has no moment.") }

        let total = (try? FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int) ?? 0
        guard let database = try await writer.write(file: copy, onProgress: { try onProgress("writing", $0, total) }) else {
            throw BackupFailure(.internal, "The copy of the database is gone.")
        }
        try await bringLinked(in: folder, by: writer, kept)

        var keys: [String: BackupContents.Item] = [:]
        for (name, path) in source.keys { if let item = try await writer.write(file: path) { keys[name] = item } }
        let files = kept.files
        let contents = BackupContents(database: database, rows: rows, files: files, keys: keys)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let pieces = try await writer.write(Array(try encoder.encode(contents)))
        let digits = Timestamp.text(madeAt).prefix(19).filter { $0 != "-" && $0 != ":" }
        let snapshot = BackupSnapshot(
            id: "\(digits)Z-\(Hexadecimal.encode(SecureRandom.bytes(3)))", madeAt: madeAt, finishedAt: ambient.now(),
            program: source.program, database: source.database.form,
            size: contents.items.reduce(0) { $0 + $1.size }, added: writer.added, files: files.values.reduce(0) { $0 + $1.count },
            rows: rows.values.reduce(0, +), hasKeys: keys["sealing.key"] != nil || keys["sealing.wrapped"] != nil, log: position,
            contents: pieces)
        try await repository.write(snapshot)
        logger.notice(
            "a back-up was made",
            ["backup": snapshot.id, "bytes": "\(snapshot.size)", "added": "\(snapshot.added)", "files": "\(snapshot.files)"])
        return snapshot
    }

    /// Brings every file that is there now. One that goes meanwhile is nobody's any more.
    private func bring(by writer: PieceWriter, _ kept: KeptFiles, _ onProgress: @escaping Progress) async throws {
        var all: [(folder: any CopyableFiles, digest: String, size: Int)] = []
        for folder in source.files { for (digest, size) in try await folder.all() { all.append((folder, digest, size)) } }
        let total = all.reduce(0) { $0 + $1.size }
        var done = 0
        try onProgress("files", 0, total)
        try await withThrowingTaskGroup(of: Int.self) { group in
            var waiting = all.makeIterator()
            var running = 0
            while true {
                while running < 4, let (folder, digest, size) = waiting.next() {
                    running += 1
                    group.addTask {
                        if let item = try await writer.write(file: folder.path(of: digest)) {
                            guard item.sha256 == digest else {
                                throw BackupFailure(
                                    .unprocessable, "The file \(digest) in \(folder.name) is damaged on the server's own disk.")
                            }
                            kept.add(item, to: folder.name)
                        }
                        return size
                    }
                }
                guard let size = try await group.next() else { break }
                running -= 1
                done += size
                try onProgress("files", done, total)
            }
        }
    }

    /// While nothing can be removed: notes what is there, and makes links to what came since.
    private func linkNew(in folder: String, _ kept: KeptFiles) async throws {
        for files in source.files {
            let now = try await files.all()
            let new = kept.narrow(files.name, to: Set(now.keys))
            for digest in new {
                let link = "\(folder)/\(files.name)-\(digest)"
                let path = files.path(of: digest)
                try await BlockingPool.shared.run {
                    if Glibc.link(path, link) == 0 || errno == EEXIST { return }
                    // Another file system: copied, which takes longer.
                    try FileManager.default.copyItem(atPath: path, toPath: link)
                }
            }
        }
    }

    private func bringLinked(in folder: String, by writer: PieceWriter, _ kept: KeptFiles) async throws {
        for (name, digest) in kept.linked {
            guard let item = try await writer.write(file: "\(folder)/\(name)-\(digest)") else { continue }
            kept.add(item, to: name)
        }
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BackupFailure(.unavailable, "\(path) cannot be made.", underlying: error)
        }
    }
}
