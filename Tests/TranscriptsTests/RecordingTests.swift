import Ambient
import BlobStorage
import Cryptography
import Database
import Foundation
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Speech
import Synchronization
import Testing
@testable import Transcripts

@Suite(.timeLimit(.minutes(5)))
struct RecordingTests {
    @Test(arguments: Dialect.allCases) func `pieces of two takes become one recording that is written down`(_ dialect: Dialect)
        async throws
    {
        try await TranscriptStage.with(dialect) { stage in
            let client = stage.client()
            let id = UUID().uuidString.lowercased()
            for _ in 0..<2 {
                let begun = try await client.post("/recordings", json: #"{"id": "\#(id)", "title": " Cells  today "}"#)
                #expect(begun.status == 201)
                #expect(try begun.json(RecordingView.self).title == "Cells today")
            }
            let (first, second) = (try TranscriptStage.recorded(4), try TranscriptStage.recorded(6))
            let pieces = [(Array(first.prefix(3_000)), 0), (Array(first.dropFirst(3_000)), 0), (second, 1)]
            // Sent twice, as by one who heard no answer.
            for (number, (bytes, take)) in pieces.enumerated() {
                for _ in 0..<2 {
                    let answer = try await client.send(.put, "/recordings/\(id)/pieces/\(number)?take=\(take)", body: bytes)
                    #expect(answer.status == 200)
                    #expect(try answer.json(RecordingView.self).next == number + 1)
                }
            }
            let open: RecordingList = try await client.get("/recordings").json()
            #expect(open.data.map(\.id) == [id] && open.data[0].size == first.count + second.count)
            #expect(try await client.post("/recordings/\(id)/finish", json: #"{"pieces": 4}"#).status == 409)
            for _ in 0..<2 {
                let ended = try await client.post("/recordings/\(id)/finish", json: #"{"pieces": 3}"#)
                #expect(ended.status == 202)
                #expect(try ended.json(RecordingView.self).state == .joining)
            }
            #expect(try await client.send(.put, "/recordings/\(id)/pieces/3", body: [1]).status == 409)

            try await stage.worker.drain()
            let whole: TranscriptView = try await client.get("/stt/transcripts/\(id)").json()
            #expect(whole.state == .completed && whole.gaps.isEmpty)
            #expect(abs((whole.duration ?? 0) - 10) < 0.2, "\(whole.duration ?? 0)")
            #expect(try await client.get("/recordings").json(RecordingList.self).data.isEmpty)
            let sound = try await client.get("/stt/transcripts/\(id)/audio", headers: ["Range": "bytes=0-3"])
            #expect(sound.status == 206 && sound.body == Array("OggS".utf8))
            // The pieces are not kept beside the file.
            #expect(try await stage.blobs.content(of: Hexadecimal.encode(SHA256.hash(second))) == nil)
        }
    }

    @Test func `a piece out of its turn, a damaged one and another of the same number are refused`() async throws {
        try await TranscriptStage.with(.sqlite) { stage in
            let client = stage.client()
            let id = try await client.post("/recordings", json: "{}").json(RecordingView.self).id
            let late = try await client.send(.put, "/recordings/\(id)/pieces/1", body: [1, 2])
            #expect(late.status == 409 && String(decoding: late.body, as: UTF8.self).contains("number 0"))
            let digest = Hexadecimal.encode(SHA256.hash([1, 2, 3]))
            #expect(try await client.send(.put, "/recordings/\(id)/pieces/0?sha256=\(digest)", body: [1, 2]).status == 422)
            #expect(try await client.send(.put, "/recordings/\(id)/pieces/0?sha256=\(digest)", body: [1, 2, 3]).status == 200)
            #expect(try await client.send(.put, "/recordings/\(id)/pieces/0", body: [9]).status == 409)
            #expect(try await client.get("/recordings/\(id)").json(RecordingView.self).size == 3)
            let other = stage.client("ben")
            #expect(try await other.get("/recordings/\(id)").status == 404)
            #expect(try await other.send(.put, "/recordings/\(id)/pieces/1", body: [1]).status == 404)
            #expect(try await other.post("/recordings/\(id)/finish", json: "{}").status == 404)
            #expect(try await other.post("/recordings", json: #"{"id": "\#(id)"}"#).status == 409)
            #expect(try await client.post("/recordings/\(UUID())/finish", json: "{}").status == 404)
        }
    }

    @Test func `a take that cannot be read costs that take, and the gap is told`() async throws {
        try await TranscriptStage.with(.sqlite) { stage in
            let client = stage.client()
            let id = try await client.post("/recordings", json: "{}").json(RecordingView.self).id
            #expect(
                try await client.send(.put, "/recordings/\(id)/pieces/0?take=0", body: try TranscriptStage.recorded(3)).status
                    == 200)
            #expect(
                try await client.send(.put, "/recordings/\(id)/pieces/1?take=1", body: Array("no sound at all".utf8)).status == 200)
            #expect(
                try await client.send(.put, "/recordings/\(id)/pieces/2?take=2", body: try TranscriptStage.recorded(3)).status
                    == 200)
            #expect(try await client.post("/recordings/\(id)/finish", json: "{}").status == 202)
            try await stage.worker.drain()
            let whole: TranscriptView = try await client.get("/stt/transcripts/\(id)").json()
            #expect(whole.state == .completed && abs((whole.duration ?? 0) - 6) < 0.2)
            #expect(whole.gaps.map(\.reason) == [.lost] && abs((whole.gaps.first?.start ?? 0) - 3) < 0.2)
        }
    }

    @Test(arguments: Dialect.allCases) func `what is said becomes a document, which corrections bring up to date`(
        _ dialect: Dialect
    ) async throws {
        try await TranscriptStage.with(dialect) { stage in
            let client = stage.client()
            stage.shelf.failures.withLock { $0 = 1 }
            let added = try await stage.bring(TranscriptStage.silence(seconds: 3))
            try await stage.worker.drain()
            let failed: TranscriptView = try await client.get("/stt/transcripts/\(added.id)").json()
            #expect(failed.state == .completed && failed.shelf == .failed && failed.shelfProblem?.isEmpty == false)
            #expect(try await client.post("/stt/transcripts/\(added.id)/shelve").status == 202)
            try await stage.worker.drain()
            let made: TranscriptView = try await client.get("/stt/transcripts/\(added.id)").json()
            let document = try #require(made.documentID)
            #expect(made.shelf == .completed && !made.isDocumentOld)
            let kept = stage.shelf.kept.withLock { $0[0] }
            #expect(kept.title == "lecture" && kept.document == nil)
            #expect(kept.subtitles.hasPrefix("WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nSecond 0 here.\n"))
            let found: Page<TranscriptView> = try await client.get("/stt/transcripts?document_id=\(document)").json()
            #expect(found.data.map(\.id) == [added.id.description])
            #expect(
                try await stage.client("ben").get("/stt/transcripts?document_id=\(document)").json(Page<TranscriptView>.self).data
                    .isEmpty)

            let segment = try #require(made.segments?.first?.id)
            let change =
                #"{"segments": [{"id": "\#(segment)", "text": "The zeroth < second", "speaker": "a"}], "speakers": {"a": "Ada"}}"#
            let corrected: TranscriptView = try await client.patch("/stt/transcripts/\(added.id)", json: change).json()
            #expect(corrected.isDocumentOld)
            #expect(try await client.post("/stt/transcripts/\(added.id)/shelve").status == 202)
            try await stage.worker.drain()
            let last = stage.shelf.kept.withLock { $0[1] }
            #expect(last.document?.uuidString.lowercased() == document)
            #expect(last.subtitles.contains("<v Ada>The zeroth &lt; second"))
            #expect(try await client.get("/stt/transcripts/\(added.id)").json(TranscriptView.self).isDocumentOld == false)
        }
    }

    @Test(arguments: Dialect.allCases) func `what is said is heard while it is recorded, from where it was heard before`(
        _ dialect: Dialect
    )
        async throws
    {
        try await TranscriptStage.with(dialect) { stage in
            let client = stage.client()
            let id = try await client.post("/recordings", json: "{}").json(RecordingView.self).id
            let sound = try TranscriptStage.recorded(12)
            // A browser's pieces begin where they will.
            let cut = [0, sound.count / 6, sound.count / 5, sound.count / 3, sound.count / 2, sound.count * 2 / 3, sound.count]
            for number in 0..<6 {
                #expect(
                    try await client.send(
                        .put, "/recordings/\(id)/pieces/\(number)", body: Array(sound[cut[number]..<cut[number + 1]])
                    ).status == 200)
                if number == 2 {
                    try await stage.worker.drain()
                    #expect(try await client.get("/recordings/\(id)/captions").json(CaptionList.self).data.map(\.number) == [2])
                }
            }
            try await stage.worker.drain()
            let heard: CaptionList = try await client.get("/recordings/\(id)/captions").json()
            #expect(heard.data.map(\.number) == [2, 5])
            #expect(heard.data[0].start == 0 && heard.data[0].end == heard.data[1].start && heard.data[1].end <= 12.1)
            #expect(heard.data[0].text.hasPrefix("Second 0 here."))
            #expect(try await client.get("/recordings/\(id)/captions?after=2").json(CaptionList.self).data.map(\.number) == [5])
            #expect(try await stage.client("ben").get("/recordings/\(id)/captions").status == 404)
            // They make room for the transcript.
            #expect(try await client.post("/recordings/\(id)/finish", json: "{}").status == 202)
            try await stage.worker.drain()
            #expect(try await client.get("/recordings/\(id)/captions").json(CaptionList.self).data.isEmpty)
            #expect(try await client.get("/stt/transcripts/\(id)").json(TranscriptView.self).state == .completed)
        }
    }
}
