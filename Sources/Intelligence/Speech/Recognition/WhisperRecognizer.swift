import Concurrency
package import Sandbox
import SpeechMessages
import Synchronization
package import Telemetry

/// Whisper, run by libtranscribe in the sandbox: several programs of one thread each, since threads of one would wait for each other.
package final class WhisperRecognizer: SpeechRecognizer {
    package let engine = "whisper"
    package let workers: [SpeechWorker]
    private let folder: SpeechFolder
    private let free: AsyncSemaphore
    private let idle: Mutex<[Int]>
    private let logger: Logger

    /// - Parameters:
    ///   - sandbox: that may run `lm-speech`.
    ///   - width: how many stretches are written down side by side; each takes a core, and some 300 MB.
    package init(folder: SpeechFolder, sandbox: Sandbox, width: Int, logger: Logger = .silent) {
        self.folder = folder
        self.logger = logger.labelled("speech")
        workers = (0..<max(1, width)).map { _ in SpeechWorker(sandbox: sandbox) { folder.recognition } }
        free = AsyncSemaphore(workers.count)
        idle = Mutex(Array(workers.indices.reversed()))
    }

    package var isReady: Bool { folder.canRecognise }

    /// Lets a worker answer that has nothing else to do; the one that was used last, so that the others may be ended.
    private func ask(_ request: SpeechRequest, within limit: Duration) async throws -> SpeechReply {
        try await free.withPermit {
            let number = idle.withLock { $0.popLast() } ?? 0
            defer { idle.withLock { $0.append(number) } }
            return try await workers[number].ask(request, within: limit)
        }
    }

    /// What of a recording somebody speaks in. Samples are counted from the beginning of the recording.
    private func speech(in window: Range<Int>, of sound: SampleFile) async throws -> [Range<Int>] {
        let samples = try await BlockingPool.shared.run { try sound.samples(window) }
        guard case .speech(let ranges) = try await ask(.findSpeech(samples: samples, silence: 300), within: .seconds(60)) else {
            throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
        }
        return ranges.map { $0.lowerBound + window.lowerBound..<$0.upperBound + window.lowerBound }
    }

    package func recognise(
        _ sound: SampleFile, from start: Int, _ wishes: RecognitionWishes, _ take: @Sendable (HeardStretch) async throws -> Void
    ) async throws {
        guard isReady else { throw SpeechFailure(.missing, "The model that writes speech down is not installed yet.") }
        var (place, language) = (start, wishes.language)
        try await withThrowingTaskGroup(of: (Int, HeardStretch).self) { group in
            var (begun, given) = (0, 0)
            var done: [Int: HeardStretch] = [:]
            /// Waits for one, and gives what is next in order.
            func give() async throws {
                guard let (number, stretch) = try await group.next() else { return }
                done[number] = stretch
                while let next = done.removeValue(forKey: given) {
                    given += 1
                    // One language for a recording, once enough of it was heard.
                    if language == nil, let found = next.language, next.segments.reduce(0, { $0 + $1.end - $1.start }) > 8_000 {
                        language = found
                    }
                    try await take(next)
                }
            }
            while place < sound.count {
                try Task.checkCancellation()
                let window = place..<min(place + SpeechCut.window, sound.count)
                let isLast = window.upperBound == sound.count
                let (speech, problem) = try await found(in: window, of: sound)
                let end = problem == nil ? SpeechCut.end(of: window, speech: speech, isLast: isLast) : window.upperBound
                let part = window.lowerBound..<max(window.lowerBound + 1, end)
                let (number, wish) = (begun, RecognitionWishes(language: language, vocabulary: wishes.vocabulary))
                group.addTask { [self] in
                    if let problem { return (number, HeardStretch(range: part, segments: [], language: nil, problem: problem)) }
                    return (number, try await heard(part, speech: speech, of: sound, wish))
                }
                begun += 1
                place = part.upperBound
                // The first alone, for its language; then as many as there are workers, and one to come.
                while begun - given - done.count > (language == nil ? 0 : workers.count) { try await give() }
            }
            while given < begun { try await give() }
        }
    }

    /// A worker that fails costs the stretch that it failed on.
    private func found(in window: Range<Int>, of sound: SampleFile) async throws -> (speech: [Range<Int>], problem: String?) {
        do {
            return (try await speech(in: window, of: sound), nil)
        } catch let failure as SpeechFailure where failure.reason != .missing {
            logger.failure("a stretch of a recording was not heard", failure)
            return ([], failure.message)
        }
    }

    private func heard(_ part: Range<Int>, speech: [Range<Int>], of sound: SampleFile, _ wishes: RecognitionWishes) async throws
        -> HeardStretch
    {
        let voiced = speech.map { Self.milliseconds($0.lowerBound)..<Self.milliseconds($0.upperBound) }
        var (segments, languages, problem) = ([HeardSegment](), [String](), String?.none)
        for stretch in SpeechCut.stretches(of: speech, in: part) {
            do {
                let samples = try await BlockingPool.shared.run { try sound.samples(stretch) }
                let request = SpeechRequest.recognise(
                    samples: samples, language: wishes.language ?? "", vocabulary: wishes.vocabulary, threads: 1)
                // Ten times as long as an idle machine takes for the longest.
                guard
                    case .words(let language, let found) = try await ask(
                        request, within: .seconds(30 + stretch.count / SampleFile.rate))
                else {
                    throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
                }
                let start = Self.milliseconds(stretch.lowerBound)
                let end = Self.milliseconds(stretch.upperBound)
                let made = Heard.segments(found, from: start, to: end, voiced: voiced)
                if !made.isEmpty { languages.append(language) }
                segments += made
            } catch let failure as SpeechFailure where failure.reason != .missing {
                logger.failure("a stretch of a recording was not written down", failure)
                problem = failure.message
            }
        }
        return HeardStretch(range: part, segments: segments, language: languages.first, problem: problem)
    }

    private static func milliseconds(_ samples: Int) -> Int { samples * 1000 / SampleFile.rate }
}

/// What a recogniser says, without what it made up.
enum Heard {
    /// - Parameters:
    ///   - start: of what it was given, in milliseconds of the recording; `end` likewise.
    ///   - voiced: milliseconds of the recording at which somebody speaks.
    static func segments(_ found: [SpeechReply.Segment], from start: Int, to end: Int, voiced: [Range<Int>]) -> [HeardSegment] {
        var (made, same) = ([HeardSegment](), 0)
        for segment in found {
            let text = segment.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            // "[Music]", "♪", "..."
            guard text.contains(where: { $0.isLetter || $0.isNumber }), !isNote(text) else { continue }
            // It repeats itself where it hears nothing.
            same = made.last?.text == text ? same + 1 : 0
            if same >= 2 { continue }
            // Beyond the end of the sound there is nothing to hear.
            guard start + segment.start < end else { continue }
            let from = max(start, start + segment.start)
            let range = from..<max(from, min(end, start + segment.end))
            made.append(
                HeardSegment(
                    start: range.lowerBound, end: range.upperBound, text: text, confidence: segment.confidence,
                    words: WordTimes.words(of: text, in: range, speech: voiced)))
        }
        return made
    }

    private static func isNote(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        return (first == "[" && last == "]" || first == "(" && last == ")" || first == "*" && last == "*") && text.count < 40
    }
}
