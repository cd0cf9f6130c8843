/// What Amazon Transcribe wrote, as it lies in the bucket: words and marks one after the other, times and confidences as texts.
struct AmazonTranscript: Decodable {
    struct Results: Decodable {
        let language: String?
        let items: [Item]

        enum CodingKeys: String, CodingKey {
            case items
            case language = "language_code"
        }
    }

    struct Item: Decodable {
        struct Alternative: Decodable {
            let confidence: String?
            let content: String
        }

        let type: String
        let start: String?
        let end: String?
        let alternatives: [Alternative]

        enum CodingKeys: String, CodingKey {
            case type, alternatives
            case start = "start_time"
            case end = "end_time"
        }
    }

    let results: Results

    /// - Parameters:
    ///   - language: as the job told it; where it was found out what was written may tell too.
    ///   - milliseconds: of the sound.
    func transcription(language: String?, milliseconds: Int) -> Transcription {
        var (words, confidences) = ([HeardWord](), [Double]())
        for item in results.items {
            guard let best = item.alternatives.first, !best.content.isEmpty else { continue }
            if item.type == "punctuation" {
                // A mark belongs to the word before it, and has no time.
                if let last = words.popLast() {
                    words.append(HeardWord(text: last.text + best.content, start: last.start, end: last.end))
                }
            } else if let start = item.start.flatMap(Double.init), let end = item.end.flatMap(Double.init) {
                let from = min(max(Self.milliseconds(start), words.last?.start ?? 0), milliseconds)
                words.append(HeardWord(text: best.content, start: from, end: min(max(from, Self.milliseconds(end)), milliseconds)))
                confidences.append(best.confidence.flatMap(Double.init).map { min(1, max(0, $0)) } ?? 0)
            }
        }
        return Transcription(
            language: Transcription.code(of: language ?? results.language),
            segments: Transcription.sentences(of: words, confidences: confidences))
    }

    private static func milliseconds(_ seconds: Double) -> Int { seconds.isFinite ? Int(min(max(0, seconds), 1e6) * 1000) : 0 }
}
