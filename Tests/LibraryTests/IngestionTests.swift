import Ambient
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import Jobs
@testable import Library
import Passages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct IngestionTests {
    @Test(arguments: Dialect.allCases)
    func `a PDF becomes searchable`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let uploaded = try await stage.upload("cells.pdf").document
            #expect(uploaded.status == .pending)
            #expect(uploaded.title == "cells")
            #expect(uploaded.jobID != nil)
            try await stage.worker.drain()
            let document = try await stage.service.document(uploaded.id, user: stage.ann)
            #expect(document.status == .completed)
            #expect(document.title == "Cell Biology")
            #expect(document.pageCount == 3)
            #expect((document.chunkCount ?? 0) >= 1)
            #expect(document.progress.stage == .completed)
            #expect(try await stage.count("chunk_vectors") == document.chunkCount)
            for mode in SearchMode.allCases {
                let passages = try await stage.service.search(
                    "What does ATP synthase do?", mode: mode, limit: 3, in: nil, user: stage.ann)
                #expect(passages.first?.text.contains("ATP synthase") == true, "\(mode)")
                #expect(passages.first?.documentID == document.id)
            }
            #expect(try await stage.eventTypes() == ["document.uploaded", "document.processed"])
        }
    }

    @Test(arguments: Dialect.allCases)
    func `Word, Markdown, HTML and text become searchable`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            for name in ["cells.docx", "cells.md", "cells.html"] {
                let document = try await stage.ready(name)
                #expect(document.status == .completed, "\(name): \(String(describing: document.problem))")
                #expect(document.title == "Cell Biology")
                #expect(!document.isPaged)
            }
            let text = try await stage.ready("notes.txt", bytes: Array("Glycolysis happens in the cytosol.".utf8))
            #expect(text.status == .completed)
            let found = try await stage.service.search("glycolysis", mode: .hybrid, limit: 1, in: nil, user: stage.ann)
            #expect(found.map(\.documentID) == [text.id])
            #expect(found.first?.page == nil)
        }
    }

    @Test(arguments: [
        ("encrypted.pdf", "encrypted", "password"), ("truncated.pdf", "damaged", "damaged"), ("scanned.pdf", "no_text", "pictures"),
    ])
    func `a file that cannot be read fails with a reason, once`(name: String, code: String, word: String) async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready(name)
            #expect(document.status == .failed)
            #expect(document.problem?.code == code)
            #expect(document.problem?.message.contains(word) == true)
            let job = try await stage.queue.job(JobID(try #require(document.jobID)), of: stage.ann)
            #expect(job.state == .dead)
            #expect(job.attempt == 1)
            #expect(try await stage.eventTypes() == ["document.uploaded", "document.failed"])
            #expect(try await stage.service.search("cell", mode: .hybrid, limit: 5, in: nil, user: stage.ann).isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a job that fails while embedding goes on where it stood`(_ dialect: Dialect) async throws {
        let embedder = WordEmbedder(batches: 1)
        try await LibraryStage.with(dialect, embedder: embedder) { stage in
            let text = (0..<60).map { "Paragraph \($0). " + String(repeating: "word\($0) ", count: 380) }.joined(separator: "\n\n")
            let document = try await stage.upload("long.txt", bytes: Array(text.utf8)).document
            try await stage.worker.drain()
            let half = try await stage.service.document(document.id, user: stage.ann)
            #expect(half.status == .processing)
            #expect(half.progress.stage == .embedding)
            #expect(half.progress.done == 48)
            #expect(try await stage.count("chunk_vectors") == 48)
            #expect(try await stage.service.search("word3", mode: .hybrid, limit: 5, in: nil, user: stage.ann).isEmpty)

            embedder.left.withLock { $0 = nil }
            _ = try await stage.queue.retry(JobID(try #require(half.jobID)), of: stage.ann)
            try await stage.worker.drain()
            let whole = try await stage.service.document(document.id, user: stage.ann)
            #expect(whole.status == .completed)
            #expect(try await stage.count("chunk_vectors") == whole.chunkCount)
            // One batch before, one that failed, one after: nothing was embedded twice.
            #expect(embedder.calls.withLock { $0 } == 3)
        }
    }

    @Test func `a job that is dead leaves a failed document, which can be tried again`() async throws {
        let embedder = WordEmbedder(batches: 0)
        try await LibraryStage.with(.sqlite, embedder: embedder) { stage in
            let document = try await stage.upload("cells.pdf").document
            // Each wait for the next attempt is cut short by asking for it.
            try await stage.worker.drain()
            try await stage.database.transaction(as: .system) {
                _ = try await $0.execute("UPDATE jobs SET attempt = max_attempts - 1, available_at = created_at")
            }
            try await stage.worker.drain()
            let failed = try await stage.service.document(document.id, user: stage.ann)
            #expect(failed.status == .failed)
            #expect(failed.problem?.message == "Something went wrong on our side.")
            embedder.left.withLock { $0 = nil }
            let again = try await stage.service.retry(document.id, user: stage.ann)
            #expect(again.status == .pending && again.problem == nil)
            try await stage.worker.drain()
            #expect(try await stage.service.document(document.id, user: stage.ann).status == .completed)
            await #expect(throws: LibraryFailure.self) { try await stage.service.retry(document.id, user: stage.ann) }
        }
    }

    @Test func `cancelling the job stops the document`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.upload("cells.pdf").document
            _ = try await stage.queue.cancel(JobID(try #require(document.jobID)), of: stage.ann)
            let cancelled = try await stage.service.document(document.id, user: stage.ann)
            #expect(cancelled.status == .cancelled)
            #expect(cancelled.problem == nil)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `what was interrupted goes on at the next start`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.upload("cells.pdf").document
            try await stage.database.transaction(as: .system) { _ = try await $0.execute("DELETE FROM jobs") }
            #expect(try await stage.service.resume() == 1)
            try await stage.worker.drain()
            #expect(try await stage.service.document(document.id, user: stage.ann).status == .completed)
            #expect(try await stage.service.resume() == 0)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a new model means new vectors`(_ dialect: Dialect) async throws {
        try await withTemporaryFolder { folder in
            try await LibraryStage.with(dialect) { old in
                let document = try await old.ready("cells.pdf")
                var stage = try LibraryStage(
                    database: old.database, folder: folder, embedder: WordEmbedder(model: "other"), uploadLimit: 1 << 20)
                #expect(try await stage.service.resume() == 1)
                // The blob is not in the new folder: text and passages are kept, so the file is not needed.
                try await stage.worker.drain()
                stage = try LibraryStage(
                    database: old.database, folder: folder, embedder: WordEmbedder(model: "other"), uploadLimit: 1 << 20)
                let again = try await stage.service.document(document.id, user: old.ann)
                #expect(again.status == .completed)
                #expect(again.embeddingModel == "other")
                #expect(
                    try await stage.searcher.passages(for: "osmosis", mode: .vector, limit: 1, in: nil, user: old.ann).count == 1)
            }
        }
    }
}
