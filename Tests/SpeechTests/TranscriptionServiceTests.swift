import Failures
import Foundation
import HTTPClient
import Sandbox
import ScriptedServing
@testable import Speech
import Synchronization
import Telemetry
import Testing

/// A provider of transcriptions, as a scripted server plays it.
@Suite(.timeLimit(.minutes(2)))
struct TranscriptionServiceTests {
    private static let tool = AudioTool(sandbox: Sandbox(programs: SpeechEquipment.programs))

    /// This machine's own engine.
    private struct OwnEngine: SpeechRecognizer {
        let engine = "own"
        var isReady = true

        func recognise(
            _ sound: SampleFile, from start: Int, _ wishes: RecognitionWishes, _ take: @Sendable (HeardStretch) async throws -> Void
        ) async throws {
            let segment = HeardSegment(start: start / 16, end: sound.milliseconds, text: "Own words.", confidence: nil, words: [])
            try await take(HeardStretch(range: start..<sound.count, segments: [segment], language: "en"))
        }
    }

    private func heard(
        seconds: Int = 3, loud: Bool = true, wishes: RecognitionWishes = .init(), own: OwnEngine = OwnEngine(),
        answer: @escaping @Sendable (ScriptedConnection, ScriptedRequest) -> Void
    ) async throws -> (stretches: [HeardStretch], asked: [ScriptedRequest]) {
        let server = try ScriptedServer(answer)
        var configuration = HTTPClientConfiguration(retry: .never)
        configuration.usesProxyOfEnvironment = false
        let recognizer = ServiceRecognizer.openAI(
            url: server.url + "/v1", model: "m", key: "sk", client: try HTTPClient(configuration), own: own, tool: Self.tool,
            logger: .silent)
        let path = FileManager.default.temporaryDirectory.path + "/samples-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let samples = (0..<seconds * SampleFile.rate).map { Int16(loud ? 9_000 * ($0 / 40 % 2 == 0 ? 1 : -1) : 0) }
        try Data(WaveFile.bytes(of: samples)).write(to: URL(filePath: path))
        let stretches = Mutex<[HeardStretch]>([])
        try await recognizer.recognise(try SampleFile(path: path), from: 0, wishes) { stretch in
            stretches.withLock { $0.append(stretch) }
        }
        return (stretches.withLock { $0 }, server.requests)
    }

    private static func send(_ json: String, status: String = "200 OK", to connection: ScriptedConnection) {
        connection.send("HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)")
    }

    @Test func `words have the marks of the sentence and the times of the server`() async throws {
        let (stretches, asked) = try await heard(wishes: RecognitionWishes(language: "en", vocabulary: ["rubisco"])) {
            connection, _ in
            Self.send(
                """
                {"language": "english", "text": "Rubisco binds it.", "segments": [
                 {"start": 0.5, "end": 2, "text": " Rubisco binds it.", "avg_logprob": -0.1, "no_speech_prob": 0.01},
                 {"start": 2, "end": 3, "text": " Thank you.", "avg_logprob": -1.5, "no_speech_prob": 0.9}],
                 "words": [{"word": "Rubisco", "start": 0.5, "end": 1}, {"word": "binds", "start": 1, "end": 1.5}, {"word": "it", "start": 1.5, "end": 2}]}
                """, to: connection)
        }
        let stretch = try #require(stretches.first)
        #expect(stretches.count == 1 && stretch.engine == "openai" && stretch.language == "en")
        #expect(stretch.segments.map(\.text) == ["Rubisco binds it."])
        #expect(
            stretch.segments[0].words == [
                HeardWord(text: "Rubisco", start: 500, end: 1000), HeardWord(text: "binds", start: 1000, end: 1500),
                HeardWord(text: "it.", start: 1500, end: 2000),
            ])
        #expect((stretch.segments[0].confidence ?? 0) > 0.85)
        let request = try #require(asked.first)
        #expect(request.target == "/v1/audio/transcriptions" && request.headers["authorization"] == "Bearer sk")
        let text = String(decoding: Array(request.text.utf8), as: UTF8.self)
        for part in ["verbose_json", "name=\"language\"\r\n\r\nen", "rubisco.", "filename=\"recording.ogg\"", "OggS"] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func `a server without times gives words that are spread over what was sent`() async throws {
        let (stretches, asked) = try await heard { connection, request in
            request.text.contains("verbose_json")
                ? Self.send(#"{"error": "no such form"}"#, status: "400 Bad Request", to: connection)
                : Self.send(#"{"text": "One two three"}"#, to: connection)
        }
        #expect(asked.count == 2)
        let segment = try #require(stretches.first?.segments.first)
        #expect(segment.start == 0 && segment.end == 3000 && segment.words.map(\.text) == ["One", "two", "three"])
    }

    @Test(arguments: ["503 Service Unavailable", "401 Unauthorized", "200 OK"]) func `where the server fails this machine goes on`(
        _ status: String
    ) async throws {
        let (stretches, _) = try await heard { connection, _ in Self.send("<html>", status: status, to: connection) }
        #expect(stretches.map(\.engine) == ["own"] && stretches[0].segments.map(\.text) == ["Own words."])
    }

    @Test func `without an engine of its own the failure is told`() async throws {
        await #expect(throws: SpeechFailure.self) {
            try await heard(own: OwnEngine(isReady: false)) { connection, _ in
                Self.send("{}", status: "401 Unauthorized", to: connection)
            }
        }
    }

    @Test func `silence is not sent anywhere`() async throws {
        let (stretches, asked) = try await heard(loud: false) { connection, _ in Self.send(#"{"text": "you"}"#, to: connection) }
        #expect(asked.isEmpty && stretches.map(\.segments.count) == [0])
    }

    @Test func `what is longer than ten minutes is sent in parts, cut where it is quiet`() async throws {
        let (stretches, asked) = try await heard(seconds: 650) { connection, _ in Self.send(#"{"text": "Words"}"#, to: connection) }
        #expect(asked.count == 2 && stretches.count == 2)
        #expect(stretches[0].range.upperBound == stretches[1].range.lowerBound && stretches[1].range.upperBound == 650 * 16_000)
        #expect((570...600).contains(stretches[0].range.upperBound / 16_000))
    }
}
