import Ambient
import Database
import DatabaseTesting
import Foundation
@testable import Library
import Passages
import Testing

/// The keyword index on either database, with documents that are nothing but their passages.
struct KeywordStoreTests {
    private struct Shelf: Sendable {
        let database: any Database
        var user = LibraryStage.annID
        let search = KeywordSearch()

        /// Adds a document of these passages, indexed.
        func add(_ texts: [String], of user: UserID? = nil) async throws -> DocumentID {
            let document = Ambient.live.newID(DocumentID.self)
            let user = user ?? self.user
            try await database.transaction(as: .system) { transaction in
                let row = DocumentStoreRow(id: document, user: user)
                try await row.insert(in: transaction)
                let chunks = texts.enumerated().map { ordinal, text in
                    StoredChunk(
                        id: Ambient.live.newID(), documentID: document, ordinal: ordinal, text: text, section: nil, page: nil,
                        sections: [], spans: [], tokenCount: 1)
                }
                try await TextStore().saveChunks(chunks, user: user, in: transaction)
                try await KeywordStore().save(DocumentTerms(texts: texts), of: document, user: user, in: transaction)
            }
            return document
        }

        func remove(_ document: DocumentID) async throws {
            try await database.transaction(as: .user(user)) { transaction in
                try await KeywordStore().remove(document, in: transaction)
                try await transaction.execute("DELETE FROM documents WHERE id = \(document)")
            }
        }

        /// The texts that are found, the best first.
        func find(_ query: String, in documents: [DocumentID]? = nil, limit: Int = 10) async throws -> [String] {
            try await database.read(as: .user(user)) { transaction in
                let found = try await search.search(query, user: user, in: documents, limit: limit, transaction: transaction)
                var texts: [String] = []
                for hit in found.hits {
                    if let chunk = try await TextStore().chunk(hit.id, user: user, in: transaction) { texts.append(chunk.text) }
                }
                return texts
            }
        }

        func count(_ table: String) async throws -> Int {
            try await database.read(as: .system) {
                try await $0.first("SELECT count(*) AS n FROM \(unsafe: table)")?.get("n") ?? 0
            }
        }
    }

    private struct DocumentStoreRow {
        let id: DocumentID
        let user: UserID

        func insert(in transaction: any Transaction) async throws {
            let now = Date()
            let document = Document(
                id: id, userID: user, title: "Notes", isTitleChosen: false, courseID: nil, subject: nil, filename: "notes.txt",
                format: .text, charset: nil, size: 1, sha256: id.description, status: .completed, progress: .init(.completed),
                isPaged: false, pageCount: nil, chunkCount: nil, problem: nil, jobID: nil, embeddingModel: nil, revision: 0,
                createdAt: now, updatedAt: now)
            _ = try await DocumentStore().insert(document, in: transaction)
        }
    }

    private func withShelf(_ dialect: Dialect, _ body: (Shelf) async throws -> Void) async throws {
        try await withDatabase(dialect, migrations: LibraryStage.migrations) { try await body(Shelf(database: $0)) }
    }

    @Test("A document of an older analyzer is known, and is not once it is saved", arguments: Dialect.allCases)
    func outdated(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: LibraryStage.migrations) { database in
            let shelf = Shelf(database: database)
            let document = try await shelf.add(["Der Fußball liegt im Tor."])
            let store = KeywordStore()
            func outdated() async throws -> [DocumentID] {
                try await database.read(as: .system) { try await store.outdated(limit: 10, in: $0).map(\.id) }
            }
            #expect(try await outdated().isEmpty)
            try await database.transaction(as: .system) {
                try await $0.execute("UPDATE documents SET keyword_version = 1 WHERE id = \(document)")
            }
            #expect(try await outdated() == [document])
            #expect(try await shelf.find("Fussball").count == 1)
            try await database.transaction(as: .system) { transaction in
                #expect(try await store.isOutdated(document, in: transaction))
                try await store.save(
                    DocumentTerms(texts: ["Der Fußball liegt im Tor."]), of: document, user: shelf.user, in: transaction)
            }
            #expect(try await outdated().isEmpty)
            #expect(try await shelf.find("FUSSBALL Strasse").count == 1)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a word that nothing has is taken for the nearest that something has`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            _ = try await shelf.add(["Photosynthesis stores light.", "Granite is a rock.", "The rook moves straight."])
            #expect(try await shelf.find("photosynthsis") == ["Photosynthesis stores light."])
            #expect(try await shelf.find("garnite") == ["Granite is a rock."])
            // Short words and figures stay as they are.
            #expect(try await shelf.find("rocc gran1te").isEmpty)
            // A word that is one is not a slip, whatever is near it.
            let search = KeywordSearch { $0 == "garnite" }
            let found = try await shelf.database.read(as: .user(shelf.user)) {
                try await search.search("garnite", user: shelf.user, in: nil, limit: 5, transaction: $0)
            }
            #expect(found.hits.isEmpty && found.meant.isEmpty)
            let taken = try await shelf.database.read(as: .user(shelf.user)) {
                try await shelf.search.search("garnite", user: shelf.user, in: nil, limit: 5, transaction: $0)
            }
            #expect(taken.meant == ["garnite": "granite"])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `words are stemmed as the language of their passages asks for`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let german = "Die Häuser sind in der Stadt, und das ist nicht mehr zu ändern, weil es so war."
            let document = try await shelf.add([german])
            _ = try await shelf.add(["The houses are in the town, and it is what it was before."])
            #expect(try await shelf.find("Haus") == [german])
            #expect(try await shelf.find("Was ist das Häuschen, ein Haus?") == [german])
            #expect(try await shelf.find("house").count == 1)
            // What is left of a segment keeps its languages.
            for _ in 0..<2 { try await shelf.remove(shelf.add((0..<300).map { "filler number \($0)" })) }
            #expect(try await shelf.find("Haus", in: [document]) == [german])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `documents share a segment, and each is found by its words`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let cells = try await shelf.add(["The cell has a wall.", "Osmosis moves water."])
            let rocks = try await shelf.add(["Granite is a rock.", "A wall of granite, and a cell."])
            #expect(try await shelf.count("keyword_segments") == 1)
            #expect(try await shelf.find("osmosis") == ["Osmosis moves water."])
            #expect(try await shelf.find("granite") == ["Granite is a rock.", "A wall of granite, and a cell."])
            #expect(try await shelf.find("cell", in: [rocks]) == ["A wall of granite, and a cell."])
            #expect(try await shelf.find("cell", in: [cells]) == ["The cell has a wall."])
            #expect(try await shelf.find("cell", in: []).isEmpty)
            #expect(try await shelf.find("cell wall granite", limit: 1) == ["A wall of granite, and a cell."])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `scores are those of all passages in one document`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let texts = ["a cell", "a cell and its wall", "the wall of a cell of a wall", "water"]
            for text in texts { _ = try await shelf.add([text]) }
            let other = Shelf(database: shelf.database, user: LibraryStage.benID)
            _ = try await other.add(texts)
            let scores = try await [shelf, other].asyncMap { shelf in
                try await shelf.database.read(as: .user(shelf.user)) {
                    try await shelf.search.search("cell wall", user: shelf.user, in: nil, limit: 9, transaction: $0)
                }
            }
            #expect(scores[0].hits.map(\.score) == scores[1].hits.map(\.score) && scores[0].hits.count == 3)
            #expect(scores[0].ceiling == scores[1].ceiling)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a document that is gone is not found and not counted`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let first = try await shelf.add(["cell one", "cell two"])
            _ = try await shelf.add(["cell three"])
            // What was read of the segment before stays in memory.
            #expect(try await shelf.find("cell").count == 3)
            try await shelf.remove(first)
            #expect(try await shelf.find("cell") == ["cell three"])
            #expect(try await shelf.find("one").isEmpty)
            _ = try await shelf.add(["cell four"])
            #expect(try await shelf.find("cell") == ["cell three", "cell four"])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `the last document takes its segment with it`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let documents = [try await shelf.add(["cell"]), try await shelf.add(["wall"])]
            for document in documents { try await shelf.remove(document) }
            for table in ["keyword_segments", "keyword_places", "keyword_lists"] { #expect(try await shelf.count(table) == 0) }
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a segment that is mostly dead is written anew`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let kept = try await shelf.add(["the first of all", "cell"])
            let gone = try await shelf.add((0..<300).map { "filler number \($0)" })
            let later = try await shelf.add(["cell at the end", "other"])
            #expect(try await shelf.find("filler", limit: 500).count == 300)
            try await shelf.remove(gone)
            #expect(try await shelf.count("keyword_segments") == 1)
            let row = try await shelf.database.read(as: .system) { try await $0.first("SELECT chunks, dead FROM keyword_segments") }
            #expect(try row?.get("chunks") == 4)
            #expect(try row?.optional("dead", as: [UInt8].self) == nil)
            #expect(try await shelf.find("cell") == ["cell", "cell at the end"])
            #expect(try await shelf.find("cell", in: [later]) == ["cell at the end"])
            #expect(try await shelf.find("first", in: [kept]) == ["the first of all"])
            #expect(try await shelf.find("filler").isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a document indexed again has its new words only`(_ dialect: Dialect) async throws {
        try await withShelf(dialect) { shelf in
            let document = try await shelf.add(["cell", "wall"])
            try await shelf.database.transaction(as: .user(shelf.user)) {
                try await KeywordStore().save(
                    DocumentTerms(texts: ["granite", "wall"]), of: document, user: shelf.user, in: $0)
            }
            #expect(try await shelf.find("granite").count == 1)
            #expect(try await shelf.find("wall") == ["wall"])
            #expect(try await shelf.count("keyword_places") == 1)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `an index from before segments is found as it was`(_ dialect: Dialect) async throws {
        let before = LibraryStage.migrations.filter { $0.feature != "library" || $0.number < 7 }
        try await withDatabase(dialect, migrations: before) { database in
            let shelf = Shelf(database: database)
            let (document, chunks) = (Ambient.live.newID(DocumentID.self), (0..<2).map { _ in Ambient.live.newID(ChunkID.self) })
            let texts = ["cell cell", "the wall of a cell"]
            let terms = DocumentTerms(texts: texts)
            try await database.transaction(as: .system) { transaction in
                try await DocumentStoreRow(id: document, user: shelf.user).insert(in: transaction)
                try await TextStore().saveChunks(
                    zip(chunks, texts).enumerated().map { ordinal, chunk in
                        StoredChunk(
                            id: chunk.0, documentID: document, ordinal: ordinal, text: chunk.1, section: nil, page: nil,
                            sections: [], spans: [], tokenCount: 1)
                    }, user: shelf.user, in: transaction)
                let ids = chunks.flatMap { id in withUnsafeBytes(of: id.uuid.uuid) { Array($0) } }
                try await transaction.execute(
                    """
                    INSERT INTO keyword_documents (document_id, user_id, chunk_ids, lengths)
                    VALUES (\(document), \(shelf.user), \(ids), \(KeywordSegment.encode(terms.lengths)))
                    """)
                for (term, postings) in terms.postings {
                    try await transaction.execute(
                        """
                        INSERT INTO keyword_postings (user_id, term, document_id, postings)
                        VALUES (\(shelf.user), \(term), \(document), \(postings.bytes))
                        """)
                }
            }
            try await Migrator(database: database).apply(LibraryStage.migrations)
            _ = try await shelf.add(["another cell"])
            #expect(try await shelf.count("keyword_segments") == 1)
            #expect(try await shelf.find("cell") == ["cell cell", "the wall of a cell", "another cell"])
            #expect(try await shelf.find("wall", in: [document]) == ["the wall of a cell"])
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}
