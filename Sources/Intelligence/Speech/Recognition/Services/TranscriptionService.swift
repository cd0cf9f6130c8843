import FoundationEssentials

/// A provider that writes speech down, on servers of others.
protocol TranscriptionService: Sendable {
    /// `openai`
    var engine: String { get }

    /// - Parameters:
    ///   - sound: a file of Opus in OGG.
    ///   - milliseconds: how long it is.
    /// - Throws: `SpeechFailure`, `CancellationError`.
    func transcribe(_ sound: [UInt8], milliseconds: Int, _ wishes: RecognitionWishes) async throws -> Transcription
}

/// What a provider heard. Times are milliseconds from the beginning of what it was given.
struct Transcription: Sendable, Equatable {
    /// As ISO 639-1; nil where it does not tell, or tells a name that is not known.
    var language: String?
    var segments: [HeardSegment]

    /// Sentences of words that came without any.
    static func sentences(of words: [HeardWord], confidences: [Double]) -> [HeardSegment] {
        var (segments, open) = ([HeardSegment](), [Int]())
        func close() {
            guard let first = open.first, let last = open.last else { return }
            let said = open.map { words[$0] }
            let sure = open.compactMap { confidences.indices.contains($0) ? confidences[$0] : nil }
            segments.append(
                HeardSegment(
                    start: words[first].start, end: words[last].end, text: said.map(\.text).joined(separator: " "),
                    confidence: sure.isEmpty ? nil : sure.reduce(0, +) / Double(sure.count), words: said))
            open = []
        }
        for (number, word) in words.enumerated() {
            if let last = open.last, word.start - words[last].end > 1_500 { close() }
            open.append(number)
            let isEnd = word.text.last.map { ".!?。！？".contains($0) } ?? false
            if isEnd && open.count > 2 || word.end - words[open[0]].start > 15_000 { close() }
        }
        close()
        return segments
    }

    /// `en` of `english`, `en-US` or `en`.
    static func code(of language: String?) -> String? {
        guard let language = language?.lowercased() else { return nil }
        if let known = codes[language] { return known }
        let code = language.prefix { $0 != "-" && $0 != "_" }
        return (2...3).contains(code.count) ? String(code) : nil
    }

    /// Whisper servers tell names of languages.
    private static let codes = [
        "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi",
        "french": "fr",
        "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it",
        "japanese": "ja", "korean": "ko", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro",
        "russian": "ru", "spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
    ]
}
