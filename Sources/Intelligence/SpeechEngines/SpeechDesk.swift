package import SpeechMessages
import Synchronization

/// Answers requests to speak and to listen, each with the engine and the model that it needs, opened when first asked for.
///
/// The files lie in one folder under fixed names; those that are not there were not wanted.
package final class SpeechDesk {
    private let folder: String
    private var flite: [String: FliteVoice] = [:]
    private var onnx: ONNXRuntime?
    private var piper: PiperVoice?
    private var transcribe: TranscribeLibrary?
    private var activity: VoiceActivity?
    private var recogniser: (threads: Int, made: WhisperEngine)?
    private var voicePrints: VoicePrints?
    private let isCancelled = Atomic(false)

    /// - Parameter folder: absolute.
    package init(folder: String) { self.folder = folder }

    package func answer(_ request: SpeechRequest) -> SpeechReply {
        do {
            switch request {
            case .speak(let voice, let words, let ending, let speed):
                return try self.flite(voice).speak(words, ending: ending, speed: bounded(speed))
            case .pronounce(let phonemes, let speed):
                let speech = try voice().speak(phonemes, speed: bounded(speed))
                var (end, ends) = (0, [Int]())
                for duration in speech.durations {
                    end += duration
                    ends.append(min(end, speech.samples.count))
                }
                return .sound(samples: speech.samples.map(Self.sample), rate: 0, ends: ends)
            case .findSpeech(let samples, let silence, let least):
                if samples.isEmpty { return .speech([]) }
                return .speech(try self.listener().speech(in: samples.map(Self.number), silence: silence, least: least))
            case .recognise(let samples, let language, let vocabulary, let threads):
                let heard = try self.recogniser(threads: max(1, threads)).recognise(
                    samples.map(Self.number), language: language.isEmpty ? nil : language, vocabulary: vocabulary,
                    isCancelled: isCancelled)
                return .words(
                    language: heard.language,
                    segments: heard.segments.map {
                        .init(start: Int($0.start * 1000), end: Int($0.end * 1000), text: $0.text, confidence: $0.confidence)
                    })
            case .describeVoice(let samples):
                return .voices(
                    try self.describer().prints(of: samples.map(Self.number)).map { .init(range: $0.range, vector: $0.vector) })
            }
        } catch {
            switch error {
            case .unusable(let why): return .failed(.unusable, why)
            case .refused(let why): return .failed(.refused, why)
            case .cancelled: return .failed(.refused, "it was stopped")
            }
        }
    }

    private func bounded(_ speed: Float) -> Float { speed.isFinite ? min(max(speed, 0.25), 4) : 1 }

    private static func sample(_ number: Float) -> Int16 { Int16(min(max(number, -1), 1) * 32_767) }
    private static func number(_ sample: Int16) -> Float { Float(sample) / 32_768 }

    private func flite(_ name: String) throws(SpeechEngineFailure) -> FliteVoice {
        if let known = flite[name] { return known }
        let made = try FliteVoice(name)
        flite[name] = made
        return made
    }

    private func voice() throws(SpeechEngineFailure) -> PiperVoice {
        if let piper { return piper }
        let made = try PiperVoice(runtime(), model: ModelFile.read(path(.voice)))
        piper = made
        return made
    }

    private func describer() throws(SpeechEngineFailure) -> VoicePrints {
        if let voicePrints { return voicePrints }
        let made = try VoicePrints(runtime(), model: ModelFile.read(path(.speakers)))
        voicePrints = made
        return made
    }

    private func runtime() throws(SpeechEngineFailure) -> ONNXRuntime {
        if let onnx { return onnx }
        let made = try ONNXRuntime(library: path(.runtime))
        onnx = made
        return made
    }

    private func library() throws(SpeechEngineFailure) -> TranscribeLibrary {
        if let transcribe { return transcribe }
        let made = try TranscribeLibrary(folder: folder)
        transcribe = made
        return made
    }

    private func listener() throws(SpeechEngineFailure) -> VoiceActivity {
        if let activity { return activity }
        let made = try VoiceActivity(library(), model: path(.activity))
        activity = made
        return made
    }

    private func recogniser(threads: Int) throws(SpeechEngineFailure) -> WhisperEngine {
        if let recogniser, recogniser.threads == threads { return recogniser.made }
        // Freed before the next is made: each maps the whole model.
        recogniser = nil
        let made = try WhisperEngine(library(), model: path(.recognition), threads: threads)
        recogniser = (threads, made)
        return made
    }

    private func path(_ file: SpeechFile) -> String { "\(folder)/\(file.rawValue)" }
}
