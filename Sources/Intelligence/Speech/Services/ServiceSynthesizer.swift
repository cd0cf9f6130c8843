/// A provider as an engine: it is sent sentences, some at a time, and what it speaks is cut into the pieces again.
package struct ServiceSynthesizer: SpeechSynthesizer {
    /// Letters that are sent at once, but for a sentence that is longer.
    private static let most = 400
    /// Requests at a time for one text.
    private static let width = 3

    package var engine: String { service.engine }
    private let service: any SpeechService

    init(_ service: any SpeechService) { self.service = service }

    package func voices() -> [Voice] {
        service.voices.map { voice in
            Voice(
                id: id(of: voice), name: voice.name, engine: engine, language: voice.language, gender: voice.gender,
                licence: "the terms of \(service.name)", quality: .natural)
        }
    }

    private func id(of voice: ServiceVoice) -> String { "\(engine)-\(voice.code)" }

    package func version(of voice: Voice) -> String { "1-" + service.version }

    package func trouble() async -> String? {
        guard let voice = service.voices.first else { return "\(service.name) has no voice; LM_TTS_VOICES names some." }
        let word = SpokenWord(range: 0..<2, text: "OK", said: ["okay"], mark: ".")
        do {
            _ = try await service.speak(ServiceText([SpokenPiece(words: [word], language: "en", pause: 0)]), voice: voice, speed: 1)
            return nil
        } catch {
            return (error as? SpeechFailure).map { $0.message } ?? "\(service.name) did not speak."
        }
    }

    package func speak(
        _ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void
    ) async throws {
        guard let known = service.voices.first(where: { id(of: $0) == voice.id }) else {
            throw SpeechFailure(.missing, "\(service.name) has no voice \(voice.name) any more.")
        }
        let groups = Self.groups(of: pieces)
        try await withThrowingTaskGroup(of: (Int, [SpokenSound]).self) { group in
            var (begun, given, done) = (0, 0, [Int: [SpokenSound]]())
            while given < groups.count {
                while begun < min(groups.count, given + Self.width) {
                    let number = begun
                    group.addTask { (number, try await self.sounds(of: groups[number], known, speed: speed)) }
                    begun += 1
                }
                if let ready = done.removeValue(forKey: given) {
                    given += 1
                    for sound in ready { try await take(sound) }
                } else if let (number, sounds) = try await group.next() {
                    done[number] = sounds
                }
            }
        }
    }

    /// Sentences together, the first alone, which somebody waits for.
    static func groups(of pieces: [SpokenPiece]) -> [[SpokenPiece]] {
        var (groups, open, length) = ([[SpokenPiece]](), [SpokenPiece](), 0)
        var sentence: [SpokenPiece] = []
        for piece in pieces {
            sentence.append(piece)
            guard ".?!".contains(piece.words.last?.mark ?? " ") || piece.pause >= 200 else { continue }
            let size = sentence.reduce(0) { $0 + $1.length }
            if !open.isEmpty, groups.isEmpty || length + size > most {
                groups.append(open)
                (open, length) = ([], 0)
            }
            open += sentence
            length += size
            sentence = []
        }
        open += sentence
        return open.isEmpty ? groups : groups + [open]
    }

    private func sounds(of pieces: [SpokenPiece], _ voice: ServiceVoice, speed: Double) async throws -> [SpokenSound] {
        let text = ServiceText(pieces)
        let silent = pieces.map { SpokenSound(samples: [], rate: Narrator.rate, ends: $0.words.map { _ in 0 }) }
        guard text.text.contains(where: { $0.isLetter || $0.isNumber }) else { return silent }
        let sound = try await service.speak(text, voice: voice, speed: speed).trimmed()
        guard sound.rate > 0, !sound.samples.isEmpty else { throw SpeechFailure(.broken, "\(service.name) sent no sound.") }
        let known = sound.ends.flatMap { $0.count == text.words.count ? $0 : nil }
        return Self.cut(sound, pieces, ends: known ?? SpokenSound.spread(text.words, over: sound.samples, rate: sound.rate))
    }

    /// The sound of each piece, without a gap between them: the provider has made its own pauses.
    static func cut(_ sound: ServiceSound, _ pieces: [SpokenPiece], ends: [Int]) -> [SpokenSound] {
        var (start, word, made) = (0, 0, [SpokenSound]())
        for (number, piece) in pieces.enumerated() {
            let own = ends[word..<word + piece.words.count]
            word += piece.words.count
            let isLast = number == pieces.count - 1
            let end = isLast ? sound.samples.count : max(start, own.last ?? start)
            made.append(
                SpokenSound(
                    samples: Array(sound.samples[start..<end]), rate: sound.rate,
                    ends: own.map { min(max(0, $0 - start), end - start) },
                    isOpen: !isLast))
            start = end
        }
        return made
    }
}
