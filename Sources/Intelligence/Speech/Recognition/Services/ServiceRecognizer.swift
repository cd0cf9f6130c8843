package import Ambient
import Concurrency
package import HTTPClient
package import Telemetry

/// A provider by address that writes recordings down, and this machine's own engine where the provider fails.
package struct ServiceRecognizer: SpeechRecognizer {
    /// Samples that are sent in one go: ten minutes, some 2.5 MB.
    private static let window = 600 * SampleFile.rate
    /// Samples before the end of a window in which a quiet moment is looked for.
    private static let search = 30 * SampleFile.rate
    private static let frame = SampleFile.rate / 10

    package let engine: String
    private let service: any TranscriptionService
    private let own: any SpeechRecognizer
    private let tool: AudioTool
    private let logger: Logger

    init(_ service: any TranscriptionService, own: any SpeechRecognizer, tool: AudioTool, logger: Logger) {
        engine = service.engine
        self.service = service
        self.own = own
        self.tool = tool
        self.logger = logger.labelled("speech")
    }

    /// A server that speaks OpenAI's protocol, with the version in its address.
    package static func openAI(
        url: String, model: String, key: String?, client: HTTPClient, own: any SpeechRecognizer, tool: AudioTool, logger: Logger
    ) -> ServiceRecognizer {
        ServiceRecognizer(
            OpenAITranscriptions(url: url, model: model, key: key, client: client), own: own, tool: tool, logger: logger)
    }

    /// Amazon Transcribe, by way of a bucket.
    package static func amazon(
        _ access: AmazonAccess, client: HTTPClient, ambient: Ambient, own: any SpeechRecognizer, tool: AudioTool, logger: Logger
    ) -> ServiceRecognizer {
        ServiceRecognizer(
            AmazonTranscribe(access, client: client, ambient: ambient), own: own, tool: tool, logger: logger)
    }

    package var isReady: Bool { true }

    package func recognise(
        _ sound: SampleFile, from start: Int, _ wishes: RecognitionWishes, _ take: @Sendable (HeardStretch) async throws -> Void
    ) async throws {
        var (place, wishes) = (start, wishes)
        while place < sound.count {
            try Task.checkCancellation()
            let range = place..<(try await end(of: place..<min(place + Self.window, sound.count), in: sound))
            let stretch: HeardStretch
            do {
                stretch = try await heard(range, of: sound, wishes)
            } catch let failure as SpeechFailure {
                guard own.isReady else { throw failure }
                logger.failure("a provider failed; the machine's own engine goes on", failure)
                return try await own.recognise(sound, from: place, wishes) { stretch in
                    try await take(stretch.by(stretch.engine ?? own.engine))
                }
            }
            try await take(stretch)
            wishes.language = wishes.language ?? stretch.language
            place = range.upperBound
        }
    }

    private func heard(_ range: Range<Int>, of sound: SampleFile, _ wishes: RecognitionWishes) async throws -> HeardStretch {
        let samples = try await BlockingPool.shared.run { try sound.samples(range) }
        // Given silence, such a server makes words up.
        guard Self.isAnythingSaid(in: samples) else {
            return HeardStretch(range: range, segments: [], language: nil, engine: engine)
        }
        let file = try await tool.encode(samples, rate: SampleFile.rate, as: .opus)
        let start = range.lowerBound * 1000 / SampleFile.rate
        let answer = try await service.transcribe(file, milliseconds: range.count * 1000 / SampleFile.rate, wishes)
        let segments = answer.segments.map { segment in
            HeardSegment(
                start: segment.start + start, end: segment.end + start, text: segment.text, confidence: segment.confidence,
                words: segment.words.map { HeardWord(text: $0.text, start: $0.start + start, end: $0.end + start) })
        }
        return HeardStretch(range: range, segments: segments, language: answer.language, engine: engine)
    }

    /// Half a second in all that is louder than a quiet room.
    private static func isAnythingSaid(in samples: [Int16]) -> Bool {
        var loud = 0
        for start in stride(from: 0, to: samples.count, by: frame) {
            let part = samples[start..<min(start + frame, samples.count)]
            let energy = part.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, part.count))
            if energy > 100 * 100 { loud += 1 }
            if loud >= 5 { return true }
        }
        return false
    }

    /// Where a window is best cut: at its quietest moment near its end.
    private func end(of window: Range<Int>, in sound: SampleFile) async throws -> Int {
        guard window.upperBound < sound.count else { return window.upperBound }
        let start = window.upperBound - Self.search
        let samples = try await BlockingPool.shared.run { try sound.samples(start..<window.upperBound) }
        let loudness = stride(from: 0, to: samples.count - 3 * Self.frame, by: Self.frame).map { place in
            (place, samples[place..<place + 3 * Self.frame].reduce(0) { $0 + abs(Int($1)) })
        }
        return loudness.min { $0.1 < $1.1 }.map { start + $0.0 + 3 * Self.frame / 2 } ?? window.upperBound
    }
}
