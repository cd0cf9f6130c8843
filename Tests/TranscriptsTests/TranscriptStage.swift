import AccountsTesting
import Ambient
import Assembly
import BlobStorage
import Cryptography
import Database
import DatabaseTesting
import Events
import Failures
import Foundation
import HTTPServing
import HTTPServingTesting
import Jobs
import SeededTesting
import Speech
import Synchronization
import Telemetry
@testable import Transcripts

/// Recordings on a fresh database and a fresh folder: real files, real decoding, real jobs.
struct TranscriptStage: Sendable {
    let database: any Database
    let blobs: DiskBlobStore
    let service: TranscriptsService
    let queue: JobQueue
    let worker: JobWorker
    let shelf = RememberingShelf()
    static let (annID, benID) = (UserID(UUID()), UserID(UUID()))
    let ann = TranscriptStage.annID
    static let keys = SigningKeyRing(current: .random())
    /// One session has ended.
    static let links = SoundLinks(keys: keys) { $0 == "ended" }

    static let equipment = SpeechEquipment(
        folder: SpeechFolder(path: models ?? "/nowhere"), width: 2, logger: .silent)

    static let models: String? = {
        if let named = ProcessInfo.processInfo.environment["LM_SPEECH_DIR"] { return named }
        var place = URL(filePath: #filePath)
        for _ in 0..<3 { place.deleteLastPathComponent() }
        let folder = place.path + "/.models/speech"
        return SpeechFolder(path: folder).canRecognise ? folder : nil
    }()

    static func with(
        _ dialect: Dialect, hearing recognizer: any SpeechRecognizer = ScriptedRecognizer(),
        speakers: (any SpeakerFinder)? = nil, _ body: (TranscriptStage) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/transcripts-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withDatabase(dialect, migrations: TestAccounts.migrations(of: [annID, benID]) + TranscriptsMigrations.all) {
            database in
            try await body(try TranscriptStage(database, folder: folder, recognizer: recognizer, speakers: speakers))
        }
    }

    private init(_ database: any Database, folder: String, recognizer: any SpeechRecognizer, speakers: (any SpeakerFinder)?) throws
    {
        self.database = database
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        blobs = try DiskBlobStore(root: folder + "/recordings")
        let handlers = JobHandlers()
        queue = JobQueue(database: database, handlers: handlers)
        service = TranscriptsService(
            database: database, blobs: blobs, jobs: queue, recognizer: recognizer, speakers: speakers, tool: Self.equipment.tool,
            events: TranscriptEvents(outbox: EventOutbox(bus: EventBus()), bus: EventBus()), shelf: shelf, limit: 16 << 20)
        for handler in TranscriptJobs.handlers(service) { handlers.add(handler) }
        var configuration = JobWorker.Configuration()
        configuration.queues = [TranscriptJobs.queue.name: 1, "maintenance": 1, "default": 1, "captions": 1]
        worker = JobWorker(queue: queue, configuration: configuration)
    }

    func client(_ name: String = "ann") -> TestClient { TestClient(router).bearing(name) }

    var router: Router {
        let authenticator = TestAuthenticator([
            "ann": Principal(userID: Self.annID, isAdministrator: false),
            "ben": Principal(userID: Self.benID, isAdministrator: false),
        ])
        return Router(
            [TranscriptRoutes(service: service, links: Self.links), RecordingRoutes(service: service)], authenticator: authenticator
        )
    }

    /// Brings a recording.
    func bring(_ bytes: [UInt8], as user: UserID? = nil) async throws -> Transcript {
        let (parts, sink) = AsyncStream<[UInt8]>.makeStream()
        sink.yield(bytes)
        sink.finish()
        return try await service.add(parts, filename: "lecture.wav", user: user ?? ann) { .init() }
    }

    /// A sound in the form in which browsers record it: WebM without a length.
    static func recorded(_ seconds: Int) throws -> [UInt8] {
        let target = FileManager.default.temporaryDirectory.path + "/recorded-\(UUID().uuidString).webm"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let ffmpeg = Process()
        ffmpeg.executableURL = URL(filePath: "/usr/bin/ffmpeg")
        ffmpeg.arguments = [
            "-v", "error", "-f", "lavfi", "-i", "sine=frequency=300:duration=\(seconds)", "-c:a", "libopus", "-live", "1", target,
        ]
        try ffmpeg.run()
        ffmpeg.waitUntilExit()
        return Array(try Data(contentsOf: URL(filePath: target)))
    }

    /// A file of sound of which a tenth, behind two fifths of it, is nonsense.
    static func damaged(_ form: String, seconds: Int) throws -> [UInt8] {
        let target = FileManager.default.temporaryDirectory.path + "/damaged-\(UUID().uuidString).\(form)"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let ffmpeg = Process()
        ffmpeg.executableURL = URL(filePath: "/usr/bin/ffmpeg")
        ffmpeg.arguments = [
            "-v", "error", "-f", "lavfi", "-i", "anoisesrc=duration=\(seconds):sample_rate=16000:amplitude=0.3:seed=1", "-ac", "1",
            "-b:a", "48k", target,
        ]
        try ffmpeg.run()
        ffmpeg.waitUntilExit()
        var bytes = Array(try Data(contentsOf: URL(filePath: target)))
        var random = SeededGenerator(seed: 7)
        for place in bytes.count * 4 / 10..<bytes.count / 2 { bytes[place] = UInt8.random(in: 0...255, using: &random) }
        return bytes
    }

    func eventTypes() async throws -> [String] {
        try await database.read(as: .system) { try await $0.query("SELECT event_type FROM events ORDER BY position") }
            .map { try $0.get("event_type") }
    }

    /// A WAV file of silence.
    static func silence(seconds: Int) -> [UInt8] {
        let bytes = [UInt8](repeating: 0, count: seconds * 32_000)
        return WaveFile.head(rate: 16_000, bytes: bytes.count) + bytes
    }

    /// A WAV file of a text that flite speaks.
    static func spoken(_ text: String) async throws -> [UInt8] {
        let samples = Mutex<[Int16]>([])
        _ = try await Narrator([FliteSynthesizer(sandbox: equipment.sandbox)]).narrate(SpokenText(text, language: "en")) { part in
            samples.withLock { $0 += part.samples }
        }
        let bytes = WaveFile.bytes(of: samples.withLock { $0 })
        return WaveFile.head(rate: Narrator.rate, bytes: bytes.count) + bytes
    }
}

/// Hears a sentence in each second, ten seconds at a stretch, whatever the sound is; breaks where it is told to, as often.
final class ScriptedRecognizer: SpeechRecognizer {
    let engine = "scripted"
    let isReady: Bool
    private let breaks: Mutex<[Int]>
    let begun = Mutex<[Int]>([])

    /// - Parameter breaks: seconds before which it stops with an error, once each.
    init(isReady: Bool = true, breaksAt breaks: [Int] = []) {
        self.isReady = isReady
        self.breaks = Mutex(breaks)
    }

    func recognise(
        _ sound: SampleFile, from start: Int, _ wishes: RecognitionWishes, _ take: @Sendable (HeardStretch) async throws -> Void
    ) async throws {
        begun.withLock { $0.append(start / SampleFile.rate) }
        for begin in stride(from: start, to: sound.count, by: 10 * SampleFile.rate) {
            let range = begin..<min(begin + 10 * SampleFile.rate, sound.count)
            let second = begin / SampleFile.rate
            let isBreak = breaks.withLock { breaks in
                guard let place = breaks.firstIndex(of: second) else { return false }
                breaks.remove(at: place)
                return true
            }
            if isBreak { throw SpeechFailure(.broken, "broken at \(second)") }
            let segments = (range.lowerBound / SampleFile.rate..<range.upperBound / SampleFile.rate).map { second in
                let start = second * 1000
                return HeardSegment(
                    start: start, end: start + 900, text: "Second \(second) here.", confidence: 0.5,
                    words: [
                        HeardWord(text: "Second", start: start, end: start + 300),
                        HeardWord(text: "\(second)", start: start + 300, end: start + 600),
                        HeardWord(text: "here.", start: start + 600, end: start + 900),
                    ])
            }
            try await take(HeardStretch(range: range, segments: segments, language: "en"))
        }
    }
}

/// A library that remembers what it was given, and fails as often as it is told to.
final class RememberingShelf: TranscriptShelf {
    let kept = Mutex<[(subtitles: String, title: String, document: UUID?)]>([])
    let failures = Mutex(0)

    func keep(_ subtitles: String, title: String, as document: UUID?, course: UUID?, user: UserID) async throws
        -> UUID
    {
        let fails = failures.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if fails { throw TranscriptsFailure(.unprocessable, "The library does not take it.") }
        kept.withLock { $0.append((subtitles, title, document)) }
        return document ?? UUID()
    }

    func terms(ofCourse course: UUID, user: UserID) async throws -> [String] { ["rubisco"] }

    func pages(of document: UUID, user: UserID) async throws -> [String]? {
        ["Second 0 begins", "Second 4 goes on", "Nothing", "Second 7 ends"]
    }
}
