import Ambient
import BlobStorage
import Courses
import Database
import DatabaseTesting
import Embedding
import Failures
import FoundationEssentials
import Jobs
@testable import Library
import Lifecycle
import Passages
import Synchronization
import Testing
import Vectors

@Suite(.timeLimit(.minutes(3)))
struct LibraryServiceTests {
    @Test(arguments: Dialect.allCases)
    func `the same file twice is one document`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let first = try await stage.upload("cells.pdf")
            let second = try await stage.upload("cells.pdf")
            #expect(!first.isDuplicate && second.isDuplicate)
            #expect(first.document.id == second.document.id)
            let other = try await stage.upload("cells.pdf", as: stage.ben)
            #expect(!other.isDuplicate)
            #expect(other.document.id != first.document.id)
            #expect(try await stage.count("jobs") == 2)
        }
    }

    @Test func `bringing a failed file again tries it again`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let failed = try await stage.ready("encrypted.pdf")
            let again = try await stage.upload("encrypted.pdf")
            #expect(again.isDuplicate)
            #expect(again.document.id == failed.id)
            #expect(again.document.status == .pending)
        }
    }

    @Test(arguments: [
        ("picture.pdf", FailureCode.unsupportedMediaType), ("empty.txt", .unprocessable), ("big.txt", .payloadTooLarge),
    ])
    func `a file that cannot be taken is refused and leaves nothing`(name: String, code: FailureCode) async throws {
        try await LibraryStage.with(.sqlite, uploadLimit: 100_000) { stage in
            let bytes: [UInt8] =
                switch name {
                case "picture.pdf": [UInt8]("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x3B]
                case "empty.txt": []
                default: Array(repeating: UInt8(ascii: "a"), count: 200_000)
                }
            do {
                _ = try await stage.upload(name, bytes: bytes)
                Issue.record("taken")
            } catch {
                #expect(FailureCode(of: error) == code)
            }
            let (documents, jobs) = (try await stage.count("documents"), try await stage.count("jobs"))
            #expect(documents == 0 && jobs == 0)
        }
    }

    @Test func `a binary is refused before all of it has come`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let counted = CountedPieces(total: 1000)
            do {
                _ = try await stage.service.upload(Upload(filename: "film.mp4", parts: counted), user: stage.ann)
                Issue.record("taken")
            } catch { #expect(FailureCode(of: error) == .unsupportedMediaType) }
            #expect(counted.given.withLock { $0 } < 100)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `deleting removes all of it and the file with the last who has it`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let mine = try await stage.ready("cells.pdf")
            let theirs = try await stage.ready("cells.pdf", as: stage.ben)
            _ = try await stage.service.search("membrane", mode: .vector, limit: 1, in: nil, user: stage.ann)
            #expect(try await stage.heldEntries() > 0)
            try await stage.service.delete(mine.id, user: stage.ann)
            #expect(try await stage.heldEntries() == 0)
            #expect(stage.blobs.path(of: mine.sha256) != nil)
            await #expect(throws: LibraryFailure.self) { try await stage.service.document(mine.id, user: stage.ann) }
            try await stage.service.delete(theirs.id, user: stage.ben)
            #expect(stage.blobs.path(of: mine.sha256) == nil)
            for table in [
                "documents", "document_pages", "chunks", "chunk_vectors", "vector_parts", "keyword_segments", "keyword_places",
                "keyword_lists",
            ] {
                #expect(try await stage.count(table) == 0, "\(table)")
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `deleting a document that waits ends its job without a word of failure`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.upload("cells.pdf").document
            try await stage.service.delete(document.id, user: stage.ann)
            #expect(try await stage.worker.drain() == 0)
            #expect(try await stage.eventTypes() == ["document.uploaded", "document.deleted"])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `another user's documents are not there`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.ready("cells.pdf")
            let chunk = try #require(
                try await stage.service.search("cell", mode: .keyword, limit: 1, in: nil, user: stage.ann).first)
            for mode in SearchMode.allCases {
                #expect(
                    try await stage.service.search("membrane", mode: mode, limit: 5, in: [document.id], user: stage.ben).isEmpty)
            }
            #expect(try await stage.service.list(.init(), offset: 0, limit: 10, user: stage.ben).total == 0)
            for attempt in [
                { _ = try await stage.service.document(document.id, user: stage.ben) },
                { _ = try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ben) },
                { _ = try await stage.service.file(document.id, user: stage.ben) },
                { _ = try await stage.service.outlined(document.id, user: stage.ben) },
                { _ = try await stage.service.chunk(chunk.chunkID, of: document.id, user: stage.ben) },
                { _ = try await stage.service.update(document.id, title: "mine", filing: nil, user: stage.ben) },
                { try await stage.service.delete(document.id, user: stage.ben) },
                { _ = try await stage.service.retry(document.id, user: stage.ben) },
            ] as [@Sendable () async throws -> Void] {
                let failure = await #expect(throws: LibraryFailure.self) { try await attempt() }
                #expect(failure?.code == .notFound)
            }
        }
    }

    @Test func `row-level security hides what a forgotten predicate would show`() async throws {
        try await LibraryStage.with(.postgres) { stage in
            _ = try await stage.ready("cells.pdf")
            for table in [
                "documents", "document_pages", "chunks", "chunk_vectors", "vector_parts", "keyword_segments", "keyword_places",
                "keyword_lists",
            ] {
                let mine = try await stage.database.read(as: .user(stage.ann)) {
                    try await $0.query("SELECT 1 AS one FROM \(unsafe: table)")
                }
                let theirs = try await stage.database.read(as: .user(stage.ben)) {
                    try await $0.query("SELECT 1 AS one FROM \(unsafe: table)")
                }
                #expect(!mine.isEmpty && theirs.isEmpty, "\(table)")
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `lists are filtered, ordered and paged`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            for (number, title) in ["Zoology", "Algebra", "100% chemistry"].enumerated() {
                _ = try await stage.service.upload(
                    Upload(filename: "n\(number).txt", parts: Pieces(Array("text \(number)".utf8))), user: stage.ann
                ) { UploadDescription(title: title, filing: DocumentFiling(subject: number == 0 ? "Biology" : nil)) }
            }
            func titles(_ filter: DocumentStore.Filter, offset: Int = 0, limit: Int = 10) async throws -> [String] {
                try await stage.service.list(filter, offset: offset, limit: limit, user: stage.ann).documents.map(\.title)
            }
            #expect(try await titles(.init()) == ["100% chemistry", "Algebra", "Zoology"])
            #expect(try await titles(.init(order: .title)) == ["100% chemistry", "Algebra", "Zoology"])
            #expect(try await titles(.init(order: .titleBackwards), offset: 1, limit: 1) == ["Algebra"])
            #expect(try await titles(.init(filing: .named(CourseName("biology ")!))) == ["Zoology"])
            #expect(try await titles(.init(text: "ALG")) == ["Algebra"])
            #expect(try await titles(.init(text: "0%")) == ["100% chemistry"])
            #expect(try await titles(.init(status: .completed)).isEmpty)
            #expect(try await titles(.init(status: .pending)).count == 3)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a title that the student chose stays`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.upload("cells.pdf").document
            let renamed = try await stage.service.update(
                document.id, title: " My  cells ", filing: DocumentFiling(subject: "Biology"), user: stage.ann)
            #expect(renamed.title == "My cells" && renamed.subject == "Biology")
            try await stage.worker.drain()
            #expect(try await stage.service.document(document.id, user: stage.ann).title == "My cells")
            let cleared = try await stage.service.update(document.id, title: nil, filing: .nowhere, user: stage.ann)
            #expect(cleared.subject == nil)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a search within documents finds nothing else`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let a = try await stage.ready("a.txt", bytes: Array("Osmosis moves water.".utf8))
            let b = try await stage.ready("b.txt", bytes: Array("Osmosis moves water through a membrane.".utf8))
            for mode in SearchMode.allCases {
                let all = try await stage.service.search("osmosis water", mode: mode, limit: 10, in: nil, user: stage.ann)
                #expect(Set(all.map(\.documentID)) == [a.id, b.id])
                let one = try await stage.service.search("osmosis water", mode: mode, limit: 10, in: [b.id], user: stage.ann)
                #expect(one.map(\.documentID) == [b.id])
                #expect(try await stage.service.search("osmosis", mode: mode, limit: 10, in: [], user: stage.ann).isEmpty)
            }
            for query in [
                "\"", "NEAR(", "a* OR -b", "'; DROP TABLE chunks; --", "the", "%", "🙂", String(repeating: "x ", count: 900),
            ] {
                _ = try await stage.service.search(query, mode: .hybrid, limit: 3, in: nil, user: stage.ann)
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `another process's work is seen by the next search`(_ dialect: Dialect) async throws {
        try await withTemporaryFolder { folder in
            try await LibraryStage.with(dialect) { here in
                _ = try await here.ready("a.txt", bytes: Array("Osmosis moves water.".utf8))
                let there = try LibraryStage(
                    database: here.database, folder: folder, embedder: WordEmbedder(), uploadLimit: 1 << 20)
                #expect(
                    try await there.searcher.passages(for: "osmosis", mode: .vector, limit: 9, in: nil, user: here.ann).count == 1)
                let b = try await here.ready("b.txt", bytes: Array("Osmosis again.".utf8))
                #expect(
                    try await there.searcher.passages(for: "osmosis", mode: .vector, limit: 9, in: nil, user: here.ann).count == 2)
                try await here.service.delete(b.id, user: here.ann)
                #expect(
                    try await there.searcher.passages(for: "osmosis", mode: .vector, limit: 9, in: nil, user: here.ann).count == 1)
                #expect(try await there.heldEntries() == 1)
            }
        }
    }

    @Test func `the vectors of whoever searched longest ago make room, and come back with the next search`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let text = Array("The cell wall of a plant is made of cellulose.".utf8)
            _ = try await stage.ready("walls.txt", bytes: text)
            _ = try await stage.ready("walls.txt", as: stage.ben, bytes: text)
            // Room for the one passage of one of them.
            let shelf = VectorShelf(
                source: StoredVectors(database: stage.database, model: stage.embedder.modelName, dimensions: 64),
                dimensions: 64, capacity: 200)
            let searcher = PassageSearcher(
                database: stage.database,
                models: SearchModels(database: stage.database, wanted: stage.embedder, load: { _ in throw WordEmbedder.Broken() }) {
                    _ in
                    shelf
                })
            for user in [stage.ann, stage.ben, stage.ann] {
                #expect(try await searcher.passages(for: "cellulose", mode: .vector, limit: 5, in: nil, user: user).count == 1)
                #expect(await shelf.heldEntries == 1)
            }
            // Side by side each finds all that is theirs.
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await searcher.passages(
                            for: "cellulose", mode: .vector, limit: 5, in: nil,
                            user: number.isMultiple(of: 2) ? stage.ann : stage.ben
                        ).count
                    }
                }
                for try await count in group { #expect(count == 1) }
            }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `the overview of named documents is in one order, without others'`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            var ids: [DocumentID] = []
            for name in ["a", "b", "c"] { ids.append(try await stage.upload("\(name).txt", bytes: Array(name.utf8)).document.id) }
            let foreign = try await stage.upload("d.txt", as: stage.ben, bytes: Array("d".utf8)).document.id
            let named = try await stage.service.overview(of: stage.ann, only: [ids[0], foreign, ids[2]])
            #expect(named.map(\.id) == [ids[2], ids[0]])
            #expect(try await stage.service.overview(of: stage.ann, only: []).isEmpty)
            #expect(try await stage.service.overview(of: stage.ann).map(\.id) == ids.reversed())
        }
    }

    @Test(arguments: Dialect.allCases)
    func `files that nobody refers to are removed by the first sweep`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let kept = try await stage.upload("cells.pdf").document
            let refused = try await stage.blobs.receive(from: Pieces(Array("refused".utf8)), limit: 100) { received in
                try await received.store()
                return received.blob
            }
            for sha256 in [refused.sha256, kept.sha256] {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: try #require(stage.blobs.path(of: sha256))
                )
            }
            try await stage.queue.enqueue(LibraryJobs.sweep.kind, .init(), user: nil)
            try await stage.worker.drain()
            #expect(stage.blobs.path(of: refused.sha256) == nil)
            #expect(stage.blobs.path(of: kept.sha256) != nil)
        }
    }

    @Test func `fusion prefers what both lists have`() {
        let fused = Fusion().fuse(dense: [("a", 0.9), ("b", 0.8), ("c", 0.1)], keyword: [("b", 7.0), ("d", 3.5)], ceiling: 10)
        #expect(fused.first?.id == "b")
        #expect(Set(fused.map(\.id)) == ["a", "b", "c", "d"])
        #expect(fused.allSatisfy { (0...1).contains($0.score) })
        #expect(abs((fused.first { $0.id == "d" }?.score ?? 0) - (0.65 * 0.1 + 0.35 * 0.35)) < 1e-9)
        #expect(Fusion().fuse(dense: [(id: String, score: Double)](), keyword: [], ceiling: 0).isEmpty)
    }

    @Test func `vectors come back from their bytes`() {
        let windows: [[Float]] = [[1, -2.5, 3e-9], [0, .pi, -0]]
        #expect(VectorStore.vectors(VectorStore.bytes(windows), dimensions: 3) == windows)
    }
}
