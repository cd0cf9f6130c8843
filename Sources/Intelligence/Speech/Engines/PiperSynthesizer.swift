package import Sandbox
import SpeechMessages
import Synchronization

/// Voices of Piper, run by ONNX Runtime in the sandbox; espeak-ng tells them how words are pronounced.
package final class PiperSynthesizer: SpeechSynthesizer {
    package let engine = "piper"
    private let folder: SpeechFolder
    private let sandbox: Sandbox
    private let espeak: Espeak
    private let width: Int
    /// Of each voice, by its path.
    private let workers = Mutex<[String: SpeechWorkers]>([:])

    /// How many pieces are pronounced in one run of espeak-ng, after the first, which somebody waits for.
    private static let batch = 24

    /// - Parameters:
    ///   - sandbox: that may run `lm-speech`.
    ///   - width: how many pieces are spoken side by side, each on a core by a program of its own.
    package init(folder: SpeechFolder, sandbox: Sandbox, espeak: Espeak, width: Int = 1) {
        (self.folder, self.sandbox, self.espeak, self.width) = (folder, sandbox, espeak, width)
    }

    /// Those that stand, to be ended when they are idle.
    package var standing: [SpeechWorker] { workers.withLock { $0.values.flatMap(\.all) } }

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

    package func warm(_ voice: Voice) async throws {
        let file = try file(of: voice)
        let sleeping = workers(for: file).all.filter { !$0.isStanding }
        let ids = ["^", "_", "a", "_", "$"].flatMap { file.phonemes[$0] ?? [] }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.espeak.prepare(.phonemes(voice: file.espeakVoice)) }
            for worker in sleeping {
                group.addTask { _ = try await worker.askWarm(.pronounce(phonemes: ids, speed: 1), within: .seconds(60)) }
            }
            try await group.waitForAll()
        }
    }

    package func speak(
        _ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void
    ) async throws {
        let file = try file(of: voice)
        let workers = workers(for: file)
        /// A step of the way from pieces to sounds.
        enum Step: Sendable {
            case pronounced([PiperScript])
            case spoken(Int, SpokenSound)
        }
        try await withThrowingTaskGroup(of: Step.self) { group in
            var (scripts, sounds) = ([PiperScript](), [Int: SpokenSound]())
            var (asked, begun, given, isAsking) = (0, 0, 0, false)
            while given < pieces.count {
                // Few at first, which somebody waits for; then many, while what came before is spoken.
                if !isAsking, asked < pieces.count, scripts.count - begun < Self.batch {
                    let some = Array(pieces[asked..<min(pieces.count, asked + (asked == 0 ? workers.count : Self.batch))])
                    group.addTask { .pronounced(try await self.scripts(of: some, for: file)) }
                    asked += some.count
                    isAsking = true
                }
                while begun < min(scripts.count, given + 2 * workers.count) {
                    let (number, script, piece) = (begun, scripts[begun], pieces[begun])
                    group.addTask { .spoken(number, try await Self.sound(of: piece, script, by: workers, file, speed: speed)) }
                    begun += 1
                }
                if let ready = sounds.removeValue(forKey: given) {
                    given += 1
                    try await take(ready)
                    continue
                }
                switch try await group.next() {
                case .pronounced(let some):
                    scripts += some
                    isAsking = false
                case .spoken(let number, let sound): sounds[number] = sound
                case nil: throw SpeechFailure(.broken, "The engine made no sound.")
                }
            }
        }
        // For the next sentence, now that nobody waits.
        await espeak.prepare(.phonemes(voice: file.espeakVoice))
    }

    private static func sound(
        of piece: SpokenPiece, _ script: PiperScript, by workers: SpeechWorkers, _ file: PiperVoiceFile, speed: Double
    ) async throws -> SpokenSound {
        let reply = try await workers.ask(.pronounce(phonemes: script.ids, speed: Float(speed)), within: .seconds(60))
        guard case .sound(let samples, _, let ends) = reply else { throw SpeechFailure(.broken, "The engine made no sound.") }
        let words =
            ends.count == script.ids.count
            ? script.wordEnds.map { ends[$0] } : SpokenSound.spread(piece.words, over: samples, rate: file.rate)
        return SpokenSound(samples: samples, rate: file.rate, ends: words)
    }

    private func scripts(of pieces: [SpokenPiece], for file: PiperVoiceFile) async throws -> [PiperScript] {
        let clauses = pieces.flatMap { PiperScript.clauses(of: $0) }
        let lines = Array(Set(clauses.map(\.line) + clauses.flatMap { $0.words.flatMap(\.said) })).filter { !$0.isEmpty }.sorted()
        let phonemes = try await espeak.phonemes(of: lines, voice: file.espeakVoice)
        let pronounced = Dictionary(zip(lines, phonemes)) { $1 }
        return pieces.map { PiperScript($0, pronounced: pronounced, numbers: file.phonemes) }
    }

    private func workers(for file: PiperVoiceFile) -> SpeechWorkers {
        workers.withLock { workers in
            if let known = workers[file.path] { return known }
            let (folder, sandbox) = (folder, sandbox)
            let made = SpeechWorkers(width) { SpeechWorker(sandbox: sandbox) { folder.given(for: file) } }
            workers[file.path] = made
            return made
        }
    }
}
