import Failures
import Sandbox
@testable import Speech
import SpeechMessages
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct EngineTests {
    private static let text = "The cell is the smallest unit of life, and every cell comes from another cell."

    private func sound(of engine: some SpeechSynthesizer, _ voice: String, _ text: String, language: String = "en") async throws
        -> [SpokenSound]
    {
        let voice = try #require(engine.voices().first { $0.id == voice })
        var sounds: [SpokenSound] = []
        try await engine.speak(SpeechBench.pieces(text, language: language), voice: voice, speed: 1) { sounds.append($0) }
        return sounds
    }

    private func check(
        _ sounds: [SpokenSound], of text: String, language: String = "en", sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let pieces = SpeechBench.pieces(text, language: language)
        #expect(sounds.count == pieces.count, sourceLocation: sourceLocation)
        for (sound, piece) in zip(sounds, pieces) {
            #expect(sound.ends.count == piece.words.count, sourceLocation: sourceLocation)
            #expect(sound.ends == sound.ends.sorted(), sourceLocation: sourceLocation)
            #expect(sound.ends.allSatisfy { (1...sound.samples.count).contains($0) }, sourceLocation: sourceLocation)
            // Somebody speaks some ten to twenty letters a second.
            let seconds = Double(sound.samples.count) / Double(sound.rate)
            #expect((0.02...0.25).contains(seconds / Double(piece.length)), sourceLocation: sourceLocation)
            #expect(sound.samples.contains { abs(Int($0)) > 2_000 }, sourceLocation: sourceLocation)
        }
    }

    @Test func `flite speaks, with the time of each word`() async throws {
        check(try await sound(of: FliteSynthesizer(sandbox: SpeechBench.sandbox), "slt", Self.text), of: Self.text)
    }

    @Test func `espeak-ng speaks other languages`() async throws {
        let text = "Die Zelle ist die kleinste Einheit, und 3,5 kg sind viel."
        check(
            try await sound(of: EspeakSynthesizer(Espeak(sandbox: SpeechBench.sandbox)), "espeak-de", text, language: "de"),
            of: text, language: "de")
    }

    @Test(.enabled(if: SpeechBench.hasPiper)) func `Piper speaks, with the time of each word`() async throws {
        let folder = try #require(SpeechBench.folder)
        let engine = PiperSynthesizer(folder: folder, sandbox: SpeechBench.sandbox, espeak: Espeak(sandbox: SpeechBench.sandbox))
        let voice = try #require(engine.voices().first)
        check(try await sound(of: engine, voice.id, Self.text), of: Self.text)
    }

    @Test func `an engine that takes too long is ended, and costs that request alone`() async throws {
        let worker = FliteSynthesizer(sandbox: SpeechBench.sandbox).worker
        let request = SpeechRequest.speak(voice: "slt", words: ["word"], ending: ".", speed: 1)
        _ = try await worker.ask(request, within: .seconds(30))
        #expect(worker.isStanding)
        let failure = await #expect(throws: SpeechFailure.self) {
            try await worker.ask(
                .speak(voice: "slt", words: [String](repeating: "considerable", count: 4_000), ending: ".", speed: 0.25),
                within: .milliseconds(20))
        }
        #expect(failure?.reason == .broken)
        #expect(!worker.isStanding)
        guard case .sound(let samples, _, _) = try await worker.ask(request, within: .seconds(30)) else {
            Issue.record("no sound")
            return
        }
        #expect(!samples.isEmpty)
    }

    @Test func `an engine that nobody asks is ended, and one that is refused something is not`() async throws {
        let worker = FliteSynthesizer(sandbox: SpeechBench.sandbox).worker
        let refusal = await #expect(throws: SpeechFailure.self) {
            try await worker.ask(.speak(voice: "nobody", words: ["a"], ending: ".", speed: 1), within: .seconds(30))
        }
        #expect(refusal?.reason == .refused)
        #expect(worker.isStanding)
        await worker.retire(afterIdle: .seconds(600))
        #expect(worker.isStanding)
        await worker.retire(afterIdle: .zero)
        #expect(!worker.isStanding)
    }

    @Test func `a request that is cancelled ends the engine's work`() async throws {
        let worker = FliteSynthesizer(sandbox: SpeechBench.sandbox).worker
        _ = try await worker.ask(.speak(voice: "slt", words: ["word"], ending: ".", speed: 1), within: .seconds(30))
        let task = Task {
            try await worker.ask(
                .speak(voice: "slt", words: [String](repeating: "considerable", count: 4_000), ending: ".", speed: 0.25),
                within: .seconds(60))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `without its models an engine says so`() async throws {
        let recognizer = WhisperRecognizer(folder: SpeechFolder(path: "/nowhere"), sandbox: SpeechBench.sandbox, width: 1)
        #expect(!recognizer.isReady)
        #expect(SpeechFolder(path: "/nowhere").voices.isEmpty)
    }
}

@Suite(.timeLimit(.minutes(3)))
struct NarratorTests {
    /// Breaks at the second piece.
    private struct Breaking: SpeechSynthesizer {
        let engine = "breaking"
        func voices() -> [Voice] {
            [Voice(id: "b", name: "b", engine: engine, language: "en", gender: .unknown, licence: "", quality: .natural)]
        }
        func version(of voice: Voice) -> String { "1" }
        func speak(_ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void) async throws {
            for (number, piece) in pieces.enumerated() {
                if number == 1 { throw SpeechFailure(.broken, "broken") }
                try await take(SpokenSound(samples: [1, 2, 3, 4], rate: 22_050, ends: piece.words.indices.map { min(4, $0 + 1) }))
            }
        }
    }

    private let flite = FliteSynthesizer(sandbox: SpeechBench.sandbox)
    private let espeak = EspeakSynthesizer(Espeak(sandbox: SpeechBench.sandbox))

    @Test func `where an engine breaks another goes on, and nothing is said twice or left out`() async throws {
        let text = "One is first. Two is second. Three is third."
        var words: [NarratedWord] = []
        let outcome = try await Narrator([Breaking(), flite]).narrate(SpokenText(text, language: "en")) { words += $0.words }
        #expect(words.map(\.text) == text.split { " .".contains($0) }.map(String.init))
        #expect(outcome.failed == ["breaking"])
        #expect(outcome.voices.map(\.engine) == ["flite", "breaking"])
        #expect(zip(words, words.dropFirst()).allSatisfy { $0.end <= $1.start })
    }

    @Test func `where no engine can speak it is told`() async throws {
        await #expect(throws: SpeechFailure.self) {
            _ = try await Narrator([Breaking()]).narrate(SpokenText("One. Two.", language: "en")) { _ in }
        }
        await #expect(throws: SpeechFailure.self) {
            _ = try await Narrator([]).narrate(SpokenText("One.", language: "en")) { _ in }
        }
    }

    @Test func `each language has its voice, and the wished one speaks its own`() async throws {
        let text = SpokenText("The word is old. Die Zelle ist die kleinste Einheit des Lebens. It is German.", language: "en")
        let narrator = Narrator([flite, espeak])
        let wish = narrator.voices().first { $0.id == "rms" }
        var (samples, words) = (0, [NarratedWord]())
        let outcome = try await narrator.narrate(text, wish: wish) { part in
            samples += part.samples.count
            words += part.words
        }
        #expect(Set(outcome.voices.map(\.id)) == ["rms", "espeak-de"])
        #expect(outcome.milliseconds == samples * 1000 / Narrator.rate)
        #expect(words.count == 15)
        #expect(words.last.map { $0.end <= outcome.milliseconds } == true)
        #expect(narrator.version(for: text, wish: wish) != narrator.version(for: text, wish: nil))
    }

    @Test func `voices are chosen by how natural they are`() {
        let narrator = Narrator([espeak, flite])
        let all = narrator.voices()
        #expect(narrator.candidates(for: "en", wish: nil, of: all).map(\.engine) == ["flite", "espeak-ng"])
        #expect(narrator.candidates(for: "de", wish: nil, of: all).map(\.id) == ["espeak-de"])
        #expect(narrator.candidates(for: "xx", wish: nil, of: all).first?.language == "en")
    }
}
