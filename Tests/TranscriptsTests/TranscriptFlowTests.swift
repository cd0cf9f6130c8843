import Ambient
import BlobStorage
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Speech
import Synchronization
import Testing
@testable import Transcripts

@Suite(.timeLimit(.minutes(5)))
struct TranscriptFlowTests {
    @Test(arguments: Dialect.allCases) func `the way of a recording over HTTP`(_ dialect: Dialect) async throws {
        try await TranscriptStage.with(dialect) { stage in
            let client = stage.client()
            let form = TestForm().text("title", "  A   lecture ").text("vocabulary", "ATP, Krebs cycle").file(
                "file", filename: "l.wav", TranscriptStage.silence(seconds: 25))
            let answer = try await client.post("/stt/transcribe", form: form)
            #expect(answer.status == 202)
            let added: TranscriptView = try answer.json()
            #expect(added.title == "A lecture" && added.state == .pending && added.segments == nil)
            let job: TranscriptJobView = try await client.get("/stt/jobs/\(try #require(added.jobID))").json()
            #expect(job.status == .pending && job.queuePlace == 1 && job.transcriptID == added.id)

            try await stage.worker.drain()
            let whole: TranscriptView = try await client.get("/stt/transcripts/\(added.id)").json()
            #expect(
                whole.state == .completed && whole.duration == 25 && whole.heard == 25 && whole.engine == "scripted"
                    && whole.gaps.isEmpty)
            #expect(whole.segments?.count == 25)
            #expect(whole.segments?[1].words.map(\.word) == ["Second", "1", "here."])
            #expect(whole.text?.hasPrefix("Second 0 here. Second 1 here.") == true)
            #expect(whole.confidence == 0.5)
            #expect(
                try await client.get("/stt/jobs/\(try #require(added.jobID))").json(TranscriptJobView.self).status == .completed)
            #expect(try await stage.eventTypes() == ["transcript.added", "transcript.completed", "transcript.shelved"])

            let sound = try await client.get("/stt/transcripts/\(added.id)/audio", headers: ["Range": "bytes=0-3"])
            #expect(sound.status == 206 && sound.body == Array("RIFF".utf8) && sound.headers["Content-Type"] == "audio/wav")

            // A player sends no header: its address lets it in, to that recording alone.
            let link: SoundLinkView = try await client.get("/stt/transcripts/\(added.id)/audio-link").json()
            let player = TestClient(stage.router)
            let part = try await player.get("/stt/transcripts/\(added.id)/play?link=\(link.link)", headers: ["Range": "bytes=8-11"])
            #expect(
                part.status == 206 && part.body == Array("WAVE".utf8)
                    && part.headers["Content-Range"]?.hasPrefix("bytes 8-11/") == true)
            #expect(try await player.get("/stt/transcripts/\(added.id)/play?link=\(link.link)x").status == 401)
            #expect(try await player.get("/stt/transcripts/\(added.id)/play").status == 401)
            let old = try TranscriptStage.links.word(
                for: try #require(TranscriptID(added.id)), user: TranscriptStage.annID, session: "ended", at: Date())
            #expect(try await player.get("/stt/transcripts/\(added.id)/play?link=\(old)").status == 401)
            #expect(try await client.get("/stt/transcripts/\(added.id)/play").status == 200)
            let another = try await stage.bring(TranscriptStage.silence(seconds: 1))
            #expect(try await player.get("/stt/transcripts/\(another.id)/play?link=\(link.link)").status == 404)
            #expect(try await client.delete("/stt/transcripts/\(another.id)").status == 204)

            let other = stage.client("ben")
            for path in ["", "/audio", "/audio-link", "/export"] {
                #expect(try await other.get("/stt/transcripts/\(added.id)\(path)").status == 404)
            }
            #expect(try await other.get("/stt/jobs/\(try #require(added.jobID))").status == 404)
            #expect(try await other.patch("/stt/transcripts/\(added.id)", json: #"{"title": "Mine"}"#).status == 404)
            #expect(try await other.delete("/stt/transcripts/\(added.id)").status == 404)

            #expect(try await client.delete("/stt/transcripts/\(added.id)").status == 204)
            #expect(try await player.get("/stt/transcripts/\(added.id)/play?link=\(link.link)").status == 404)
            #expect(try await client.get("/stt/transcripts").json(Page<TranscriptView>.self).data.isEmpty)
            #expect(try await stage.blobs.content(of: String(repeating: "0", count: 64)) == nil)
        }
    }

    @Test(arguments: Dialect.allCases) func `a job that breaks off goes on from where it stood`(_ dialect: Dialect) async throws {
        let recognizer = ScriptedRecognizer(breaksAt: [20])
        try await TranscriptStage.with(dialect, hearing: recognizer) { stage in
            let added = try await stage.bring(TranscriptStage.silence(seconds: 35))
            try await stage.worker.drain()
            let half = try await stage.service.whole(added.id, user: stage.ann)
            #expect(half.segments.count == 20 && half.transcript.heard == 20_000 && half.transcript.state == .processing)
            _ = try await stage.queue.retry(JobID(try #require(half.transcript.jobID)), of: stage.ann)
            try await stage.worker.drain()
            let whole = try await stage.service.whole(added.id, user: stage.ann)
            #expect(whole.transcript.state == .completed)
            #expect(whole.segments.map(\.start) == (0..<35).map { $0 * 1000 })
            #expect(recognizer.begun.withLock { $0 } == [0, 20])
        }
    }

    @Test func `one that is stopped keeps what it has, and goes on when it is told to`() async throws {
        let recognizer = ScriptedRecognizer(breaksAt: [10])
        try await TranscriptStage.with(.sqlite, hearing: recognizer) { stage in
            let client = stage.client()
            let added = try await stage.bring(TranscriptStage.silence(seconds: 15))
            try await stage.worker.drain()
            let stopped: TranscriptView = try await client.post("/stt/transcripts/\(added.id)/cancel").json()
            #expect(stopped.state == .cancelled && stopped.heard == 10)
            #expect(try await client.post("/stt/transcripts/\(added.id)/cancel").status == 409)
            #expect(try await client.post("/stt/transcripts/\(added.id)/retry").status == 202)
            try await stage.worker.drain()
            #expect(try await client.get("/stt/transcripts/\(added.id)").json(TranscriptView.self).segments?.count == 15)
            #expect(try await client.post("/stt/transcripts/\(added.id)/retry").status == 409)
        }
    }

    @Test func `while its model is missing a recording waits, and says why`() async throws {
        try await TranscriptStage.with(.sqlite, hearing: ScriptedRecognizer(isReady: false)) { stage in
            let added = try await stage.bring(TranscriptStage.silence(seconds: 1))
            try await stage.worker.drain()
            let job: TranscriptJobView = try await stage.client().get(
                "/stt/jobs/\(try #require(added.jobID).uuidString.lowercased())"
            ).json()
            #expect(job.status == .pending && job.problem?.contains("model") == true)
            let answer = try await stage.client().send(.post, "/stt/dictate", body: TranscriptStage.silence(seconds: 1))
            #expect(answer.status == 503)
        }
    }

    @Test func `a file that breaks off is written down as far as it goes, and the gap is told`() async throws {
        try await TranscriptStage.with(.sqlite) { stage in
            // A head that announces a minute, and twenty seconds.
            let cut = WaveFile.head(rate: 16_000, bytes: 60 * 32_000) + [UInt8](repeating: 0, count: 20 * 32_000)
            let added = try await stage.bring(cut)
            try await stage.worker.drain()
            let whole: TranscriptView = try await stage.client().get("/stt/transcripts/\(added.id)").json()
            #expect(whole.state == .completed && whole.segments?.count == 20)
            if let gap = whole.gaps.first { #expect(gap.reason == .lost && gap.start == 20 && gap.end > 59) }
        }
    }

    @Test(arguments: ["mp3", "m4a", "ogg", "webm", "flac"]) func `damage in the middle costs what cannot be read, and no more`(
        _ form: String
    ) async throws {
        try await TranscriptStage.with(.sqlite) { stage in
            let added = try await stage.bring(try TranscriptStage.damaged(form, seconds: 40))
            try await stage.worker.drain()
            let whole: TranscriptView = try await stage.client().get("/stt/transcripts/\(added.id)").json()
            #expect(whole.state == .completed && whole.gaps.count == 1 && whole.gaps.first?.reason == .lost)
            let gap = try #require(whole.gaps.first)
            // A tenth of the bytes behind two fifths of them; pages and clusters are lost whole.
            #expect((13.0...18).contains(gap.start) && gap.end < 26, "\(gap)")
            // MPEG frames carry no times: a player goes on at once, and so does what is written down.
            let heard = Double(whole.segments?.count ?? 0)
            #expect(
                form == "mp3"
                    ? gap.end == gap.start && (34...38).contains(heard) : gap.end > gap.start + 2 && (39...41).contains(heard))
        }
    }

    @Test(arguments: [
        (Array("a text, and no sound".utf8), 415), ([], 422), (Array("%PDF-1.7".utf8), 415),
    ]) func `what is no recording is refused at once`(_ bytes: [UInt8], _ status: Int) async throws {
        try await TranscriptStage.with(.sqlite) { stage in
            let answer = try await stage.client().post("/stt/transcribe", form: TestForm().file("file", filename: "x.wav", bytes))
            #expect(answer.status == status)
            #expect(try await stage.service.list(user: stage.ann, offset: 0, limit: 10).total == 0)
        }
    }

    @Test func `a file that only looks like a recording fails with a reason`() async throws {
        try await TranscriptStage.with(.sqlite) { stage in
            let added = try await stage.bring(Array("RIFF\u{0}\u{0}\u{0}\u{0}WAVEnonsense".utf8))
            try await stage.worker.drain()
            let failed = try await stage.service.transcript(added.id, user: stage.ann)
            #expect(failed.state == .failed && failed.problem?.isEmpty == false)
            #expect(try await stage.eventTypes() == ["transcript.added", "transcript.failed"])
        }
    }
}

@Suite(.timeLimit(.minutes(5)), .enabled(if: TranscriptStage.models != nil))
struct WhisperTests {
    private static let text = "Every cell of the body carries the same plan. The mitochondria make the energy that it needs."

    @Test func `speech is written down, with the time of each word`() async throws {
        try await TranscriptStage.with(.sqlite, hearing: TranscriptStage.equipment.recognizer) { stage in
            let added = try await stage.bring(try await TranscriptStage.spoken(Self.text))
            try await stage.worker.drain()
            let whole = try await stage.service.whole(added.id, user: stage.ann)
            #expect(
                whole.transcript.state == .completed && whole.transcript.language == "en" && whole.transcript.engine == "whisper")
            let heard = whole.segments.map(\.text).joined(separator: " ").lowercased().filter { $0.isLetter || $0 == " " }.split(
                separator: " ")
            let said = Self.text.lowercased().filter { $0.isLetter || $0 == " " }.split(separator: " ")
            #expect(Set(said).subtracting(heard).count <= 2, "\(heard)")
            let words = whole.segments.flatMap(\.words)
            #expect(zip(words, words.dropFirst()).allSatisfy { $0.start <= $1.start })
            #expect(words.allSatisfy { $0.end <= (whole.transcript.milliseconds ?? 0) + 100 })
            await TranscriptStage.equipment.retire(afterIdle: .zero)
        }
    }

    @Test func `silence invents nothing`() async throws {
        try await TranscriptStage.with(.sqlite, hearing: TranscriptStage.equipment.recognizer) { stage in
            let added = try await stage.bring(TranscriptStage.silence(seconds: 20))
            try await stage.worker.drain()
            let whole = try await stage.service.whole(added.id, user: stage.ann)
            #expect(whole.transcript.state == .completed && whole.segments.isEmpty)
        }
    }

    @Test func `a few words are written down while somebody waits, and nothing is kept`() async throws {
        try await TranscriptStage.with(.sqlite, hearing: TranscriptStage.equipment.recognizer) { stage in
            let answer = try await stage.client().send(
                .post, "/stt/dictate?language=en", body: try await TranscriptStage.spoken("Where does photosynthesis take place?"))
            #expect(answer.status == 200)
            #expect(try answer.json(DictationView.self).text.lowercased().contains("photosynthesis"))
            #expect(try await stage.service.list(user: stage.ann, offset: 0, limit: 10).total == 0)
        }
    }
}
