import FoundationEssentials
import Glibc
import HTTPClient
import HTTPMessages

/// A server that speaks OpenAI's protocol of transcriptions: OpenAI, Groq, and the servers of Whisper that one runs oneself.
struct OpenAITranscriptions: TranscriptionService {
    let engine = "openai"
    private let url: String
    private let model: String
    private let key: String?
    private let line: TranscriptionLine

    /// - Parameter url: with the version, `https://api.openai.com/v1`.
    init(url: String, model: String, key: String?, client: HTTPClient) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.model = model
        self.key = key
        line = TranscriptionLine(name: "The server that writes speech down", client: client)
    }

    func transcribe(_ sound: [UInt8], milliseconds: Int, _ wishes: RecognitionWishes) async throws -> Transcription {
        do {
            return try await ask(sound, milliseconds, wishes, form: "verbose_json")
        } catch let failure as SpeechFailure where (failure.underlying as? TranscriptionLine.Refusal)?.status == 400 {
            // Some models tell no times.
            return try await ask(sound, milliseconds, wishes, form: "json")
        }
    }

    private func ask(_ sound: [UInt8], _ milliseconds: Int, _ wishes: RecognitionWishes, form: String) async throws -> Transcription
    {
        var fields = [("model", model), ("response_format", form), ("temperature", "0")]
        if form == "verbose_json" { fields += [("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment")] }
        if let language = wishes.language { fields.append(("language", language)) }
        // It is taken for what was said before, so it reads as such.
        if !wishes.vocabulary.isEmpty { fields.append(("prompt", wishes.vocabulary.joined(separator: ", ") + ".")) }
        let border = "lm-\(UUID().uuidString)"
        var headers = ["content-type": "multipart/form-data; boundary=\(border)", "accept": "application/json"]
        if let key { headers["authorization"] = "Bearer \(key)" }
        let bytes = try await line.send(.post, url + "/audio/transcriptions", headers, Self.body(fields, sound, border: border))
        return try line.decoded(bytes, as: Answer.self).transcription(milliseconds: milliseconds)
    }

    private static func body(_ fields: [(String, String)], _ sound: [UInt8], border: String) -> [UInt8] {
        var text = ""
        for (name, value) in fields {
            text += "--\(border)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        text +=
            "--\(border)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"recording.ogg\"\r\nContent-Type: audio/ogg\r\n\r\n"
        return Array(text.utf8) + sound + Array("\r\n--\(border)--\r\n".utf8)
    }

    struct Answer: Decodable {
        struct Segment: Decodable {
            let start: Double
            let end: Double
            let text: String
            let confidence: Double?
            let silence: Double?

            enum CodingKeys: String, CodingKey {
                case start, end, text
                case confidence = "avg_logprob"
                case silence = "no_speech_prob"
            }
        }

        struct Word: Decodable {
            let word: String
            let start: Double
            let end: Double
        }

        let text: String?
        let language: String?
        let segments: [Segment]?
        let words: [Word]?

        func transcription(milliseconds: Int) -> Transcription {
            let timed = (words ?? []).map { HeardWord(text: $0.word, start: Self.time($0.start), end: Self.time($0.end)) }
            let parts =
                segments ?? [Segment(start: 0, end: Double(milliseconds) / 1000, text: text ?? "", confidence: nil, silence: nil)]
            var made: [HeardSegment] = []
            for part in parts {
                let said = part.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                // It tells itself where it made something up.
                let isMadeUp = (part.silence ?? 0) > 0.6 && (part.confidence ?? 0) < -1
                guard said.contains(where: { $0.isLetter || $0.isNumber }), !isMadeUp else { continue }
                let start = min(Self.time(part.start), milliseconds)
                let end = min(max(start, Self.time(part.end)), milliseconds)
                made.append(
                    HeardSegment(
                        start: start, end: end, text: said, confidence: part.confidence.map { min(1, max(0, exp($0))) },
                        words: Self.words(of: said, from: start, to: end, timed)))
            }
            return Transcription(language: Transcription.code(of: language), segments: made)
        }

        /// The words of a segment have its marks; those with times have none. Where they are as many, each has its time.
        private static func words(of text: String, from start: Int, to end: Int, _ timed: [HeardWord]) -> [HeardWord] {
            let tokens = text.split(separator: " ")
            let mine = timed.filter { (start...max(start, end)).contains(($0.start + $0.end) / 2) }
            guard tokens.count == mine.count else { return WordTimes.words(of: text, in: start..<end, speech: []) }
            return zip(tokens, mine).map { HeardWord(text: String($0), start: $1.start, end: max($1.start, $1.end)) }
        }

        private static func time(_ seconds: Double) -> Int { seconds.isFinite ? Int(min(max(0, seconds), 1e6) * 1000) : 0 }
    }
}
