import Ambient
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import ReadAloud
import Speech
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct ReadAloudRoutesTests {
    private static let text = "The cell is the smallest unit of life. It weighs 3.5 kg!"

    @Test(arguments: Dialect.allCases) func `a short text is read at once, once, with the time of each word`(_ dialect: Dialect)
        async throws
    {
        try await ReadAloudStage.with(dialect) { stage in
            let client = stage.client()
            let made = try await client.post("/tts/synthesize", json: #"{"text": "\#(Self.text)"}"#)
            #expect(made.status == 201)
            let spoken: SpokenView = try made.json()
            #expect(
                spoken.state == .ready && spoken.engine == "flite" && spoken.voice == "awb" || spoken.voice == "rms"
                    || spoken.voice == "slt")
            let words = try #require(spoken.words)
            #expect(
                words.map(\.word) == ["The", "cell", "is", "the", "smallest", "unit", "of", "life", "It", "weighs", "3.5", "kg"])
            #expect(words.map(\.offset) == [0, 4, 9, 12, 16, 25, 30, 33, 39, 42, 49, 53])
            #expect(zip(words, words.dropFirst()).allSatisfy { $0.start <= $0.end && $0.end <= $1.start })
            let seconds = Double(try #require(spoken.durationMilliseconds)) / 1000
            #expect((2...12).contains(seconds))
            #expect(try #require(words.last).end <= seconds)

            // The same again is the same; at another speed it is not.
            let again: SpokenView = try await client.post("/tts/synthesize", json: #"{"text": "\#(Self.text)"}"#).json()
            #expect(again.id == spoken.id)
            let fast: SpokenView = try await client.post(
                "/tts/synthesize", json: #"{"text": "\#(Self.text)", "speed": 2, "format": "opus"}"#
            ).json()
            #expect(fast.id != spoken.id)
            #expect(try #require(fast.durationMilliseconds) < Int(seconds * 700))
            #expect(try await client.get("/tts/audio").json(Page<SpokenView>.self).data.map(\.id) == [fast.id, spoken.id])

            // Another student has none of it, and makes their own.
            let other = stage.client("ben")
            for path in ["/tts/audio/\(spoken.id)", "/tts/audio/\(spoken.id)/words"] {
                #expect(try await other.get(path).status == 404)
            }
            #expect(try await other.delete("/tts/audio/\(spoken.id)").status == 404)
            #expect(try await other.get("/tts/audio").json(Page<SpokenView>.self).data.isEmpty)

            #expect(try await client.delete("/tts/audio/\(spoken.id)").status == 204)
            #expect(try await client.get("/tts/audio/\(spoken.id)").status == 404)
            #expect(try await stage.files() == 1)
        }
    }

    @Test func `the sound is sent whole, in parts, or not at all if it is known`() async throws {
        try await ReadAloudStage.with(.sqlite) { stage in
            let client = stage.client()
            let spoken: SpokenView = try await client.post("/tts/synthesize", json: #"{"text": "One two three.", "format": "wav"}"#)
                .json()
            let path = "/tts/audio/\(spoken.id)"
            let whole = try await client.get(path)
            #expect(
                whole.status == 200 && whole.headers["Content-Type"] == "audio/wav" && whole.headers["Accept-Ranges"] == "bytes")
            #expect(whole.body.starts(with: "RIFF".utf8) && whole.body.count == spoken.size)
            // Its head says how long it is.
            let size = whole.body[40..<44].reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(size == whole.body.count - 44)
            let part = try await client.get(path, headers: ["Range": "bytes=4-7"])
            #expect(part.status == 206 && part.body == Array(whole.body[4..<8]))
            let tag = try #require(whole.headers["ETag"])
            #expect(try await client.get(path, headers: ["If-None-Match": tag]).status == 304)
            #expect(try await client.get(path, headers: ["Range": "bytes=99999999-"]).status == 416)
        }
    }

    @Test(arguments: Dialect.allCases) func `a text is heard while it is spoken, and kept`(_ dialect: Dialect) async throws {
        try await ReadAloudStage.with(dialect) { stage in
            let client = stage.client()
            let json = #"{"text": "One is first. Two is second, as said. Three is third.", "voice": "slt", "format": "opus"}"#
            let events = try await Self.events(client.post("/tts/stream", json: json).text)
            #expect(events.map(\.event) == ["part", "part", "part", "kept"])
            let parts = try events.dropLast().map { try JSONDecoder().decode(Part.self, from: Data($0.data.utf8)) }
            #expect(parts.map(\.mediaType) == ["audio/wav", "audio/ogg", "audio/ogg"])
            #expect(parts.allSatisfy { $0.engine == "flite" && $0.voice == "slt" && $0.start < $0.end })
            #expect(zip(parts, parts.dropFirst()).allSatisfy { abs($0.end - $1.start) < 0.002 })
            #expect(Data(base64Encoded: parts[0].audio)?.prefix(4) == Data("RIFF".utf8))
            #expect(Data(base64Encoded: parts[1].audio)?.prefix(4) == Data("OggS".utf8))
            #expect(
                parts.flatMap(\.words).map(\.word) == [
                    "One", "is", "first", "Two", "is", "second", "as", "said", "Three", "is", "third",
                ])
            let kept = try JSONDecoder().decode(Kept.self, from: Data(try #require(events.last).data.utf8))
            #expect(kept.state == "ready" && kept.words.map(\.start) == parts.flatMap(\.words).map(\.start))
            #expect(try await client.get("/tts/audio/\(kept.id)").status == 200)

            // Again it is there at once, for this way and for the other.
            #expect(try await Self.events(client.post("/tts/stream", json: json).text).map(\.event) == ["kept"])
            #expect(try await client.post("/tts/synthesize", json: json).json(SpokenView.self).id == kept.id)
            // What cannot be read is refused before anything is sent.
            #expect(try await client.post("/tts/stream", json: #"{"text": "a", "voice": "nobody"}"#).status == 400)
            #expect(try await client.post("/tts/stream", json: #"{"text": "--- ***"}"#).status == 422)
        }
    }

    private struct Kept: Decodable {
        var id: String
        var state: String
        var words: [Part.Word]
    }

    private struct Part: Decodable {
        struct Word: Decodable, Equatable {
            var word: String
            var start: Double
        }
        var mediaType: String
        var audio: String
        var start: Double
        var end: Double
        var voice: String
        var engine: String
        var words: [Word]

        enum CodingKeys: String, CodingKey {
            case audio, start, end, voice, engine, words
            case mediaType = "media_type"
        }
    }

    private static func events(_ text: String) -> [(event: String, data: String)] {
        text.split(separator: "\n\n").compactMap { block in
            let lines = block.split(separator: "\n")
            guard let event = lines.first(where: { $0.hasPrefix("event: ") }),
                let data = lines.first(where: { $0.hasPrefix("data: ") })
            else { return nil }
            return (String(event.dropFirst(7)), String(data.dropFirst(6)))
        }
    }

    @Test(arguments: Dialect.allCases) func `a long text is read by a job`(_ dialect: Dialect) async throws {
        try await ReadAloudStage.with(dialect) { stage in
            let client = stage.client()
            let text = String(repeating: "This sentence is one of many. ", count: 60)
            let answer = try await client.post("/tts/synthesize", json: #"{"text": "\#(text)"}"#)
            #expect(answer.status == 202)
            let pending: SpokenView = try answer.json()
            #expect(pending.state == .pending && pending.jobID != nil && pending.audioURL == nil && pending.words == nil)
            #expect(try await client.get("/tts/audio/\(pending.id)").status == 409)
            // Asked again meanwhile, it is the same.
            #expect(try await client.post("/tts/synthesize", json: #"{"text": "\#(text)"}"#).json(SpokenView.self).id == pending.id)
            try await stage.worker.drain()
            let ready: SpokenView = try await client.get("/tts/audio/\(pending.id)/words").json()
            #expect(ready.state == .ready && ready.words?.count == 360)
            #expect(try await client.get("/tts/audio/\(pending.id)").status == 200)
            #expect(try await stage.eventTypes() == ["speech.ready"])
        }
    }

    @Test func `pages of a document are read`() async throws {
        try await ReadAloudStage.with(.sqlite) { stage in
            let client = stage.client()
            let pages: SpokenView = try await client.post(
                "/tts/synthesize",
                json: #"{"document_id": "\#(ReadAloudStage.document.uuidString.lowercased())", "pages": {"from": 2, "to": 3}}"#
            ).json()
            #expect(pages.words?.map(\.word) == ["Page", "two", "Page", "three"])
            #expect(pages.title == "A document")
            let others = try await stage.client("ben").post(
                "/tts/synthesize", json: #"{"document_id": "\#(ReadAloudStage.document.uuidString.lowercased())"}"#)
            #expect(others.status == 404)
            #expect(
                try await client.post("/tts/synthesize", json: #"{"message_id": "\#(UUID().uuidString.lowercased())"}"#).status
                    == 404)
        }
    }

    @Test(arguments: [
        ("{}", 400), (#"{"text": ""}"#, 400), (#"{"text": "a", "document_id": "0197b2c4-0000-7000-8000-000000000000"}"#, 400),
        (#"{"text": "a", "speed": 9}"#, 400), (#"{"text": "a", "format": "flac"}"#, 400), (#"{"document_id": "x"}"#, 400),
        (#"{"text": "--- *** []"}"#, 422), (#"{"text": "a", "voice": "nobody"}"#, 400),
    ]) func `what cannot be read aloud is refused with the reason`(_ json: String, _ status: Int) async throws {
        try await ReadAloudStage.with(.sqlite) { stage in
            let answer = try await stage.client().post("/tts/synthesize", json: json)
            #expect(answer.status == status, "\(answer.text)")
            if json.contains("nobody") { #expect(answer.text.contains("slt")) }
            #expect(try await stage.files() == 0)
        }
    }

    @Test func `voices are listed, the default of each language among them`() async throws {
        try await ReadAloudStage.with(.sqlite) { stage in
            let voices = try await stage.client().get("/tts/voices").json(VoiceList.self).data
            #expect(Set(voices.map(\.id)).isSuperset(of: ["slt", "rms", "espeak-de", "espeak-zh"]))
            let english = try await stage.client().get("/tts/voices?language=en").json(VoiceList.self).data
            #expect(Set(english.map(\.language)) == ["en"])
            #expect(english.filter(\.isDefault).count == 1)
            #expect(english.first?.engine == "flite")
            let sample = try await stage.client().get("/tts/voices/espeak-de/sample")
            #expect(sample.status == 200 && sample.headers["Content-Type"] == "audio/mpeg" && sample.body.count > 5_000)
            #expect(try await stage.client().get("/tts/voices/nobody/sample").status == 404)
        }
    }

    @Test func `the models that are missing are told, and only an administrator fetches a voice`() async throws {
        try await ReadAloudStage.with(.sqlite) { stage in
            let view: SpeechModelsView = try await stage.client().get("/speech/models").json()
            #expect(view.recognition == .missing && !view.isFetching)
            #expect(
                view.voices.first?.voice == "joe" && view.voices.first?.isInstalled == false
                    && view.voices.first?.notice.isEmpty == false)
            #expect(try await stage.client().post("/speech/voices", json: #"{"voice": "joe", "accepts": true}"#).status == 403)
            #expect(
                try await stage.client("root").post("/speech/voices", json: #"{"voice": "joe", "accepts": false}"#).status == 400)
            #expect(
                try await stage.client("root").post("/speech/voices", json: #"{"voice": "nobody", "accepts": true}"#).status == 404)
        }
    }

    @Test(arguments: Dialect.allCases) func `what nobody listens to goes after a while, with its file`(_ dialect: Dialect)
        async throws
    {
        let day = Mutex(0.0)
        let start = Date()
        try await ReadAloudStage.with(dialect, now: { start.addingTimeInterval(86_400 * day.withLock { $0 }) }) { stage in
            let client = stage.client()
            let old: SpokenView = try await client.post("/tts/synthesize", json: #"{"text": "Old."}"#).json()
            let used: SpokenView = try await client.post("/tts/synthesize", json: #"{"text": "Used."}"#).json()
            day.withLock { $0 = 20 }
            _ = try await client.post("/tts/synthesize", json: #"{"text": "Used."}"#)
            day.withLock { $0 = 40 }
            #expect(try await stage.service.sweep(keeping: 30) == (1, 1))
            #expect(try await client.get("/tts/audio/\(old.id)").status == 404)
            #expect(try await client.get("/tts/audio/\(used.id)").status == 200)
            #expect(try await stage.service.sweep(keeping: 30) == (0, 0))
        }
    }

    @Test func `a text that nobody can finish fails with a reason, and is made anew when it is asked for again`() async throws {
        try await ReadAloudStage.with(.sqlite) { stage in
            let text = String(repeating: "word ", count: 400)
            let made = try await stage.service.speak(.init(.text(text)), user: stage.ann)
            try await stage.database.transaction(as: .user(stage.ann)) { transaction in
                try await stage.service.noteFailure(made.audio.id, "No engine.", user: stage.ann, in: transaction)
            }
            let failed = try await stage.client().get("/tts/audio/\(made.audio.id)/words").json(SpokenView.self)
            #expect(failed.state == .failed && failed.problem == "No engine.")
            #expect(try await stage.client().get("/tts/audio/\(made.audio.id)").status == 422)
            #expect(try await stage.eventTypes() == ["speech.failed"])
            let again = try await stage.service.speak(.init(.text(text)), user: stage.ann)
            #expect(again.audio.id != made.audio.id && !again.isKnown)
        }
    }
}
