import Ambient
import Assembly
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
@testable import Jobs
@testable import Library
import Passages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct StageTests {
    private typealias Stages = [DocumentView.StageView]

    private static let long = Array(
        (0..<60).map { "Paragraph \($0). " + String(repeating: "word\($0) ", count: 380) }.joined(separator: "\n\n").utf8)

    private static func states(_ view: DocumentView) -> [String] { view.stages.map { "\($0.name.rawValue) \($0.state.rawValue)" } }

    @Test func `a log of stages counts the time that was worked, over stops and second attempts`() {
        let start = Date(timeIntervalSince1970: 1000)
        func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }
        var log = StageLog()
        log.enter(.init(.extracting), at: at(0))
        log.enter(.init(.extracting, done: 3, total: 9), at: at(1))
        log.rest(at: at(2))
        log.enter(.init(.extracting, done: 9, total: 9), at: at(100))
        log.enter(.init(.chunking), at: at(103))
        #expect(log[.extracting]?.seconds == 5 && log[.extracting]?.finishedAt == at(103) && log[.extracting]?.done == 9)
        log.enter(.init(.embedding, done: 0, total: 4), at: at(104))
        log.finish(at: at(110))
        #expect(log.records.map(\.stage) == [.extracting, .chunking, .embedding])
        #expect(log[.embedding]?.seconds == 6)
        // One that is done begins anew: what came after it is of the past.
        log.enter(.init(.chunking), at: at(200))
        #expect(log.records.map(\.stage) == [.extracting, .chunking] && log[.chunking]?.finishedAt == nil)
    }

    @Test(arguments: Dialect.allCases)
    func `a document shows its stages, and a failed one is tried alone`(_ dialect: Dialect) async throws {
        let embedder = WordEmbedder(batches: 1)
        try await LibraryStage.with(dialect, embedder: embedder) { stage in
            let client = stage.client()
            let id = try await stage.upload("long.txt", bytes: Self.long).document.id
            var view: DocumentView = try await client.get("/documents/\(id)").json()
            #expect(
                Self.states(view) == [
                    "receive done", "extract waiting", "ocr waiting", "chunk waiting", "embed waiting", "index waiting",
                ])
            try await stage.worker.drain()
            try await stage.database.transaction(as: .system) {
                _ = try await $0.execute("UPDATE jobs SET attempt = max_attempts - 1, available_at = created_at")
            }
            embedder.left.withLock { $0 = 0 }
            try await stage.worker.drain()
            view = try await client.get("/documents/\(id)").json()
            #expect(
                Self.states(view) == ["receive done", "extract done", "ocr skipped", "chunk done", "embed failed", "index waiting"])
            let failed = try #require(view.stages.first { $0.name == .embed })
            #expect(failed.error?.message == "Something went wrong on our side." && failed.done == 48 && failed.total > 48)
            #expect(view.stages.first { $0.name == .extract }?.seconds != nil)
            #expect(view.stages.first { $0.name == .receive }?.finishedAt == view.createdAt)

            embedder.left.withLock { $0 = nil }
            let calls = embedder.calls.withLock { $0 }
            #expect(try await client.post("/documents/\(id)/retry").status == 202)
            view = try await client.get("/documents/\(id)").json()
            #expect(Self.states(view)[3...4] == ["chunk done", "embed waiting"])
            try await stage.worker.drain()
            view = try await client.get("/documents/\(id)").json()
            #expect(
                Self.states(view) == ["receive done", "extract done", "ocr skipped", "chunk done", "embed done", "index done"])
            // The rest in one batch: what was embedded before is kept.
            #expect(embedder.calls.withLock { $0 } == calls + 1)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `a document that waits is told its place, stopped, and goes on`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let (ann, ben) = (stage.client(), stage.client("ben"))
            let first = try await stage.upload("a.txt", as: stage.ben, bytes: Array("Cells are small.".utf8)).document.id
            let second = try await stage.upload("b.txt", bytes: Array("Membranes are thin.".utf8)).document.id
            // Nobody has a place to work on them.
            var full = JobWorker.Configuration()
            full.queues = [LibraryJobs.queue.name: 0]
            let worker = JobWorker(queue: stage.queue, configuration: full)
            #expect(try await worker.claim().isEmpty)
            var view: DocumentView = try await ann.get("/documents/\(second)").json()
            #expect(view.placeInLine == 2)
            let list: Page<DocumentView> = try await ann.get("/documents").json()
            #expect(list.data.map(\.placeInLine) == [2])

            #expect(try await ben.post("/documents/\(second)/cancel").status == 404)
            view = try await ann.post("/documents/\(second)/cancel").json()
            #expect(view.status == .cancelled && view.error == nil && view.placeInLine == nil)
            #expect(Self.states(view)[1] == "extract cancelled")
            #expect(try await ann.post("/documents/\(second)/cancel").status == 409)
            let stopped: Page<DocumentView> = try await ann.get("/documents?status=cancelled").json()
            #expect(stopped.data.map(\.id) == ["\(second)"])
            #expect(try await ann.get("/documents?status=failed").json(Page<DocumentView>.self).data.isEmpty)
            try await stage.worker.drain()
            #expect(try await stage.service.document(second, user: stage.ann).status == .cancelled)
            #expect(try await stage.service.document(first, user: stage.ben).status == .completed)
            #expect(try await stage.eventTypes().contains("document.cancelled"))

            #expect(try await ann.post("/documents/\(second)/retry").status == 202)
            try await stage.worker.drain()
            #expect(try await stage.service.document(second, user: stage.ann).status == .completed)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `one that is worked on stops at once, and goes on although its worker has not noticed`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let id = try await stage.upload("long.txt", bytes: Self.long).document.id
            let claimed = try await stage.worker.claim()
            let old = try #require(claimed.first)
            let stopped = try await stage.service.cancel(id, user: stage.ann)
            #expect(stopped.status == .cancelled)
            let again = try await stage.service.retry(id, user: stage.ann)
            #expect(again.jobID != nil && again.jobID != old.id.uuid)
            // The worker of before comes late, and has no say any more.
            await stage.worker.run(old)
            #expect(try await stage.service.document(id, user: stage.ann).status == .pending)
            #expect(try await stage.queue.job(old.id, of: stage.ann).state == .cancelled)
            try await stage.worker.drain()
            #expect(try await stage.service.document(id, user: stage.ann).status == .completed)
        }
    }
}
