import Ambient
@testable import Backup
import Cryptography
import Failures
import FoundationEssentials
import Testing

/// A place of back-ups in memory.
actor MemoryStore: BackupStore {
    nonisolated let place = "memory"
    private(set) var objects: [String: [UInt8]] = [:]

    func names(under prefix: String) -> [String: Int] { objects.filter { $0.key.hasPrefix(prefix) }.mapValues(\.count) }
    func read(_ name: String) -> [UInt8]? { objects[name] }
    func write(_ bytes: [UInt8], to name: String) { objects[name] = bytes }
    func remove(_ name: String) { objects[name] = nil }
    func change(_ name: String, _ body: @Sendable (inout [UInt8]) -> Void) {
        if var bytes = objects[name] {
            body(&bytes)
            objects[name] = bytes
        }
    }
}

@Suite struct BackupPlaceTests {
    private static let keys: [BackupKey?] = [nil, .passphrase("nine bridges"), .file(Array(repeating: 7, count: 32))]

    @Test(arguments: 0..<3) func `pieces come back as they were written, once each`(_ index: Int) async throws {
        let store = MemoryStore()
        let repository = try await BackupRepository.prepared(store, key: Self.keys[index])
        let writer = PieceWriter(repository, names: [])
        let bytes = (0..<9_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        let pieces = try await writer.write(bytes)
        #expect(pieces.count == 3)
        let added = writer.added
        #expect(try await writer.write(bytes) == pieces)
        #expect(writer.added == added)
        var again: [UInt8] = []
        for piece in pieces { again += try await repository.piece(piece) }
        #expect(again == bytes)
        // Under the key nothing tells the digest of what is known.
        let names = await store.names(under: "pieces/").keys
        #expect(names.contains { $0.hasSuffix(pieces[0]) } == (Self.keys[index] == nil))
    }

    @Test(arguments: 0..<3) func `what was changed, cut or moved is not taken for what was written`(_ index: Int) async throws {
        let store = MemoryStore()
        let repository = try await BackupRepository.prepared(store, key: Self.keys[index])
        let (one, other) = (Array("one".utf8), Array("other".utf8))
        let writer = PieceWriter(repository, names: [])
        let pieces = try await writer.write(one) + writer.write(other)
        let name = repository.pieceName(pieces[0])
        let whole = try #require(await store.read(name))
        for at in whole.indices {
            await store.write(whole, to: name)
            await store.change(name) { $0[at] ^= 0x55 }
            await #expect(throws: BackupFailure.self) { try await repository.piece(pieces[0]) }
        }
        for count in 0..<whole.count {
            await store.write(Array(whole.prefix(count)), to: name)
            await #expect(throws: BackupFailure.self) { try await repository.piece(pieces[0]) }
        }
        await store.write(try #require(await store.read(repository.pieceName(pieces[1]))), to: name)
        await #expect(throws: BackupFailure.self) { try await repository.piece(pieces[0]) }
        await store.write(whole, to: name)
        #expect(try await repository.piece(pieces[0]) == one)
    }

    @Test func `another key opens nothing, and says so`() async throws {
        let store = MemoryStore()
        _ = try await BackupRepository.prepared(store, key: .passphrase("nine bridges"))
        for (key, word) in [
            (BackupKey.passphrase("ten bridges"), "not the one"), (.file(Array(repeating: 1, count: 32)), "LM_BACKUP_PASSPHRASE"),
        ] {
            let failure = await #expect(throws: BackupFailure.self) { try await BackupRepository(store, key: key) }
            #expect(failure?.message.contains(word) == true)
        }
        await #expect(throws: BackupFailure.self) { try await BackupRepository(store, key: nil) }
        let plain = MemoryStore()
        _ = try await BackupRepository.prepared(plain, key: nil)
        await #expect(throws: BackupFailure.self) { try await BackupRepository.prepared(plain, key: .passphrase("x")) }
    }

    @Test func `a place says what it is by its address`() {
        #expect(BackupLocation("/mnt/disk") == .folder("/mnt/disk"))
        #expect(BackupLocation("file:///mnt/disk") == .folder("/mnt/disk"))
        #expect(
            BackupLocation("s3://bucket/a/b/?endpoint=http://127.0.0.1:9000/&region=eu")
                == .bucket(.init(endpoint: "http://127.0.0.1:9000", region: "eu", name: "bucket", prefix: "a/b/")))
        for wrong in ["relative", "", "s3://", "s3:///x", "http://x", "s3://b?endpoint=ftp://x", "s3://b?colour=red"] {
            #expect(BackupLocation(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `a bucket's list is read page by page`() {
        let page = S3Listing(
            xml: """
                <?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>a&amp;b</Key><Size>12</Size></Contents>
                <Contents><ETag>"x"</ETag><Key>c/d</Key><Size>3</Size></Contents><NextContinuationToken>t==</NextContinuationToken></ListBucketResult>
                """)
        #expect(page.objects.map(\.key) == ["a&b", "c/d"] && page.objects.map(\.size) == [12, 3] && page.next == "t==")
        #expect(S3Listing(xml: "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>").next == nil)
    }
}

@Suite struct BackupRetentionTests {
    private static func snapshot(_ time: Date, log: BackupSnapshot.LogPosition? = nil) -> BackupSnapshot {
        BackupSnapshot(
            id: Timestamp.text(time), madeAt: time, finishedAt: time, program: "", database: .sqlite, size: 0, added: 0, files: 0,
            rows: 0,
            hasKeys: false, log: log, contents: [])
    }

    /// As it goes: one after the other comes, and what is superfluous goes.
    private static func kept(_ retention: BackupRetention, every hours: Int, count: Int, logged: Bool = false) throws -> [String] {
        let start = try #require(Timestamp.parse("2029-12-01T00:30:00Z"))
        var all: [BackupSnapshot] = []
        for number in 0..<count {
            let now = start.addingTimeInterval(Double(number * hours) * 3600)
            all.append(snapshot(now, log: logged ? .init(generation: "g", number: number) : nil))
            let gone = retention.superfluous(among: all, now: now)
            all.removeAll { gone.contains($0.id) }
        }
        return all.map { String($0.id.prefix(13)) }
    }

    @Test func `daily keeps 7 days, 4 weeks and 12 months`() throws {
        let kept = try Self.kept(.daily, every: 24, count: 500)
        // 2029-12-01 and 499 days: 2031-04-14, a Monday.
        #expect(kept.suffix(7) == (8...14).map { "2031-04-\($0 < 10 ? "0" : "")\($0)T00" }[...])
        #expect(kept.dropLast(7).suffix(3) == ["2031-03-30T00", "2031-03-31T00", "2031-04-06T00"])
        // The last of each month before.
        #expect(kept.contains("2030-05-31T00") && !kept.contains("2030-04-30T00"))
        #expect(kept.count == 7 + 2 + 11)
    }

    @Test func `hourly keeps each of seven days and one a day of thirty`() throws {
        let kept = try Self.kept(.hourly, every: 1, count: 24 * 60)
        #expect(kept.count == 168 + 23)
        #expect(Set(kept.map { $0.prefix(10) }).count == 30)
    }

    @Test func `what the log goes on from stays as long as the log does`() throws {
        #expect(try Self.kept(.daily, every: 1, count: 24 * 10, logged: true).count >= 24 * 7)
        #expect(try Self.kept(.daily, every: 1, count: 24 * 10).count < 40)
    }
}
