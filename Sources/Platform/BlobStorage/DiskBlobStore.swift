import Ambient
import Concurrency
package import FoundationEssentials
import Glibc
package import Telemetry

/// Blobs in a folder: `root/ab/cd/abcd…`, and `root/incoming` for those on their way. Several processes may share it.
package struct DiskBlobStore: BlobStore {
    /// For what a caller's lock waits for: it must not stand in line behind large writes.
    static let prompt = BlockingPool(name: "blobs", threads: 4)

    private let root: String
    private let reserve: Int
    private let pool: BlockingPool
    private let logger: Logger

    /// Makes the folders and removes what a crash left in `incoming`. Blocks shortly; call it at the start.
    /// - Parameters:
    ///   - reserve: bytes that stay free on the disk, so that the database can go on when uploads have filled it.
    ///   - staleAfter: how old an unfinished file must be to count as left behind; one that a process still holds never does.
    package init(
        root: String, reserve: Int = 64 << 20, staleAfter: Duration = .seconds(60), logger: Logger = .silent
    ) throws(BlobFailure) {
        self.root = root
        self.reserve = reserve
        self.logger = logger
        pool = BlockingPool.shared
        try Folder.make(root)
        try Folder.make(root + "/incoming")
        removeStale(olderThan: staleAfter)
    }

    package func receive<Parts: AsyncSequence, Value>(
        from parts: Parts, limit: Int, _ body: (ReceivedBlob) async throws -> Value
    ) async throws -> Value where Parts.Element == [UInt8] {
        let path = "\(root)/incoming/\(UUID().uuidString.lowercased()).part"
        let draft = try await pool.run { [reserve] in try BlobDraft(path: path, limit: limit, reserve: reserve) }
        let result: Result<Value, any Error>
        do {
            // Small parts are gathered: one change of threads and one write for each 256 KB.
            var gathered: [UInt8] = []
            for try await part in parts {
                gathered += part
                if gathered.count >= 256 << 10 {
                    let bytes = gathered
                    gathered = []
                    try await pool.run { try draft.append(bytes) }
                }
            }
            try Task.checkCancellation()
            let rest = gathered
            let blob = try await pool.run {
                try draft.append(rest)
                return try draft.finish()
            }
            let place = place(of: blob.sha256)
            result = .success(try await body(ReceivedBlob(blob, draft: draft, place: place, lockFile: lockFile)))
        } catch { result = .failure(error) }
        await pool.run { draft.discard() }
        return try result.get()
    }

    package func content(of sha256: String) async throws -> BlobContent? { path(of: sha256).map { .file(path: $0) } }

    package func withLocalFile<Value>(_ sha256: String, _ body: (String) async throws -> Value) async throws -> Value? {
        guard let path = path(of: sha256) else { return nil }
        return try await body(path)
    }

    /// The file with this content; nil if it is not stored.
    package func path(of sha256: String) -> String? {
        guard Self.isDigest(sha256) else { return nil }
        let path = place(of: sha256)
        return access(path, R_OK) == 0 ? path : nil
    }

    @discardableResult
    package func remove(_ sha256: String, if isUnused: () async throws -> Bool) async throws -> Bool {
        guard Self.isDigest(sha256) else { return false }
        let path = place(of: sha256)
        let lock = try await Self.prompt.run { try BlobLock(file: lockFile, sha256: sha256) }
        guard try await isUnused() else { return false }
        return try await Self.prompt.run {
            try withExtendedLifetime(lock) {
                if unlink(path) == 0 { return true }
                guard errno == ENOENT else { throw BlobFailure.system("unlink", path) }
                return false
            }
        }
    }

    package func visit(olderThan date: Date, _ body: (String) async throws -> Void) async throws {
        let bound = date.timeIntervalSince1970
        for first in await pool.run({ Folder.names(in: root) }) where first.utf8.count == 2 {
            for second in await pool.run({ Folder.names(in: "\(root)/\(first)") }) {
                try Task.checkCancellation()
                let names = await pool.run {
                    Folder.names(in: "\(root)/\(first)/\(second)").filter { name in
                        Self.isDigest(name) && Folder.modified(place(of: name)).map { $0 < bound } == true
                    }
                }
                for name in names { try await body(name) }
            }
        }
    }

    private var lockFile: String { root + "/lock" }

    private func place(of digest: String) -> String { Self.place(of: digest, in: root) }

    static func place(of digest: String, in root: String) -> String {
        "\(root)/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest)"
    }

    /// Guards paths: nothing but 64 hexadecimal digits becomes part of one.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private func removeStale(olderThan age: Duration) {
        let bound = Date().timeIntervalSince1970 - Double(age.components.seconds)
        var removed = 0
        for name in Folder.names(in: root + "/incoming") {
            let path = "\(root)/incoming/\(name)"
            guard let modified = Folder.modified(path), modified <= bound else { continue }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0, unlink(path) == 0 { removed += 1 }
        }
        if removed > 0 { logger.notice("unfinished uploads were removed", ["count": "\(removed)"]) }
    }
}
