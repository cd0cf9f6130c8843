import Ambient
import BlobStorage
import Database
import DatabaseTesting
import FoundationEssentials
@testable import Library
import Synchronization
import Testing

/// One process removes the last document with some content while another brings the same content in. They share the database and the
/// folder, and nothing else. Whenever it happens, a document that is there has its file.
@Suite(.timeLimit(.minutes(3)))
struct ContentRaceTests {
    private static let bytes = Array("The cell wall of a plant is made of cellulose.".utf8)

    /// Gives `body` two processes' libraries.
    private func withTwo(
        _ dialect: Dialect, store: @escaping (DiskBlobStore) -> any BlobStore = { $0 },
        _ body: (_ remover: LibraryStage, _ bringer: LibraryStage) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withSecondDatabase(dialect, migrations: LibraryStage.migrations) { first, second in
                try await body(
                    try LibraryStage(database: first, folder: folder, embedder: WordEmbedder(), uploadLimit: 1 << 20, store: store),
                    try LibraryStage(database: second, folder: folder, embedder: WordEmbedder(), uploadLimit: 1 << 20))
            }
        }
    }

    private func expectFile(of document: Document, in stage: LibraryStage, sourceLocation: SourceLocation = #_sourceLocation)
        async throws
    {
        let (found, content) = try await stage.service.file(document.id, user: document.userID)
        #expect(found.id == document.id, sourceLocation: sourceLocation)
        guard case .file(let path) = content else {
            Issue.record("it is not on the disk", sourceLocation: sourceLocation)
            return
        }
        #expect(FileManager.default.contents(atPath: path) == Data(Self.bytes), sourceLocation: sourceLocation)
    }

    @Test(arguments: Dialect.allCases)
    func `a removal between the bytes and the document of an upload`(_ dialect: Dialect) async throws {
        try await withTwo(dialect) { remover, bringer in
            let old = try await remover.upload("wall.txt", bytes: Self.bytes).document
            let upload = Upload(filename: "wall.txt", parts: Pieces(Self.bytes))
            let new = try await bringer.service.upload(upload, user: bringer.ben) {
                try await remover.service.delete(old.id, user: remover.ann)
                #expect(remover.blobs.path(of: old.sha256) == nil)
                return UploadDescription()
            }
            try await expectFile(of: new.document, in: bringer)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `an upload between the question and the removal`(_ dialect: Dialect) async throws {
        let gate = RemovalGate()
        try await withTwo(dialect, store: { GatedBlobs(base: $0, gate: gate) }) { remover, bringer in
            let old = try await remover.upload("wall.txt", bytes: Self.bytes).document
            let new = try await withThrowingTaskGroup(of: Document?.self) { group in
                group.addTask {
                    try await remover.service.delete(old.id, user: remover.ann)
                    return nil
                }
                group.addTask {
                    await gate.waitUntilAsked()
                    let upload = Upload(filename: "wall.txt", parts: Pieces(Self.bytes))
                    return try await bringer.service.upload(upload, user: bringer.ben) {
                        gate.open()
                        return UploadDescription()
                    }.document
                }
                return try await group.reduce(nil) { $0 ?? $1 }
            }
            try await expectFile(of: try #require(new), in: bringer)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `both at once, again and again`(_ dialect: Dialect) async throws {
        try await withTwo(dialect) { remover, bringer in
            for _ in 0..<25 {
                let old = try await remover.upload("wall.txt", bytes: Self.bytes).document
                async let deletion: Void = remover.service.delete(old.id, user: remover.ann)
                let new = try await bringer.upload("wall.txt", as: bringer.ben, bytes: Self.bytes).document
                try await deletion
                try await expectFile(of: new, in: bringer)
                try await bringer.service.delete(new.id, user: bringer.ben)
                #expect(bringer.blobs.path(of: new.sha256) == nil)
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `one person's same file twice at once while it is deleted is one document, or a plea to try again`(
        _ dialect: Dialect
    ) async throws {
        try await withTwo(dialect) { remover, bringer in
            for _ in 0..<10 {
                let old = try await remover.upload("wall.txt", bytes: Self.bytes).document
                async let deletion: Void = remover.service.delete(old.id, user: remover.ann)
                async let one = try? remover.upload("wall.txt", bytes: Self.bytes).document
                async let other = try? bringer.upload("wall.txt", as: remover.ann, bytes: Self.bytes).document
                _ = try await (deletion, one, other)
                let left = try await bringer.service.list(.init(), offset: 0, limit: 9, user: remover.ann).documents
                #expect(left.count <= 1)
                for document in left {
                    try await expectFile(of: document, in: bringer)
                    try await bringer.service.delete(document.id, user: remover.ann)
                }
                #expect(bringer.blobs.path(of: old.sha256) == nil)
            }
        }
    }
}

/// Holds a removal up after it has asked, until it is opened.
private final class RemovalGate: Sendable {
    private let asked = AsyncStream.makeStream(of: Void.self)
    private let opened = AsyncStream.makeStream(of: Void.self)

    func waitUntilAsked() async { for await _ in asked.stream {} }
    func open() { opened.continuation.finish() }

    func pass() async {
        asked.continuation.finish()
        for await _ in opened.stream {}
    }
}

private struct GatedBlobs: BlobStore {
    let base: DiskBlobStore
    let gate: RemovalGate

    func receive<Parts: AsyncSequence, Value>(
        from parts: Parts, limit: Int, _ body: (ReceivedBlob) async throws -> Value
    ) async throws -> Value where Parts.Element == [UInt8] {
        try await base.receive(from: parts, limit: limit, body)
    }

    func content(of sha256: String) async throws -> BlobContent? { try await base.content(of: sha256) }

    func withLocalFile<Value>(_ sha256: String, _ body: (String) async throws -> Value) async throws -> Value? {
        try await base.withLocalFile(sha256, body)
    }

    func remove(_ sha256: String, if isUnused: () async throws -> Bool) async throws -> Bool {
        try await base.remove(sha256) {
            let answer = try await isUnused()
            await gate.pass()
            return answer
        }
    }

    func visit(olderThan date: Date, _ body: (String) async throws -> Void) async throws {
        try await base.visit(olderThan: date, body)
    }
}
