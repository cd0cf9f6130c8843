import Ambient
import Database
import DatabaseTesting
import Embedding
import FoundationEssentials
import Jobs
@testable import Library
import Passages
import Synchronization
import Testing

@Suite("The model that documents are searched by", .timeLimit(.minutes(5)))
struct SearchModelTests {
    /// The same library as another process has it, one that wants another model.
    private static func restarted(
        _ stage: LibraryStage, wanting model: WordEmbedder, others: [any TextEmbedder]
    ) throws -> LibraryStage {
        try LibraryStage(
            database: stage.database, folder: stage.folder, embedder: model, others: others, uploadLimit: 1 << 20)
    }

    private static func found(_ stage: LibraryStage, _ query: String = "osmosis") async throws -> Int {
        try await stage.searcher.passages(for: query, mode: .vector, limit: 9, in: nil, user: stage.ann).count
    }

    private static func model(_ stage: LibraryStage) async throws -> SearchModel? {
        try await stage.database.read(as: .system) { try await SearchModelStore().find(in: $0) }
    }

    private static func text(_ number: Int) -> [UInt8] {
        Array("Osmosis moves water through a membrane. This is note number \(number).".utf8)
    }

    @Test("The old one serves until each document has vectors of the new one; then its own go", arguments: Dialect.allCases)
    func change(_ dialect: Dialect) async throws {
        let (old, new) = (WordEmbedder(model: "old"), WordEmbedder(model: "new", batches: 2))
        try await LibraryStage.with(dialect, embedder: old) { first in
            for number in 0..<3 { _ = try await first.ready("note\(number).txt", bytes: Self.text(number)) }
            let stage = try Self.restarted(first, wanting: new, others: [old])
            // Nothing is read again: the three have vectors.
            #expect(try await stage.service.resume() == 0)
            #expect(try await Self.model(stage) == SearchModel(serving: "old", tables: .first, next: "new"))
            try await stage.worker.drain()
            // Two are done, the third's job has failed for now.
            let progress = try #require(try await VectorRenewal.progress(in: stage.database))
            #expect(progress.lacking == 1 && progress.total == 3)
            #expect(try await stage.count("other_chunk_vectors") == 2)
            for process in [first, stage] { #expect(try await Self.found(process) == 3) }

            // The third's turn is far away, however slow this machine is.
            try await stage.database.transaction(as: .system) {
                _ = try await $0.execute("UPDATE jobs SET available_at = '2999-01-01T00:00:00.000000Z' WHERE state = 'failed'")
            }
            // One that comes meanwhile is found at once, by the model that serves.
            new.left.withLock { $0 = nil }
            let added = try await stage.upload("note3.txt", bytes: Self.text(3)).document
            try await stage.worker.drain()
            #expect(try await stage.service.document(added.id, user: stage.ann).embeddingModel == "old")
            #expect(try await Self.found(stage) == 4)

            try await stage.database.transaction(as: .system) {
                _ = try await $0.execute("UPDATE jobs SET available_at = created_at")
            }
            try await stage.worker.drain()
            #expect(try await Self.model(stage) == SearchModel(serving: "new", tables: .second))
            #expect(try await stage.service.document(added.id, user: stage.ann).embeddingModel == "new")
            #expect(try await stage.count("chunk_vectors") == 0)
            #expect(try await stage.count("vector_parts") == 0)
            #expect(try await stage.count("other_chunk_vectors") == 4)
            #expect(try await stage.count("other_vector_parts") == 4)
            // The process that does not have the new model finds by words alone.
            #expect(try await Self.found(stage) == 4)
            #expect(try await Self.found(first) == 0)
            #expect(
                try await first.searcher.passages(for: "osmosis", mode: .hybrid, limit: 9, in: nil, user: first.ann).count == 4)
            #expect(try await stage.service.resume() == 0)
        }
    }

    @Test("A search in the middle of the change finds all, by one model or the other", arguments: Dialect.allCases)
    func search(_ dialect: Dialect) async throws {
        let (old, new) = (WordEmbedder(model: "old"), WordEmbedder(model: "new"))
        try await LibraryStage.with(dialect, embedder: old) { first in
            for number in 0..<3 { _ = try await first.ready("note\(number).txt", bytes: Self.text(number)) }
            let stage = try Self.restarted(first, wanting: new, others: [old])
            try await stage.service.resume()
            // The question is embedded by the old model, and before its vector is used all have changed.
            old.beforeQuestion.withLock { $0 = { try await stage.worker.drain() } }
            #expect(try await Self.found(stage) == 3)
            #expect(try await Self.model(stage)?.serving == "new")
            #expect(old.beforeQuestion.withLock { $0 == nil })
        }
    }

    @Test("A document that is embedded by one model while another takes its place is embedded by that", arguments: Dialect.allCases)
    func race(_ dialect: Dialect) async throws {
        let (old, new) = (WordEmbedder(model: "old"), WordEmbedder(model: "new"))
        try await LibraryStage.with(dialect, embedder: old) { first in
            _ = try await first.ready("note0.txt", bytes: Self.text(0))
            let stage = try Self.restarted(first, wanting: new, others: [old])
            try await stage.service.resume()
            let added = try await stage.upload("note1.txt", bytes: Self.text(1)).document
            // The old process embeds the new document; before it can say so the other has changed the model.
            let (database, id) = (stage.database, added.id)
            old.beforeWindows.withLock {
                $0 = {
                    try await database.transaction(as: .system) { transaction in
                        let store = SearchModelStore()
                        try await store.takeNext("new", in: transaction)
                        try await store.update(SearchModel(serving: "new", tables: .second), in: transaction)
                        _ = try await transaction.execute("UPDATE documents SET embedding_model = 'new' WHERE id <> \(id)")
                    }
                }
            }
            try await stage.worker.drain()
            let read = try await stage.service.document(id, user: stage.ann)
            #expect(read.status == .completed && read.embeddingModel == "new")
            #expect(
                try await stage.searcher.passages(for: "note number 1", mode: .vector, limit: 9, in: [id], user: stage.ann).count
                    == 1)
        }
    }

    @Test("Killed in the middle it goes on with what is not done", arguments: Dialect.allCases)
    func kill(_ dialect: Dialect) async throws {
        let (old, new) = (WordEmbedder(model: "old"), WordEmbedder(model: "new", batches: 1))
        try await LibraryStage.with(dialect, embedder: old) { first in
            let text = (0..<60).map { "Paragraph \($0). " + String(repeating: "word\($0) ", count: 380) }.joined(separator: "\n\n")
            _ = try await first.ready("long.txt", bytes: Array(text.utf8))
            let all = try await first.count("chunk_vectors")
            let stage = try Self.restarted(first, wanting: new, others: [old])
            try await stage.service.resume()
            try await stage.worker.drain()
            #expect(try await stage.count("other_chunk_vectors") == 48)
            #expect(all > 48)
            // The job is lost with the process; the next start makes another, which embeds the rest alone.
            try await stage.database.transaction(as: .system) { _ = try await $0.execute("DELETE FROM jobs") }
            let calls = new.calls.withLock { $0 }
            new.left.withLock { $0 = nil }
            let again = try Self.restarted(first, wanting: new, others: [old])
            try await again.service.resume()
            try await again.worker.drain()
            #expect(new.calls.withLock { $0 } == calls + 1)
            #expect(try await Self.model(again) == SearchModel(serving: "new", tables: .second))
            #expect(try await Self.found(again, "word7") > 0)
        }
    }

    @Test(
        "Switched back before it is done, the old one goes on, and what was made for the new one goes", arguments: Dialect.allCases)
    func back(_ dialect: Dialect) async throws {
        let (old, new) = (WordEmbedder(model: "old"), WordEmbedder(model: "new", batches: 1))
        try await LibraryStage.with(dialect, embedder: old) { first in
            for number in 0..<2 { _ = try await first.ready("note\(number).txt", bytes: Self.text(number)) }
            let stage = try Self.restarted(first, wanting: new, others: [old])
            try await stage.service.resume()
            try await stage.worker.drain()
            #expect(try await stage.count("other_chunk_vectors") == 1)
            let calls = old.calls.withLock { $0 }
            let back = try Self.restarted(first, wanting: old, others: [new])
            #expect(try await back.service.resume() == 0)
            #expect(try await Self.model(back) == SearchModel(serving: "old", tables: .first))
            try await stage.database.transaction(as: .system) {
                _ = try await $0.execute("UPDATE jobs SET available_at = created_at")
            }
            try await back.worker.drain()
            #expect(old.calls.withLock { $0 } == calls)
            #expect(try await back.count("other_chunk_vectors") == 0)
            #expect(try await back.count("other_vector_parts") == 0)
            #expect(try await Self.found(back) == 2)
        }
    }

    @Test("A document read again while the model changes has vectors of its new text alone", arguments: Dialect.allCases)
    func edition(_ dialect: Dialect) async throws {
        let (old, new) = (WordEmbedder(model: "old"), WordEmbedder(model: "new", batches: 1))
        try await LibraryStage.with(dialect, embedder: old) { first in
            let document = try await first.ready("note.txt", bytes: Self.text(0))
            _ = try await first.ready("other.txt", bytes: Self.text(1))
            let stage = try Self.restarted(first, wanting: new, others: [old])
            try await stage.service.resume()
            try await stage.worker.drain()
            new.left.withLock { $0 = nil }
            _ = try await stage.service.readAgain(document.id, user: stage.ann)
            try await stage.worker.drain()
            try await stage.database.transaction(as: .system) {
                _ = try await $0.execute("UPDATE jobs SET available_at = created_at")
            }
            try await stage.worker.drain()
            #expect(try await Self.model(stage) == SearchModel(serving: "new", tables: .second))
            #expect(try await stage.count("other_chunk_vectors") == 2)
            #expect(try await stage.count("other_vector_parts") == 2)
            #expect(try await Self.found(stage) == 2)
        }
    }
}
