package import Sandbox
import SpeechMessages

/// flite: English, small and quick, always there.
package struct FliteSynthesizer: SpeechSynthesizer {
    package let engine = "flite"
    package let worker: SpeechWorker

    /// - Parameter sandbox: that may run `lm-speech`.
    package init(sandbox: Sandbox) { worker = SpeechWorker(sandbox: sandbox) { [] } }

    package func voices() -> [Voice] {
        [("slt", "Slt", Voice.Gender.female), ("rms", "Rms", .male), ("awb", "Awb", .male)].map { id, name, gender in
            Voice(
                id: id, name: name, engine: engine, language: "en", gender: gender,
                licence: "BSD-like (Carnegie Mellon University)", quality: .plain)
        }
    }

    package func version(of voice: Voice) -> String { "2.2" }

    package func warm(_ voice: Voice) async throws {
        if worker.isStanding { return }
        _ = try await worker.askWarm(.speak(voice: voice.id, words: ["yes"], ending: ".", speed: 1), within: .seconds(20))
    }

    package func speak(
        _ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void
    ) async throws {
        for piece in pieces {
            try Task.checkCancellation()
            let script = FliteScript(piece)
            if script.tokens.isEmpty {
                try await take(SpokenSound(samples: [], rate: 16_000, ends: piece.words.map { _ in 0 }))
                continue
            }
            let reply = try await worker.askWarm(
                .speak(voice: voice.id, words: script.tokens, ending: script.ending, speed: Float(speed)), within: .seconds(20))
            guard case .sound(let samples, let rate, let ends) = reply else {
                throw SpeechFailure(.broken, "The engine made no sound.")
            }
            let words = ends.isEmpty ? SpokenSound.spread(piece.words, over: samples, rate: rate) : script.wordEnds(ends)
            try await take(SpokenSound(samples: samples, rate: rate, ends: words))
        }
    }
}

/// A piece as flite takes it: tokens of ASCII, and how many of them each word has.
struct FliteScript {
    private(set) var tokens: [String] = []
    private(set) var ending = "."
    private var counts: [Int] = []

    init(_ piece: SpokenPiece) {
        for word in piece.words {
            let before = tokens.count
            for said in word.said {
                let plain =
                    (PlainLetters.ascii(said)
                    ?? said.compactMap { LetterNames.english($0)?.joined(separator: "-") }.joined(separator: "-"))
                    .filter { $0.isASCII && ($0.isLetter || $0.isNumber || "'-".contains($0)) }
                if plain.contains(where: { $0.isLetter || $0.isNumber }) { tokens.append(String(plain.prefix(39))) }
            }
            counts.append(tokens.count - before)
            if let mark = word.mark, let last = tokens.last, tokens.count > before, last.count < 39 {
                tokens[tokens.count - 1].append(mark)
            }
        }
        // The last mark is told apart.
        if let last = tokens.last?.last, ",.?!".contains(last) {
            ending = String(last)
            tokens[tokens.count - 1].removeLast()
        }
    }

    func wordEnds(_ ends: [Int]) -> [Int] {
        var place = 0
        return counts.map { count in
            place += count
            return place == 0 ? 0 : ends[min(place, ends.count) - 1]
        }
    }
}
