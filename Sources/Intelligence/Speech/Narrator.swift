import Concurrency
import Failures
package import Telemetry

/// Reads a text aloud: finds a voice for each of its languages, falls back to another engine where one fails, and joins the sound of
/// all pieces at one rate.
package struct Narrator: Sendable {
    /// A stretch of sound, in order.
    package struct Part: Sendable {
        /// Of one channel, `Narrator.rate` a second.
        package let samples: [Int16]
        package let words: [NarratedWord]
        /// Where it begins in the whole, in milliseconds.
        package let start: Int
        /// Whether a silence ends it, so that what follows may come a little later.
        package let isPausing: Bool
        /// Who spoke it.
        package let voice: Voice
    }

    /// What came of a text.
    package struct Outcome: Sendable, Equatable {
        /// The engines and voices that spoke, the one that spoke most first.
        package var voices: [Voice] = []
        /// Engines that were to speak and could not.
        package var failed: [String] = []
        package var milliseconds = 0
    }

    /// Samples a second of what comes out, those of Piper's and espeak-ng's voices.
    package static let rate = 22_050

    private let engines: [any SpeechSynthesizer]
    private let keepsOrder: Bool
    private let logger: Logger

    /// - Parameters:
    ///   - engines: the first is preferred among those that have voices of the same quality.
    ///   - keepsOrder: the first is preferred whatever its quality.
    package init(_ engines: [any SpeechSynthesizer], keepsOrder: Bool = false, logger: Logger = .silent) {
        self.engines = engines
        self.keepsOrder = keepsOrder
        self.logger = logger.labelled("speech")
    }

    package func voices() -> [Voice] { engines.flatMap { $0.voices() } }

    /// The voices that a language can be read in, the best first.
    ///
    /// - Parameter wish: to be first, if it can.
    package func candidates(for language: String, wish: Voice?, of all: [Voice]) -> [Voice] {
        let order = Dictionary(engines.enumerated().map { ($1.engine, $0) }) { first, _ in first }
        // Of an engine's own those first that it names first.
        let ranked = all.enumerated().filter { $1.speaks(language) }.sorted { one, other in
            let (first, second) = (one.element, other.element)
            let (better, worse) = keepsOrder ? (0, 0) : (first.quality.rawValue, second.quality.rawValue)
            return (worse, order[first.engine] ?? 0, one.offset) < (better, order[second.engine] ?? 0, other.offset)
        }
        var found = ranked.map(\.element)
        if let wish, wish.speaks(language) { found = [wish] + found.filter { $0 != wish } }
        // One voice an engine: where it fails, another voice of it would.
        var seen: Set<String> = []
        found = found.filter { seen.insert($0.engine).inserted }
        // A language that nobody speaks is read as it is written rather than left out.
        return found.isEmpty && language != "en" ? candidates(for: "en", wish: nil, of: all) : found
    }

    /// What the sound of a text depends on besides the text: changes when the same text would sound otherwise.
    package func version(for text: SpokenText, wish: Voice?) -> String {
        let all = voices()
        let languages = Set(text.pieces.map(\.language)).sorted()
        return languages.compactMap { language in
            guard let voice = candidates(for: language, wish: wish, of: all).first, let engine = engine(of: voice) else {
                return nil
            }
            return "\(language)=\(voice.engine):\(voice.id):\(engine.version(of: voice))"
        }.joined(separator: ";")
    }

    private func engine(of voice: Voice) -> (any SpeechSynthesizer)? { engines.first { $0.engine == voice.engine } }

    /// Loads the voice that a language is read in, so that the first sentence does not wait for it.
    package func warm(for language: String, wish: Voice? = nil) async {
        let found = await BlockingPool.shared.run { candidates(for: language, wish: wish, of: voices()).first }
        guard let found, let engine = engine(of: found) else { return }
        do {
            try await engine.warm(found)
        } catch {
            // It is told when something is to be spoken.
            logger.failure("a voice was not loaded", error)
        }
    }

    /// - Parameters:
    ///   - wish: the voice for its own language; nil for the best.
    ///   - speed: 1 as it is, 2 twice as fast.
    ///   - take: is given each piece when it is spoken.
    /// - Throws: `SpeechFailure` if no engine can speak; `CancellationError`; what `take` throws.
    package func narrate(
        _ text: SpokenText, wish: Voice? = nil, speed: Double = 1, _ take: (Part) async throws -> Void
    ) async throws -> Outcome {
        let all = voices()
        var (outcome, samples) = (Outcome(), 0)
        var spoken: [Voice: Int] = [:]
        var rest = text.pieces[...]
        while let first = rest.first {
            let run = Array(rest.prefix { $0.language == first.language })
            rest = rest.dropFirst(run.count)
            var (done, tried) = (0, candidates(for: first.language, wish: wish, of: all)[...])
            while done < run.count {
                guard let voice = tried.popFirst(), let engine = engine(of: voice) else {
                    throw SpeechFailure(.missing, "There is no engine here that can read this aloud.")
                }
                if outcome.failed.contains(voice.engine), !tried.isEmpty { continue }
                let open = Array(run[done...])
                var refusal: (any Error)?
                do {
                    try await engine.speak(open, voice: voice, speed: speed) { sound in
                        let part = part(of: run[done], sound, by: voice, after: samples)
                        samples += part.samples.count
                        spoken[voice, default: 0] += part.samples.count
                        done += 1
                        do { try await take(part) } catch {
                            refusal = error
                            throw error
                        }
                    }
                } catch let failure as SpeechFailure where refusal == nil {
                    logger.failure("an engine of speech failed", failure)
                    if !outcome.failed.contains(voice.engine) { outcome.failed.append(voice.engine) }
                    if tried.isEmpty { throw failure }
                }
            }
        }
        outcome.voices = spoken.sorted { ($1.value, $0.key.id) < ($0.value, $1.key.id) }.map(\.key)
        outcome.milliseconds = samples * 1000 / Self.rate
        return outcome
    }

    private func part(of piece: SpokenPiece, _ sound: SpokenSound, by voice: Voice, after start: Int) -> Part {
        var samples = Resampler.resample(sound.samples, from: sound.rate, to: Self.rate)
        let pause = sound.isOpen ? 0 : piece.pause
        samples += [Int16](repeating: 0, count: pause * Self.rate / 1000)
        var words: [NarratedWord] = []
        var begin = start
        for (word, end) in zip(piece.words, sound.ends) {
            let end = max(begin, start + end * Self.rate / max(1, sound.rate))
            let made = NarratedWord(
                text: word.text, range: word.range, start: begin * 1000 / Self.rate, end: end * 1000 / Self.rate)
            // What is said for one word may be several pieces.
            if let last = words.last, last.range == made.range {
                words[words.count - 1] = NarratedWord(text: last.text, range: last.range, start: last.start, end: made.end)
            } else {
                words.append(made)
            }
            begin = end
        }
        return Part(
            samples: samples, words: words, start: start * 1000 / Self.rate, isPausing: pause > 0, voice: voice)
    }
}

/// A word of a text with when it is spoken.
package struct NarratedWord: Sendable, Equatable {
    /// As it stands in the text.
    package let text: String
    /// Where it stands there, in UTF-16 code units.
    package let range: Range<Int>
    /// Milliseconds from the beginning of the sound.
    package let start: Int
    package let end: Int

    package init(text: String, range: Range<Int>, start: Int, end: Int) {
        (self.text, self.range, self.start, self.end) = (text, range, start, end)
    }
}
