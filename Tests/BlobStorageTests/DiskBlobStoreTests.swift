@testable import BlobStorage
import Cryptography
import Failures
import FoundationEssentials
import Glibc
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct DiskBlobStoreTests {
    private static let limit = 100 << 20

    @Test("Content is found by its digest, byte for byte", arguments: [0, 1, 65_536, 262_144, 262_145, 3_000_001])
    func storesAndFinds(_ size: Int) async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
            let blob = try await store.receive(Parts(bytes, of: 10_000), limit: Self.limit)
            #expect(blob == StoredBlob(sha256: Hexadecimal.encode(SHA256.hash(bytes)), size: size))
            let path = try #require(store.path(of: blob.sha256))
            #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == bytes)
            #expect(path.contains("/\(blob.sha256.prefix(2))/\(blob.sha256.dropFirst(2).prefix(2))/"))
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("The same content is stored once, also when it comes many times at once")
    func storesOnce() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let bytes = [UInt8](repeating: 7, count: 500_000)
            let digests = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await store.receive(Parts(bytes, of: 3000), limit: Self.limit).sha256 }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(digests.count == 1)
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("More than the limit is refused, and nothing stays")
    func refusesTooMuch() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let exact = try await store.receive(Parts([UInt8](repeating: 1, count: 1000), of: 100), limit: 1000)
            #expect(exact.size == 1000)
            let failure = await #expect(throws: BlobFailure.self) {
                try await store.receive(Parts([UInt8](repeating: 2, count: 1001), of: 100), limit: 1000)
            }
            #expect(failure?.code == .payloadTooLarge)
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("A full disk is said to be full")
    func refusesWhenFull() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs", reserve: Int.max)
            let failure = await #expect(throws: BlobFailure.self) {
                try await store.receive(Parts([1, 2, 3], of: 1), limit: 1000)
            }
            #expect(failure?.code == .insufficientStorage)
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("A folder that is not there, and then is again, loses nothing")
    func recovers() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let kept = try await store.receive(Parts([1], of: 1), limit: 10)
            try FileManager.default.moveItem(atPath: folder + "/blobs", toPath: folder + "/away")
            let failure = await #expect(throws: BlobFailure.self) { try await store.receive(Parts([2], of: 1), limit: 10) }
            #expect(failure?.code == .unavailable)
            #expect(failure?.message.contains("administrator") == true)
            try FileManager.default.moveItem(atPath: folder + "/away", toPath: folder + "/blobs")
            let new = try await store.receive(Parts([2], of: 1), limit: 10)
            #expect(store.path(of: kept.sha256) != nil && store.path(of: new.sha256) != nil)
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("A folder that may not be written, and then may again, loses nothing")
    func refusesWhenNotWritable() async {
        await #expect(processExitsWith: .success) {
            // To root every folder is writable, so this process, which is the test's own, becomes somebody else.
            if geteuid() == 0 { #expect(setgid(65534) == 0 && setuid(65534) == 0) }
            let folder = "/tmp/lm-blobs-\(getpid())-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let store = try DiskBlobStore(root: folder)
            let kept = try await store.receive(Parts([1], of: 1), limit: 10)
            for part in ["", "/incoming"] {
                #expect(chmod(folder + part, 0o500) == 0)
                let failure = await #expect(throws: BlobFailure.self) { try await store.receive(Parts([2], of: 1), limit: 10) }
                #expect(failure?.code == .unavailable)
                #expect(chmod(folder + part, 0o700) == 0)
            }
            let new = try await store.receive(Parts([2], of: 1), limit: 10)
            #expect(store.path(of: kept.sha256) != nil && store.path(of: new.sha256) != nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/incoming").isEmpty)
        }
    }

    @Test(
        "What the system says no with is told from a fault of ours",
        arguments: [
            (ENOSPC, FailureCode.insufficientStorage), (EDQUOT, .insufficientStorage), (EROFS, .unavailable),
            (EACCES, .unavailable),
            (EIO, .unavailable), (EMFILE, .unavailable), (EBADF, .internal), (EINVAL, .internal),
        ])
    func failureCodes(_ number: Int32, _ code: FailureCode) {
        let failure = BlobFailure.system("write", "/secret/path", number)
        #expect(failure.code == code)
        #expect(!failure.message.contains("/secret"))
        #expect(failure.description.contains("write /secret/path"))
    }

    @Test("A source that breaks off leaves nothing")
    func brokenSource() async throws {
        struct Gone: Error {}
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let (parts, feed) = AsyncThrowingStream.makeStream(of: [UInt8].self)
            feed.yield([UInt8](repeating: 1, count: 600_000))
            feed.finish(throwing: Gone())
            await #expect(throws: Gone.self) { try await store.receive(parts, limit: Self.limit) }
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("A cancelled upload leaves nothing")
    func cancelled() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let (parts, feed) = AsyncStream.makeStream(of: [UInt8].self)
            feed.yield([UInt8](repeating: 1, count: 600_000))
            let task = Task { try await store.receive(parts, limit: Self.limit) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("What a crash left is removed at the next start; what somebody still writes is not")
    func cleansUp() async throws {
        try await withFolder { folder in
            _ = try DiskBlobStore(root: folder + "/blobs")
            let (left, held) = ("\(folder)/blobs/incoming/left.part", "\(folder)/blobs/incoming/held.part")
            for path in [left, held] { try Data([1]).write(to: URL(filePath: path)) }
            let descriptor = open(held, O_RDWR)
            defer { close(descriptor) }
            #expect(flock(descriptor, LOCK_EX) == 0)
            _ = try DiskBlobStore(root: folder + "/blobs", staleAfter: .seconds(3600))
            #expect(try incoming(folder).count == 2)
            _ = try DiskBlobStore(root: folder + "/blobs", staleAfter: .zero)
            #expect(try incoming(folder) == ["held.part"])
        }
    }

    @Test("What is used stays; removing is final and may be done twice")
    func removes() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let blob = try await store.receive(Parts([1, 2, 3], of: 3), limit: 10)
            #expect(try await !store.remove(blob.sha256) { false })
            #expect(store.path(of: blob.sha256) != nil)
            #expect(try await store.remove(blob.sha256) { true })
            #expect(try await !store.remove(blob.sha256) { true })
            #expect(store.path(of: blob.sha256) == nil)
        }
    }

    @Test("A blob that is removed while it is being stored again is put back")
    func putsBack() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let other = try DiskBlobStore(root: folder + "/blobs")
            let bytes = (0..<700_001).map { UInt8(truncatingIfNeeded: $0) }
            let sha256 = try await store.receive(from: Parts(bytes, of: 3000), limit: Self.limit) { received in
                try await received.store()
                try await received.confirm()
                for _ in 0..<2 {
                    #expect(try await other.remove(received.blob.sha256) { true })
                    #expect(store.path(of: received.blob.sha256) == nil)
                    try await received.confirm()
                }
                return received.blob.sha256
            }
            let path = try #require(store.path(of: sha256))
            #expect(try [UInt8](Data(contentsOf: URL(filePath: path))) == bytes)
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("Nobody puts a blob in place between the question whether it is used and its removal")
    func excludes() async throws {
        try await withFolder { folder in
            let (store, other) = (try DiskBlobStore(root: folder + "/blobs"), try DiskBlobStore(root: folder + "/blobs"))
            try await store.receive(from: Parts([1, 2, 3], of: 3), limit: 10) { received in
                try await received.store()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (asked, asking) = AsyncStream.makeStream(of: Void.self)
                    let (answered, answering) = AsyncStream.makeStream(of: Void.self)
                    let isConfirmed = Atomic(false)
                    group.addTask {
                        try await other.remove(received.blob.sha256) {
                            asking.finish()
                            for await _ in answered {}
                            return true
                        }
                    }
                    for await _ in asked {}
                    group.addTask {
                        try await received.confirm()
                        isConfirmed.store(true, ordering: .relaxed)
                    }
                    // The removal goes on as soon as the other waits for it, or has not waited, which would be wrong.
                    let deadline = ContinuousClock.now + .seconds(50)
                    while !isConfirmed.load(ordering: .relaxed), !Self.isWaitedFor(folder + "/blobs/lock"),
                        ContinuousClock.now < deadline
                    {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    let wasConfirmed = isConfirmed.load(ordering: .relaxed)
                    #expect(!wasConfirmed)
                    answering.finish()
                    try await group.waitForAll()
                }
            }
            #expect(store.path(of: Hexadecimal.encode(SHA256.hash([1, 2, 3]))) != nil)
        }
    }

    /// Whether somebody waits for a lock on the file: its line in `/proc/locks` has an arrow.
    private static func isWaitedFor(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else {
            return false
        }
        return locks.split(separator: "\n").contains { $0.contains("-> ") && $0.contains(":\(status.st_ino) ") }
    }

    @Test("What is not stored leaves nothing")
    func refused() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let sha256 = try await store.receive(from: Parts([1, 2, 3], of: 1), limit: 10) { $0.blob.sha256 }
            #expect(store.path(of: sha256) == nil)
            #expect(try incoming(folder).isEmpty)
        }
    }

    @Test("A visit calls at what is old")
    func visits() async throws {
        try await withFolder { folder in
            let store = try DiskBlobStore(root: folder + "/blobs")
            let blobs = [
                try await store.receive(Parts([1], of: 1), limit: 10), try await store.receive(Parts([2], of: 1), limit: 10),
            ]
            var seen: Set<String> = []
            try await store.visit(olderThan: Date(timeIntervalSinceNow: -60)) { seen.insert($0) }
            #expect(seen.isEmpty)
            try await store.visit(olderThan: Date(timeIntervalSinceNow: 60)) { seen.insert($0) }
            #expect(seen == Set(blobs.map(\.sha256)))
        }
    }

    @Test(
        "Nothing but a digest names a file",
        arguments: ["", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "../", count: 22).prefix(64) + ""])
    func rejectsPaths(_ name: String) throws {
        let store = try DiskBlobStore(root: FileManager.default.temporaryDirectory.path + "/lm-blobs-\(UUID().uuidString)")
        #expect(store.path(of: name) == nil)
    }

    private func incoming(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + "/blobs/incoming")
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/lm-blobs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}

extension DiskBlobStore {
    /// Stores what comes at once.
    fileprivate func receive<Source: AsyncSequence>(
        _ parts: Source, limit: Int
    ) async throws -> StoredBlob where Source.Element == [UInt8] {
        try await receive(from: parts, limit: limit) { received in
            try await received.store()
            return received.blob
        }
    }
}

/// Bytes in parts of a given size.
private struct Parts: AsyncSequence, Sendable {
    let bytes: [UInt8]
    let size: Int

    init(_ bytes: [UInt8], of size: Int) { (self.bytes, self.size) = (bytes, size) }

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<UInt8>
        let size: Int

        mutating func next() async -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: bytes[...], size: size) }
}
