import Ambient
import Failures
import FoundationEssentials
import HTTPClient
import Sandbox
import ScriptedServing
@testable import Speech
import Synchronization
import Testing

/// Providers, as a scripted server plays them; `make parts` has more real ones.
@Suite(.timeLimit(.minutes(2)))
struct ServiceTests {
    /// A second of a tone, of 16 bits and one channel.
    private static let tone = (0..<22_050).map { Int16(9_000 * ($0 / 50 % 2 == 0 ? 1 : -1)) }
    private static let wave = WaveFile.head(rate: 22_050, bytes: tone.count * 2) + WaveFile.bytes(of: tone)
    private static let text = "The cell is small. It divides."

    /// What a provider's engine makes of a text, and what it asked for.
    private func spoken(
        _ text: String = ServiceTests.text, speed: Double = 1,
        answer: @escaping @Sendable (ScriptedConnection, ScriptedRequest) -> Void,
        by make: (String, HTTPClient, AudioTool) -> any SpeechService
    ) async throws -> (words: [NarratedWord], milliseconds: Int, asked: [ScriptedRequest]) {
        let server = try ScriptedServer(answer)
        let engine = ServiceSynthesizer(make(server.url, try Self.client(), AudioTool(sandbox: SpeechBench.sandbox)))
        var words: [NarratedWord] = []
        let outcome = try await Narrator([engine]).narrate(SpokenText(text, language: "en"), speed: speed) { words += $0.words }
        return (words, outcome.milliseconds, server.requests)
    }

    private static func client() throws -> HTTPClient {
        var configuration = HTTPClientConfiguration(retry: .never)
        configuration.usesProxyOfEnvironment = false
        return try HTTPClient(configuration)
    }

    private static func sendWave(_ connection: ScriptedConnection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: \(wave.count)\r\n\r\n")
        connection.send(wave)
    }

    @Test func `an OpenAI-compatible server is sent sentences, and words are spread over what is heard of each`() async throws {
        let (words, milliseconds, asked) = try await spoken { connection, _ in
            Self.sendWave(connection)
        } by: {
            OpenAISpeech(url: $0 + "/v1/", model: "m", key: "sk", voices: [], client: $1, tool: $2)
        }
        #expect(asked.count == 2)
        #expect(asked.allSatisfy { $0.target == "/v1/audio/speech" && $0.headers["authorization"] == "Bearer sk" })
        #expect(
            Set(asked.map(\.text)) == [
                #"{"input":"The cell is small.","model":"m","response_format":"wav","voice":"alloy"}"#,
                #"{"input":"It divides.","model":"m","response_format":"wav","voice":"alloy"}"#,
            ])
        #expect(words.map(\.text) == ["The", "cell", "is", "small", "It", "divides"])
        #expect(zip(words, words.dropFirst()).allSatisfy { $0.start < $0.end && $0.end <= $1.start })
        #expect((2_000...3_500).contains(milliseconds))
        // The second sentence begins with the second answer.
        #expect((1_000...1_700).contains(words[4].start))
    }

    @Test func `Azure is sent SSML in which nothing of the text is markup`() async throws {
        let (_, _, asked) = try await spoken("It <b> says: R&D!", speed: 1.5) { connection, _ in
            Self.sendWave(connection)
        } by: {
            AzureSpeech(url: $0, key: "k", voices: [], client: $1, tool: $2)
        }
        let first = try #require(asked.first)
        #expect(first.target == "/cognitiveservices/v1" && first.headers["ocp-apim-subscription-key"] == "k")
        #expect(first.headers["x-microsoft-outputformat"] == "riff-24khz-16bit-mono-pcm")
        #expect(first.text.contains("<voice name=\"en-US-JennyNeural\"><prosody rate=\"+50%\">"))
        #expect(!first.text.contains("<b>") && !first.text.contains("R&D"))
        #expect(
            AzureSpeech.ssml("a & b", voice: "de-DE-KatjaNeural", speed: 1)
                == "<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"de-DE\">"
                + "<voice name=\"de-DE-KatjaNeural\">a &amp; b</voice></speak>")
    }

    @Test func `ElevenLabs tells when each letter begins`() async throws {
        let said = "The cell."
        let starts = said.indices.map { said.distance(from: said.startIndex, to: $0) < 4 ? 0.0 : 0.75 }
        let answer = try JSONSerialized.text([
            "audio_base64": .text(Data(WaveFile.bytes(of: Self.tone)).base64EncodedString()),
            "alignment": .object([
                "characters": .texts(said.map { String($0) }), "character_start_times_seconds": .numbers(starts),
                "character_end_times_seconds": .numbers(starts),
            ]),
        ])
        let (words, _, asked) = try await spoken(said) { connection, _ in
            connection.respond(200, [:], answer)
        } by: {
            ElevenLabsSpeech(url: $0, key: "k", model: "m", voices: [ServiceVoice("v/1", "mul")], client: $1, tool: $2)
        }
        #expect(asked.first?.target == "/v1/text-to-speech/v%2F1/with-timestamps?output_format=pcm_22050")
        #expect(asked.first?.headers["xi-api-key"] == "k")
        #expect(asked.first?.text == #"{"model_id":"m","text":"The cell."}"#)
        #expect(words.first?.start == 0 && (749...751).contains(words.last?.start ?? 0))
    }

    @Test func `Polly is asked for the sound and for the times of its words`() async throws {
        let marks = """
            {"time":0,"type":"word","start":7,"end":10,"value":"The"}
            {"time":600,"type":"word","start":11,"end":15,"value":"cell"}
            """
        let (words, _, asked) = try await spoken("The cell.") { connection, request in
            if request.text.contains("SpeechMarkTypes") {
                connection.respond(200, [:], marks)
            } else {
                let bytes = WaveFile.bytes(of: Array(Self.tone.prefix(16_000)))
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n")
                connection.send(bytes)
            }
        } by: {
            PollySpeech(
                url: $0, accessKey: "AK", secretKey: "S", region: "eu-west-1", model: "neural", voices: [], client: $1, tool: $2,
                ambient: .live)
        }
        #expect(asked.count == 2 && asked.allSatisfy { $0.target == "/v1/speech" })
        #expect(asked.allSatisfy { $0.headers["authorization"]?.contains("/eu-west-1/polly/aws4_request") == true })
        #expect(asked.contains { $0.text.contains(#""OutputFormat":"pcm","SampleRate":"16000""#) && $0.text.contains("Joanna") })
        #expect(words.map(\.start) == [0, 600])
        #expect(PollySpeech.region(of: "https://polly.eu-central-1.amazonaws.com") == "eu-central-1")
    }

    @Test func `Polly's places in its markup are places in the text`() {
        let (sent, place) = PollySpeech.markup("R & D", speed: 1.2)
        #expect(sent == "<speak><prosody rate=\"120%\">R &amp; D</prosody></speak>")
        let head = "<speak><prosody rate=\"120%\">".utf8.count
        #expect([head, head + 2, head + 5, head + 8].map(place) == [0, 2, 2, 4])
        #expect(place(0) == nil && place(10_000) == nil)
    }

    @Test func `Coqui is asked by an address`() async throws {
        let (_, _, asked) = try await spoken("R and D?") { connection, _ in
            Self.sendWave(connection)
        } by: {
            CoquiSpeech(url: $0, voices: [ServiceVoice("p 1", "mul")], client: $1, tool: $2)
        }
        #expect(asked.first?.target.hasPrefix("/api/tts?text=") == true)
        #expect(asked.first?.target.hasSuffix("%3F&speaker_id=p%201&language_id=en") == true)
    }

    @Test(.enabled(if: AudioTool.isInstalled)) func `sound in another form than was asked for is taken too`() async throws {
        let mp3 = try await AudioTool(sandbox: SpeechBench.sandbox).encode(Self.tone, rate: 22_050, as: .mp3)
        let (_, milliseconds, _) = try await spoken("One.") { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(mp3.count)\r\n\r\n")
            connection.send(mp3)
        } by: {
            OpenAISpeech(url: $0, model: "m", key: nil, voices: [], client: $1, tool: $2)
        }
        #expect((1_000...1_600).contains(milliseconds))
    }

    @Test(arguments: [
        (401, "no"), (404, ""), (429, "slow down"), (500, "broken"), (200, "<html>a page</html>"), (200, ""),
    ]) func `a provider that refuses, or sends no sound, leaves the text to an engine here`(_ status: Int, _ body: String)
        async throws
    {
        let server = try ScriptedServer { connection, _ in connection.respond(status, [:], body) }
        let service = OpenAISpeech(
            url: server.url, model: "m", key: "k", voices: [], client: try Self.client(),
            tool: AudioTool(sandbox: SpeechBench.sandbox))
        let narrator = Narrator([ServiceSynthesizer(service), FliteSynthesizer(sandbox: SpeechBench.sandbox)])
        var words: [NarratedWord] = []
        let outcome = try await narrator.narrate(SpokenText(Self.text, language: "en")) { words += $0.words }
        #expect(outcome.failed == ["openai"] && outcome.voices.map(\.engine) == ["flite"])
        #expect(words.count == 6)
        let trouble = await ServiceSynthesizer(service).trouble()
        #expect(trouble?.isEmpty == false)
        #expect(server.requests.count >= 2)
    }

    @Test func `what was spoken together is cut at its pieces, without a gap`() {
        let pieces = SpeechBench.pieces("One two. Three.").map { SpokenPiece(words: $0.words, language: "en", pause: $0.pause) }
        let sound = ServiceSound(samples: [Int16](0..<100), rate: 100)
        let cut = ServiceSynthesizer.cut(sound, pieces, ends: [20, 60, 90])
        #expect(cut.map(\.samples.count) == [60, 40] && cut.flatMap(\.samples) == sound.samples)
        #expect(cut.map(\.ends) == [[20, 60], [30]] && cut.map(\.isOpen) == [true, false])
    }

    @Test func `the first sentence is sent alone, the others some together`() {
        let text = (0..<30).map { "Sentence number \($0) of the text is here." }.joined(separator: " ")
        let pieces = SpeechBench.pieces(text)
        let groups = ServiceSynthesizer.groups(of: pieces)
        #expect(groups.flatMap { $0 } == pieces)
        #expect(groups.first?.reduce(0) { $0 + $1.length } ?? 0 < 60)
        #expect(groups.count < 8 && groups.count > 2)
    }

    @Test func `voices are named by their provider`() throws {
        let voices = try #require(SpeechServices.voices("openai:nova, polly:Vicki, azure:fr-FR-DeniseNeural,coqui:p1:de"))
        #expect(voices.map(\.engine) == ["openai", "polly", "azure", "coqui"])
        #expect(voices.map(\.voice.language) == ["mul", "de", "fr", "de"])
        for wrong in ["nova", "nobody:nova", "openai:", "openai:a:b:c", "openai:a:english"] {
            #expect(SpeechServices.voices(wrong) == nil)
        }
    }

    @Test func `an order that is asked for is kept, whatever sounds better`() {
        let engines: [any SpeechSynthesizer] = [
            EspeakSynthesizer(Espeak(sandbox: SpeechBench.sandbox)), FliteSynthesizer(sandbox: SpeechBench.sandbox),
        ]
        let kept = Narrator(engines, keepsOrder: true)
        #expect(kept.candidates(for: "en", wish: nil, of: kept.voices()).map(\.engine) == ["espeak-ng", "flite"])
        let best = Narrator(engines)
        #expect(best.candidates(for: "en", wish: nil, of: best.voices()).map(\.engine) == ["flite", "espeak-ng"])
    }
}

/// JSON of a few kinds, written for a scripted answer.
private enum JSONSerialized {
    enum Value {
        case text(String)
        case texts([String])
        case numbers([Double])
        case object([String: Value])
    }

    static func text(_ object: [String: Value]) throws -> String {
        func written(_ value: some Encodable) throws -> String { String(decoding: try JSONEncoder().encode(value), as: UTF8.self) }
        let fields = try object.map { name, value in
            let text =
                switch value {
                case .text(let text): try written(text)
                case .texts(let texts): try written(texts)
                case .numbers(let numbers): try written(numbers)
                case .object(let inner): try self.text(inner)
                }
            return "\(try written(name)):\(text)"
        }
        return "{" + fields.joined(separator: ",") + "}"
    }
}
