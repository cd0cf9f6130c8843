import Sandbox
import SpeechMessages

/// Hears somebody while they talk: finds where they speak in sound that is coming in, and writes a turn down.
///
/// Two programs of its own, so that whoever speaks does not wait for a long recording, nor the one for the other.
package final class LiveEar: Sendable {
    package let workers: [SpeechWorker]
    private let folder: SpeechFolder

    /// Samples a second of what it is given.
    package static let rate = SampleFile.rate

    /// - Parameter sandbox: that may run `lm-speech`.
    init(folder: SpeechFolder, sandbox: Sandbox) {
        self.folder = folder
        workers = (0..<2).map { _ in SpeechWorker(sandbox: sandbox) { folder.recognition } }
    }

    /// Whether the models are here. Blocks shortly.
    package var isReady: Bool { folder.canRecognise }

    /// Loads what is needed, so that the first turn does not wait for it.
    package func warm() async throws {
        _ = try await speech(in: [Int16](repeating: 0, count: Self.rate))
        _ = try await words(in: [Int16](repeating: 0, count: Self.rate))
    }

    /// Where in some sound somebody speaks.
    package func speech(in samples: [Int16]) async throws -> [Range<Int>] {
        guard case .speech(let ranges) = try await workers[0].ask(.findSpeech(samples: samples, silence: 100), within: .seconds(10))
        else { throw SpeechFailure(.broken, "The engine's answer cannot be understood.") }
        return ranges
    }

    /// What is said in some sound, half a minute at most; empty where it is no words.
    package func words(in samples: [Int16], language: String? = nil, vocabulary: [String] = []) async throws
        -> (text: String, language: String)
    {
        let request = SpeechRequest.recognise(samples: samples, language: language ?? "", vocabulary: vocabulary, threads: 2)
        guard case .words(let language, let found) = try await workers[1].ask(request, within: .seconds(60)) else {
            throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
        }
        let end = samples.count * 1000 / Self.rate
        let heard = Heard.segments(found, from: 0, to: end, voiced: [0..<end])
        return (heard.map(\.text).joined(separator: " "), language)
    }
}
