/// espeak-ng as an engine: plain to hear as a machine, and there for every language.
package struct EspeakSynthesizer: SpeechSynthesizer {
    package let engine = "espeak-ng"
    private let espeak: Espeak

    package init(_ espeak: Espeak) { self.espeak = espeak }

    /// Languages as we name them, with what espeak-ng calls them where it differs. `espeak-ng --voices` of version 1.51.
    static let languages: [(code: String, voice: String)] = {
        let same = """
            af am ar as az ba be bg bn bs ca cs cy da de el eo es et eu fa fi ga gd gu ha he hi hr ht hu hy id is it ja ka kk kl kn ko kok ku ky \
            la lb lt lv mi mk ml mr ms mt my nb ne nl or pa pl pt qu ro ru sd si sk sl sq sr sv sw ta te th tk tr tt ug uk ur uz vi
            """
        return same.split(separator: " ").filter { $0 != "ha" }.map { (String($0), String($0)) }
            + [("en", "en-gb"), ("fr", "fr-fr"), ("zh", "cmn"), ("no", "nb")]
    }()

    package func voices() -> [Voice] {
        guard Espeak.isInstalled else { return [] }
        return Self.languages.map { code, _ in
            Voice(
                id: "espeak-\(code)", name: "eSpeak", engine: engine, language: code, gender: .male, licence: "GPL-3",
                quality: .robotic)
        }
    }

    package func version(of voice: Voice) -> String { "1.51" }

    package func speak(
        _ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void
    ) async throws {
        let name = Self.languages.first { $0.code == voice.language }?.voice ?? voice.language
        let work = Espeak.sound(voice: name, speed: speed)
        for piece in pieces {
            try Task.checkCancellation()
            let text = piece.words.map { $0.said.joined(separator: " ") + ($0.mark.map(String.init) ?? "") }.joined(separator: " ")
            let sound = try WaveFile.read(await espeak.run(work, on: text))
            try await take(
                SpokenSound(
                    samples: sound.samples, rate: sound.rate,
                    ends: SpokenSound.spread(piece.words, over: sound.samples, rate: sound.rate)))
        }
    }
}
