import Concurrency
import FoundationEssentials
import Sandbox
import SpeechMessages
import SpeechModels
import Synchronization
import Telemetry

/// Hears somebody while they talk: finds where they speak in sound that is coming in, and writes a turn down.
///
/// Programs of its own, so that whoever speaks does not wait for a long recording, nor one of them for another.
package final class LiveEar: Sendable {
    /// Finds where somebody speaks.
    private let finder: SpeechWorker
    /// Writes down what fits its short window.
    private let writer: SpeechWorker
    /// Writes down what does not, or all where there is no model of a short window. It runs only while it is needed.
    private let longWriter: SpeechWorker
    private let folder: SpeechFolder
    private let logger: Logger
    /// What failed once in this process is not tried again.
    private let hasFailed = Atomic(false)

    package var workers: [SpeechWorker] { [finder, writer, longWriter] }

    /// Samples a second of what it is given.
    package static let rate = SampleFile.rate
    /// Samples that are written down quickly; more take as long as half a minute does.
    ///
    /// A second less than the model's window: it repeats itself where the sound reaches its end.
    package static let window = (ShortWindow.seconds - 1) * rate

    private static let silence = [Int16](repeating: 0, count: rate)

    /// - Parameter sandbox: that may run `lm-speech`.
    init(folder: SpeechFolder, sandbox: Sandbox, logger: Logger) {
        self.folder = folder
        self.logger = logger
        finder = SpeechWorker(sandbox: sandbox) { folder.recognition }
        writer = SpeechWorker(sandbox: sandbox) { folder.shortRecognition }
        longWriter = SpeechWorker(sandbox: sandbox) { folder.recognition }
    }

    /// Whether the models are here. Blocks shortly.
    package var isReady: Bool { folder.canRecognise }

    /// Loads what is not loaded yet of what a turn needs, so that it does not wait for it.
    ///
    /// The first time of all, the model of a short window is made.
    package func warm() async throws {
        await BlockingPool.shared.run { [self] in
            guard !hasFailed.load(ordering: .relaxed) else { return }
            do {
                try folder.makeShortModel()
            } catch {
                hasFailed.store(true, ordering: .relaxed)
                logger.failure("turns are written down more slowly: no model of a short window could be made", error)
            }
        }
        if !finder.isStanding { _ = try await speech(in: Self.silence) }
        if !writer.isStanding { _ = try await words(in: Self.silence) }
    }

    /// The same for a turn that grows beyond the window.
    package func warmForLong() async throws {
        if !longWriter.isStanding { _ = try await heard(in: Self.silence, language: nil, by: longWriter) }
    }

    /// Where in some sound somebody speaks.
    ///
    /// - Parameter least: milliseconds of the shortest voice.
    package func speech(in samples: [Int16], least: Int = 100) async throws -> [Range<Int>] {
        let request = SpeechRequest.findSpeech(samples: samples, silence: 100, least: least)
        guard case .speech(let ranges) = try await finder.ask(request, within: .seconds(10)) else {
            throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
        }
        return ranges
    }

    /// What is said in some sound, half a minute at most; empty where it is no words.
    package func words(in samples: [Int16], language: String? = nil) async throws -> (text: String, language: String) {
        guard samples.count <= Self.window, folder.hasShortModel else {
            return try await heard(in: samples, language: language, by: longWriter)
        }
        do {
            return try await heard(in: samples, language: language, by: writer)
        } catch let failure as SpeechFailure where failure.reason == .missing {
            // The model that was made is of no use here; the one that it was made of is.
            logger.failure("a turn is written down with the whole window", failure)
            return try await heard(in: samples, language: language, by: longWriter)
        }
    }

    private func heard(in samples: [Int16], language: String?, by worker: SpeechWorker) async throws -> (
        text: String, language: String
    ) {
        // Threads wait for each other by spinning, and most machines have two cores to give for a moment.
        let threads = min(2, ProcessInfo.processInfo.activeProcessorCount)
        let request = SpeechRequest.recognise(samples: samples, language: language ?? "", vocabulary: [], threads: threads)
        guard case .words(let language, let found) = try await worker.ask(request, within: .seconds(60)) else {
            throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
        }
        let end = samples.count * 1000 / Self.rate
        let heard = Heard.segments(found, from: 0, to: end, voiced: [0..<end])
        return (heard.map(\.text).joined(separator: " "), language)
    }
}
