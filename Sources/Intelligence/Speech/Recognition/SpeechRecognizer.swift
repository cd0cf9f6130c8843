/// Writes down what is said in a recording: one engine.
package protocol SpeechRecognizer: Sendable {
    /// `whisper`
    var engine: String { get }

    /// Whether it could begin now. Blocks shortly.
    var isReady: Bool { get }

    /// Writes a recording down from some place on, and gives each stretch to `take` in order as soon as it is done.
    ///
    /// - Throws: `SpeechFailure` where nothing can be written down; a stretch that fails is given as a gap. `CancellationError`; what
    ///   `take` throws.
    func recognise(
        _ sound: SampleFile, from start: Int, _ wishes: RecognitionWishes, _ take: @Sendable (HeardStretch) async throws -> Void
    ) async throws
}

/// What is known of a recording before it is heard.
package struct RecognitionWishes: Sendable, Codable, Equatable {
    /// As ISO 639-1; nil to find it out.
    package var language: String?
    /// Rare words that are likely to be said.
    package var vocabulary: [String]

    package init(language: String? = nil, vocabulary: [String] = []) { (self.language, self.vocabulary) = (language, vocabulary) }
}

/// A stretch of a recording with what was said in it. The next begins where it ends.
package struct HeardStretch: Sendable, Equatable {
    /// Of samples, 16,000 a second.
    package let range: Range<Int>
    package let segments: [HeardSegment]
    /// As ISO 639-1; nil where nothing was said.
    package let language: String?
    /// Why it was not heard; nil if it was.
    package let problem: String?
    /// What wrote it down; nil for the recogniser that gives it.
    package let engine: String?

    package init(range: Range<Int>, segments: [HeardSegment], language: String?, problem: String? = nil, engine: String? = nil) {
        (self.range, self.segments, self.language, self.problem, self.engine) = (range, segments, language, problem, engine)
    }

    func by(_ engine: String) -> HeardStretch {
        HeardStretch(range: range, segments: segments, language: language, problem: problem, engine: engine)
    }
}

/// A sentence or so that was heard.
package struct HeardSegment: Sendable, Equatable, Codable {
    /// Milliseconds from the beginning of the recording.
    package let start, end: Int
    package let text: String
    /// 0 to 1; nil where the engine does not tell.
    package let confidence: Double?
    package let words: [HeardWord]

    package init(start: Int, end: Int, text: String, confidence: Double?, words: [HeardWord]) {
        (self.start, self.end, self.text, self.confidence, self.words) = (start, end, text, confidence, words)
    }
}

/// A word that was heard, with its marks.
package struct HeardWord: Sendable, Equatable, Codable {
    package let text: String
    /// Milliseconds from the beginning of the recording.
    package let start, end: Int

    package init(text: String, start: Int, end: Int) { (self.text, self.start, self.end) = (text, start, end) }
}
