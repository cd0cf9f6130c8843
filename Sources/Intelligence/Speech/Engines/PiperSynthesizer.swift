package import Sandbox
import SpeechMessages
import Synchronization

/// Voices of Piper, run by ONNX Runtime in the sandbox; espeak-ng tells them how words are pronounced.
package final class PiperSynthesizer: SpeechSynthesizer {
    package let engine = "piper"
    private let folder: SpeechFolder
    private let sandbox: Sandbox
    private let espeak: Espeak
    /// One a voice, by its path.
    private let workers = Mutex<[String: SpeechWorker]>([:])

    /// How many pieces are pronounced in one run of espeak-ng, after the first, which somebody waits for.
    private static let batch = 24

    /// - Parameter sandbox: that may run `lm-speech`.
    package init(folder: SpeechFolder, sandbox: Sandbox, espeak: Espeak) {
        (self.folder, self.sandbox, self.espeak) = (folder, sandbox, espeak)
    }

    /// Those that stand, to be ended when they are idle.
    package var standing: [SpeechWorker] { workers.withLock { Array($0.values) } }

    package func voices() -> [Voice] {
        guard Espeak.isInstalled else { return [] }
        return folder.voices.map { file in
            Voice(
                id: Self.id(of: file), name: Self.id(of: file), engine: engine, language: file.language, gender: .unknown,
                licence: KnownVoice.named(file.name)?.licence ?? "see the voice's model card", quality: .natural)
        }
    }

    /// `joe` for `en_US-joe-medium`.
    static func id(of file: PiperVoiceFile) -> String {
        let parts = file.name.split(separator: "-")
        return parts.count == 3 ? String(parts[1]) : file.name
    }

    private func file(of voice: Voice) throws(SpeechFailure) -> PiperVoiceFile {
        guard let file = folder.voices.first(where: { Self.id(of: $0) == voice.id }) else {
            throw SpeechFailure(.missing, "The voice \(voice.name) is not installed any more.")
        }
        return file
    }

    package func version(of voice: Voice) -> String {
        guard let file = try? file(of: voice) else { return "" }
        return "1-" + folder.version(of: folder.given(for: file))
    }

    package func speak(
        _ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void
    ) async throws {
        let file = try file(of: voice)
        let worker = worker(for: file)
        var (rest, size) = (pieces[...], 1)
        while !rest.isEmpty {
            let some = Array(rest.prefix(size))
            rest = rest.dropFirst(size)
            size = Self.batch
            for (piece, script) in zip(some, try await scripts(of: some, for: file)) {
                try Task.checkCancellation()
                let reply = try await worker.ask(.pronounce(phonemes: script.ids, speed: Float(speed)), within: .seconds(60))
                guard case .sound(let samples, _, let ends) = reply else {
                    throw SpeechFailure(.broken, "The engine made no sound.")
                }
                let words =
                    ends.count == script.ids.count
                    ? script.wordEnds.map { ends[$0] } : SpokenSound.spread(piece.words, over: samples)
                try await take(SpokenSound(samples: samples, rate: file.rate, ends: words))
            }
        }
    }

    private func scripts(of pieces: [SpokenPiece], for file: PiperVoiceFile) async throws -> [PiperScript] {
        let clauses = pieces.flatMap { PiperScript.clauses(of: $0) }
        let lines = Array(Set(clauses.map(\.line) + clauses.flatMap { $0.words.flatMap(\.said) })).filter { !$0.isEmpty }.sorted()
        let phonemes = try await espeak.phonemes(of: lines, voice: file.espeakVoice)
        let pronounced = Dictionary(zip(lines, phonemes)) { $1 }
        return pieces.map { PiperScript($0, pronounced: pronounced, numbers: file.phonemes) }
    }

    private func worker(for file: PiperVoiceFile) -> SpeechWorker {
        workers.withLock { workers in
            if let known = workers[file.path] { return known }
            let folder = folder
            let made = SpeechWorker(sandbox: sandbox) { folder.given(for: file) }
            workers[file.path] = made
            return made
        }
    }
}
