import Ambient
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
import Jobs
import Testing
@testable import Transcripts

@Suite(.timeLimit(.minutes(5)))
struct TranscriptEditingTests {
    /// Three segments of a second each.
    private func withTranscript(
        _ dialect: Dialect = .sqlite, _ body: (TranscriptStage, TestClient, TranscriptView) async throws -> Void
    ) async throws {
        try await TranscriptStage.with(dialect) { stage in
            let added = try await stage.bring(TranscriptStage.silence(seconds: 3))
            try await stage.worker.drain()
            let client = stage.client()
            try await body(stage, client, try await client.get("/stt/transcripts/\(added.id)").json())
        }
    }

    @Test(arguments: Dialect.allCases) func `words are corrected, and those that stay keep their times`(_ dialect: Dialect)
        async throws
    {
        try await withTranscript(dialect) { stage, client, transcript in
            let segment = try #require(transcript.segments?[1])
            let changed: TranscriptView = try await client.patch(
                "/stt/transcripts/\(transcript.id)",
                json:
                    #"{"title": "New", "speakers": {"A": "Ada"}, "segments": [{"id": "\#(segment.id)", "text": "Second number one here.", "speaker": "A"}]}"#
            ).json()
            let edited = try #require(changed.segments?[1])
            #expect(changed.title == "New" && changed.speakers == ["A": "Ada"])
            #expect(edited.text == "Second number one here." && edited.speaker == "A" && edited.confidence == nil)
            #expect(edited.words.map(\.word) == ["Second", "number", "one", "here."])
            #expect(
                edited.words.first?.start == segment.words.first?.start && edited.words.last?.start == segment.words.last?.start)
            #expect(changed.segments?[0].text == transcript.segments?[0].text)
            #expect(try await stage.eventTypes().last == "transcript.updated")
        }
    }

    @Test(arguments: Dialect.allCases) func `segments are parted and joined`(_ dialect: Dialect) async throws {
        try await withTranscript(dialect) { _, client, transcript in
            let segments = try #require(transcript.segments)
            let split: TranscriptView = try await client.post(
                "/stt/transcripts/\(transcript.id)/split", json: #"{"segment_id": "\#(segments[1].id)", "word": 2}"#
            ).json()
            #expect(split.segments?.map(\.text) == ["Second 0 here.", "Second 1", "here.", "Second 2 here."])
            let ids = try #require(split.segments).map(\.id)
            let joined: TranscriptView = try await client.post(
                "/stt/transcripts/\(transcript.id)/join", json: #"{"segment_ids": ["\#(ids[1])", "\#(ids[2])", "\#(ids[3])"]}"#
            ).json()
            #expect(joined.segments?.map(\.text) == ["Second 0 here.", "Second 1 here. Second 2 here."])
            #expect(joined.segments?.last?.words.count == 6 && joined.segments?.last?.end == segments[2].end)
            #expect(try await client.get("/stt/transcripts/\(transcript.id)").json(TranscriptView.self).segments?.count == 2)
        }
    }

    @Test func `what makes no sense is refused, and changes nothing`() async throws {
        try await withTranscript { _, client, transcript in
            let (path, ids) = ("/stt/transcripts/\(transcript.id)", try #require(transcript.segments).map(\.id))
            let foreign = UUID().uuidString.lowercased()
            for (target, json) in [
                (path + "/split", #"{"segment_id": "\#(ids[0])", "word": 3}"#),
                (path + "/split", #"{"segment_id": "\#(foreign)", "word": 1}"#),
                (path + "/join", #"{"segment_ids": ["\#(ids[0])", "\#(ids[2])"]}"#),
                (path + "/join", #"{"segment_ids": ["\#(ids[0])", "\#(foreign)"]}"#),
            ] { #expect(try await client.post(target, json: json).status == 422, "\(json)") }
            #expect(try await client.post(path + "/join", json: #"{"segment_ids": ["\#(ids[0])"]}"#).status == 400)
            #expect(try await client.patch(path, json: #"{"segments": [{"id": "\#(ids[0])", "text": "  "}]}"#).status == 400)
            #expect(try await client.patch(path, json: #"{"segments": [{"id": "\#(foreign)", "text": "x"}]}"#).status == 422)
            #expect(try await client.get(path).json(TranscriptView.self).segments?.map(\.text) == transcript.segments?.map(\.text))
        }
    }

    @Test func `a transcript goes out as text and as subtitles`() async throws {
        try await withTranscript { _, client, transcript in
            let path = "/stt/transcripts/\(transcript.id)/export?format="
            #expect(try await client.get(path + "txt").text == "Second 0 here. Second 1 here. Second 2 here.\n")
            let srt = try await client.get(path + "srt").text
            #expect(srt.hasPrefix("1\n00:00:00,000 --> 00:00:00,900\nSecond 0 here.\n\n2\n00:00:01,000"))
            let vtt = try await client.get(path + "vtt")
            #expect(vtt.text.hasPrefix("WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nSecond 0 here.\n"))
            #expect(vtt.headers["Content-Type"] == "text/vtt; charset=utf-8")
            #expect(try await client.get(path + "json").json(TranscriptView.self).segments?.count == 3)
            #expect(try await client.get(path + "doc").status == 400)
        }
    }

    @Test func `long segments are subtitles of two lines`() {
        let words = (0..<40).map { TranscriptSegment.Word(text: "word\($0)", start: $0 * 100, end: $0 * 100 + 90) }
        let segment = TranscriptSegment(
            id: TranscriptSegmentID(UUID()), start: 0, end: 4_000, text: words.map(\.text).joined(separator: " "), confidence: 1,
            speaker: "A", words: words)
        let captions = TranscriptExport.captions(of: [segment], ["A": "Ada"])
        #expect(
            captions.allSatisfy {
                $0.text.split(separator: "\n").count <= 2 && $0.text.split(separator: "\n").allSatisfy { $0.count <= 42 }
            })
        #expect(captions.first?.text.hasPrefix("Ada: word0") == true && captions.last?.end == 4_000)
        #expect(zip(captions, captions.dropFirst()).allSatisfy { $0.end <= $1.start })
        #expect(
            captions.map(\.text).joined(separator: " ").split { $0 == " " || $0 == "\n" }.dropFirst().map(String.init)
                == words.map(\.text))
    }

    @Test(arguments: [
        (Array("RIFF....WAVEfmt ".utf8), "audio/wav"), (Array("fLaC............".utf8), "audio/flac"),
        (Array("OggS............".utf8), "audio/ogg"),
        ([0xFF, 0xFB, 0x90, 0x00], "audio/mpeg"), ([0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        (Array("....ftypM4A ....".utf8), "audio/mp4"),
        (Array("....ftypisom....".utf8), "video/mp4"), (Array("ID3.............".utf8), "audio/mpeg"), (Array("hello".utf8), nil),
        ([], nil),
    ]) func `a recording is known by its first bytes`(_ head: [UInt8], _ type: String?) {
        #expect(SoundKind.mediaType(of: head) == type)
    }
}
