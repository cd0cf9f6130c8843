import Concurrency
import Sandbox
import SpeechMessages

/// Tells speakers apart by what their voices are like: vectors of a model in the sandbox, a second and a half of speech at a time, put
/// together by `VoiceClusters`.
package final class VoiceSpeakerFinder: SpeakerFinder {
    package let worker: SpeechWorker
    private let folder: SpeechFolder

    /// - Parameter sandbox: that may run `lm-speech`.
    init(folder: SpeechFolder, sandbox: Sandbox) {
        self.folder = folder
        worker = SpeechWorker(sandbox: sandbox) { folder.speakers }
    }

    package var isReady: Bool { folder.canTellSpeakers }

    package func turns(in sound: SampleFile, count: Int?, progress: @Sendable (Int) -> Void) async throws -> [SpeakerTurn] {
        guard isReady else { throw SpeechFailure(.missing, "The model that tells speakers apart is not installed yet.") }
        var voices: [HeardVoice] = []
        var place = 0
        while place < sound.count {
            try Task.checkCancellation()
            let window = place..<min(place + SpeechCut.window, sound.count)
            let samples = try await BlockingPool.shared.run { try sound.samples(window) }
            guard case .speech(let speech) = try await worker.ask(.findSpeech(samples: samples, silence: 300), within: .seconds(60))
            else { throw SpeechFailure(.broken, "The engine's answer cannot be understood.") }
            for stretch in speech where stretch.count > SampleFile.rate / 4 {
                let part = Array(samples[stretch.clamped(to: samples.indices)])
                guard case .voices(let prints) = try await worker.ask(.describeVoice(samples: part), within: .seconds(120)) else {
                    throw SpeechFailure(.broken, "The engine's answer cannot be understood.")
                }
                let start = place + stretch.lowerBound
                voices += prints.map { print in
                    HeardVoice(
                        start: (start + print.range.lowerBound) * 1000 / SampleFile.rate,
                        end: (start + print.range.upperBound) * 1000 / SampleFile.rate, vector: print.vector)
                }
            }
            place = window.upperBound
            progress(place)
        }
        // Seconds of arithmetic for an hour of sound.
        let all = voices
        return await BlockingPool.shared.run {
            SpeakerTurns.turns(of: all, labels: VoiceClusters.labels(of: all.map(\.vector), count: count))
        }
    }
}

/// What a voice is like for a second or two.
struct HeardVoice: Sendable, Equatable {
    /// Milliseconds.
    let start, end: Int
    /// Of length one.
    let vector: [Float]
}
