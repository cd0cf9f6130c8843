import Concurrency
import Cryptography
import Failures
import FoundationEssentials
import Glibc

/// Puts a back-up into a new folder and an empty database: whole, or not at all.
package struct BackupRestorer: Sendable {
    package struct Outcome: Sendable {
        package let files: Int
        package let rows: Int
        package let hasKeys: Bool
    }

    private let repository: BackupRepository

    package init(_ repository: BackupRepository) { self.repository = repository }

    /// - Parameter folder: new, or empty.
    package func restore(
        _ plan: BackupPlan, to folder: String, database: any RestorableDatabase,
        onProgress: @escaping BackupWriter.Progress = { _, _, _ in }
    ) async throws -> Outcome {
        try await check(plan, folder: folder, database: database)
        let draft = "\(folder).restoring-\(UUID().uuidString.prefix(8).lowercased())"
        do {
            let outcome = try await restore(plan, in: draft, goal: folder, database, onProgress)
            return outcome
        } catch {
            await BlockingPool.shared.run { try? FileManager.default.removeItem(atPath: draft) }
            throw error
        }
    }

    /// Throws where something lives at the goal, or the goal takes no such back-up.
    package func check(_ plan: BackupPlan, folder: String, database: any RestorableDatabase) async throws {
        guard plan.snapshot.database == database.form else {
            throw BackupFailure(
                .conflict,
                plan.snapshot.database == .postgres
                    ? "That back-up is of a PostgreSQL database: set LM_DATABASE_URL to an empty one."
                    : "That back-up is of the embedded database: unset LM_DATABASE_URL.")
        }
        let isFree = await BlockingPool.shared.run {
            access(folder, F_OK) != 0 || (try? FileManager.default.contentsOfDirectory(atPath: folder).isEmpty) == true
        }
        guard isFree else {
            throw BackupFailure(
                .conflict,
                "\(folder) is not empty. Nothing is written over what lives: name a new folder with --to, or move it away.")
        }
        try await database.checkEmpty()
    }

    private func restore(
        _ plan: BackupPlan, in draft: String, goal: String, _ database: any RestorableDatabase,
        _ onProgress: @escaping BackupWriter.Progress
    ) async throws -> Outcome {
        let contents = try await repository.contents(of: plan.snapshot)
        try await make(draft)
        var files: [String: [String: BackupContents.Item]] = contents.files.mapValues { items in
            Dictionary(items.map { ($0.sha256, $0) }) { first, _ in first }
        }
        for part in plan.parts {
            for file in try await repository.files(of: part) { files[file.folder, default: [:]][file.item.sha256] = file.item }
        }
        let copy = "\(draft)/database"
        try onProgress("database", 0, contents.database.size)
        try await write(contents.database, to: copy, mode: 0o600)
        for (index, part) in plan.parts.enumerated() {
            try onProgress("changes", index, plan.parts.count)
            let changes = try await repository.changes(of: part)
            try await BlockingPool.shared.run { try LogReplay.apply(changes, to: copy) }
        }
        let total = files.values.flatMap(\.values).reduce(0) { $0 + $1.size }
        var done = 0
        for (name, items) in files.sorted(by: { $0.key < $1.key }) {
            // A name from a place that others may write to becomes part of a path.
            guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
                throw BackupFailure.damaged("it names a folder \(name)")
            }
            for item in items.values.sorted(by: { $0.sha256 < $1.sha256 }) {
                guard item.sha256.utf8.count == 64,
                    item.sha256.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
                else { throw BackupFailure.damaged("it names a file that is none") }
                let place = "\(draft)/\(name)/\(item.sha256.prefix(2))/\(item.sha256.dropFirst(2).prefix(2))"
                try await make(place)
                try await write(item, to: "\(place)/\(item.sha256)", mode: 0o400)
                done += item.size
                try onProgress("files", done, total)
            }
        }
        for (name, item) in contents.keys {
            guard ["signing.key", "sealing.key", "sealing.wrapped", "settings.env"].contains(name) else {
                throw BackupFailure.damaged("it names a key \(name)")
            }
            try await write(item, to: "\(draft)/\(name)", mode: 0o600)
        }
        try onProgress("checking", 0, 0)
        let rows = try await database.restore(from: copy)
        // Changes of the log add and remove rows: then the file's own check has to do.
        if plan.parts.isEmpty, rows != contents.rows {
            let differing = Set(rows.keys).union(contents.rows.keys).filter { rows[$0] != contents.rows[$0] }.sorted()
            throw BackupFailure.damaged("other numbers of rows in \(differing.joined(separator: ", "))")
        }
        try await BlockingPool.shared.run {
            unlink(copy)
            // Once for all that was written.
            sync()
            guard rename(draft, goal) == 0 else {
                throw BackupFailure(.unavailable, "\(goal) cannot be put in place: \(String(cString: strerror(errno))).")
            }
        }
        return Outcome(
            files: files.values.reduce(0) { $0 + $1.count }, rows: rows.values.reduce(0, +),
            hasKeys: contents.keys["sealing.key"] != nil || contents.keys["sealing.wrapped"] != nil)
    }

    private func write(_ item: BackupContents.Item, to path: String, mode: mode_t) async throws {
        let file = try await BlockingPool.shared.run {
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
            guard file >= 0 else { throw Self.failure(path) }
            return file
        }
        defer { close(file) }
        var hash = SHA256()
        for digest in item.allPieces {
            let bytes = try await repository.piece(digest)
            hash.update(bytes)
            try await BlockingPool.shared.run {
                var at = 0
                while at < bytes.count {
                    let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + at }, $0.count - at) }
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { throw Self.failure(path) }
                    at += count
                }
            }
        }
        guard Hexadecimal.encode(hash.finalize()) == item.sha256 else {
            throw BackupFailure.damaged("\(item.sha256) is not what was written")
        }
    }

    private func make(_ folder: String) async throws {
        try await BlockingPool.shared.run {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw BackupFailure(.unavailable, "\(folder) cannot be made.", underlying: error)
            }
        }
    }

    private static func failure(_ path: String, _ number: Int32 = errno) -> BackupFailure {
        if number == ENOSPC || number == EDQUOT {
            return BackupFailure(.insufficientStorage, "The disk is full: \(path) cannot be written.")
        }
        return BackupFailure(.unavailable, "\(path) cannot be written: \(String(cString: strerror(number))).")
    }
}
