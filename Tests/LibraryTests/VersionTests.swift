import Ambient
import BlobStorage
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Library
import Passages
import Testing

@Suite(.timeLimit(.minutes(3)))
struct VersionTests {
    private static let old = Array("Osmosis moves water through a membrane towards the salt.".utf8)
    private static let new = Array("Diffusion spreads sugar evenly until nothing moves any more.".utf8)

    private static func form(_ name: String, _ bytes: [UInt8], replaces id: DocumentID) -> TestForm {
        TestForm().text("replaces", "\(id)").file("file", filename: name, bytes)
    }

    private static func found(_ query: String, _ stage: LibraryStage) async throws -> [Passage] {
        var all: [Passage] = []
        for mode in [SearchMode.keyword, .vector] {
            all += try await stage.searcher.passages(for: query, mode: mode, limit: 5, in: nil, user: stage.ann)
        }
        return all
    }

    @Test(arguments: Dialect.allCases)
    func `a new version serves when it is ready, and what cites the old one still opens it`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let client = stage.client()
            let id = try await stage.ready("notes.txt", bytes: Self.old).id
            let cited = try #require(try await Self.found("osmosis", stage).first)
            let uploaded = try await client.post("/documents/upload", form: Self.form("notes 2.txt", Self.new, replaces: id))
            #expect(uploaded.status == 202)
            var view: DocumentView = try uploaded.json()
            // The old one serves.
            #expect(view.id == "\(id)" && view.status == .completed && view.version == 1)
            #expect(view.update?.version == 2 && view.update?.status == .pending && view.update?.filename == "notes 2.txt")
            #expect(try await Self.found("osmosis", stage).contains { $0.chunkID == cited.chunkID })
            try await stage.worker.drain()

            view = try await client.get("/documents/\(id)").json()
            #expect(view.version == 2 && view.update == nil && view.status == .completed && view.filename == "notes 2.txt")
            let now = try await Self.found("sugar", stage)
            #expect(!now.isEmpty && now.allSatisfy { $0.documentID == id && $0.text.contains("sugar") })
            #expect(try await Self.found("osmosis", stage).allSatisfy { $0.text.contains("sugar") })
            #expect(try await stage.searcher.sections(of: nil, limit: 100, user: stage.ann).count == 1)

            let chunk: ChunkView = try await client.get("/documents/\(id)/chunks/\(cited.chunkID)").json()
            #expect(chunk.documentID != "\(id)" && chunk.text.contains("salt"))
            let past: DocumentView = try await client.get("/documents/\(chunk.documentID)").json()
            #expect(past.version == 1 && past.versionOf == "\(id)" && past.latestVersion == 2 && past.filename == "notes.txt")
            let pages: Page<PageView> = try await client.get("/documents/\(past.id)/pages").json()
            #expect(pages.data.first?.text.contains("salt") == true)
            #expect(try await client.get("/documents/\(past.id)/file").text == String(decoding: Self.old, as: UTF8.self))
            let versions: VersionList = try await client.get("/documents/\(id)/versions").json()
            #expect(versions.data.map(\.version) == [2, 1])
            let list: Page<DocumentView> = try await client.get("/documents").json()
            #expect(list.data.map(\.id) == ["\(id)"])
            // Files of versions are somebody's.
            #expect(try await stage.service.removeUnused(versions.data.map(\.sha256)) == 0)

            #expect(try await stage.client("ben").get("/documents/\(id)/versions").status == 404)
            #expect(try await stage.client("ben").get("/documents/\(past.id)").status == 404)
            #expect(try await client.delete("/documents/\(id)").status == 204)
            for table in ["documents", "document_pages", "chunks", "chunk_vectors", "keyword_places"] {
                #expect(try await stage.count(table) == 0, "\(table)")
            }
            #expect(try await stage.blobs.content(of: past.sha256) == nil)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a new version that cannot be read leaves the old one, and says so`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let client = stage.client()
            let id = try await stage.ready("cells.pdf").id
            _ = try await client.post(
                "/documents/upload", form: Self.form("truncated.pdf", Fixture.bytes("truncated.pdf"), replaces: id))
            try await stage.worker.drain()
            var view: DocumentView = try await client.get("/documents/\(id)").json()
            #expect(view.status == .completed && view.version == 1 && view.error == nil)
            #expect(view.update?.status == .failed && view.update?.error?.code == "damaged")
            #expect(try await stage.eventTypes().last == "document.updated")
            #expect(try await Self.found("osmosis", stage).first?.documentID == id)
            // It is given up by its own id.
            let draft = try #require(view.update?.id)
            #expect(try await client.delete("/documents/\(draft)").status == 204)
            view = try await client.get("/documents/\(id)").json()
            #expect(view.update == nil && view.status == .completed)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a document that is read again stays found meanwhile, and its passages open after`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let client = stage.client()
            let id = try await stage.ready("cells.pdf").id
            let cited = try #require(try await Self.found("osmosis", stage).first)
            #expect(try await stage.client("ben").post("/documents/\(id)/read-again").status == 404)
            var view: DocumentView = try await client.post("/documents/\(id)/read-again").json()
            #expect(view.status == .completed && view.update?.version == 1)
            #expect(try await Self.found("osmosis", stage).first?.chunkID == cited.chunkID)
            try await stage.worker.drain()
            view = try await client.get("/documents/\(id)").json()
            #expect(view.version == 1 && view.update == nil && view.pageCount == 3 && view.title == "Cell Biology")
            let again = try #require(try await Self.found("osmosis", stage).first)
            #expect(again.chunkID != cited.chunkID && again.documentID == id)
            let chunk: ChunkView = try await client.get("/documents/\(id)/chunks/\(cited.chunkID)").json()
            #expect(chunk.text == cited.text && chunk.documentID != "\(id)")
        }
    }

    @Test(arguments: Dialect.allCases)
    func `an upload is told of its twin, and becomes its version`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let client = stage.client()
            let id = try await stage.ready("notes.txt", bytes: Self.old).id
            let added: DocumentView = try await client.post(
                "/documents/upload", form: TestForm().file("file", filename: "Notes.txt", Self.new)
            ).json()
            #expect(added.twin?.id == "\(id)" && added.twin?.title == "notes")
            // Read already, or not: both.
            try await stage.worker.drain()
            #expect(try await Self.found("sugar", stage).first?.documentID.description == added.id)
            #expect(
                try await stage.client("ben").post("/documents/\(id)/versions", json: "{\"document_id\": \"\(added.id)\"}").status
                    == 404)
            let replaced = try await client.post("/documents/\(id)/versions", json: "{\"document_id\": \"\(added.id)\"}")
            #expect(replaced.status == 202)
            #expect(try await Self.found("osmosis", stage).allSatisfy { $0.documentID == id })
            try await stage.worker.drain()
            let list: Page<DocumentView> = try await client.get("/documents").json()
            #expect(list.data.map(\.id) == ["\(id)"] && list.data.map(\.version) == [2])
            #expect(try await Self.found("sugar", stage).first?.documentID == id)

            let third: DocumentView = try await client.post(
                "/documents/upload", form: TestForm().file("file", filename: "notes.txt", Array("Enzymes speed things up.".utf8))
            ).json()
            _ = try await client.post("/documents/\(id)/versions", json: "{\"document_id\": \"\(third.id)\"}")
            try await stage.worker.drain()
            #expect(try await Self.found("enzymes", stage).first?.documentID == id)
            let versions: VersionList = try await client.get("/documents/\(id)/versions").json()
            #expect(versions.data.map(\.version) == [3, 2, 1])

            // An old one again, by its own file.
            let restored = try await client.post("/documents/\(id)/versions/\(versions.data[2].id)/restore")
            #expect(restored.status == 202)
            try await stage.worker.drain()
            let now: DocumentView = try await client.get("/documents/\(id)").json()
            #expect(now.version == 4 && now.sha256 == versions.data[2].sha256)
            #expect(try await Self.found("osmosis", stage).first?.text.contains("salt") == true)
            #expect(try await client.post("/documents/\(id)/versions/\(id)/restore").status == 404)
            // The same file once more is no version.
            let same: DocumentView = try await client.post(
                "/documents/upload", form: Self.form("notes.txt", Self.old, replaces: id)
            ).json()
            #expect(same.duplicate == true && same.update == nil)
        }
    }

    /// A table that holds something of a document must go with its text from version to version, be made anew, or stay with the document.
    @Test(arguments: Dialect.allCases)
    func `each table of documents is known to the editions`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let tables = try await stage.database.read(as: .system) { transaction in
                let all: SQL =
                    dialect == .postgres
                    ? "SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'document_id'"
                    : "SELECT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'document_id' WHERE m.type = 'table'"
                return try await transaction.query(all).map { try $0.get("name", as: String.self) }
            }
            #expect(Set(tables) == Set(EditionStore.moved + EditionStore.searched + EditionStore.kept))
        }
    }
}
