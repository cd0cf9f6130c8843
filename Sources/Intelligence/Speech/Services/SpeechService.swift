/// Reads sentences aloud on another server: one provider.
protocol SpeechService: Sendable {
    /// `openai`: what the settings and answers name it by.
    var engine: String { get }
    /// For people: `Amazon Polly`.
    var name: String { get }
    var voices: [ServiceVoice] { get }
    /// Changes when the same text would sound otherwise, such as the name of its model.
    var version: String { get }

    /// - Parameters:
    ///   - text: sentences of some hundred letters.
    ///   - speed: 1 as it is, 2 twice as fast.
    /// - Throws: `SpeechFailure`; `CancellationError`.
    func speak(_ text: ServiceText, voice: ServiceVoice, speed: Double) async throws -> ServiceSound
}

/// What a provider made of a text.
struct ServiceSound: Sendable, Equatable {
    /// One channel.
    var samples: [Int16]
    let rate: Int
    /// Where it tells: the number of the sample at which each word of the text ends.
    var ends: [Int]?

    init(samples: [Int16], rate: Int, ends: [Int]? = nil) { (self.samples, self.rate, self.ends) = (samples, rate, ends) }

    /// Without the silences at both ends but for a moment: how long to pause is decided where texts are cut.
    func trimmed() -> ServiceSound {
        let stretches = LoudStretches(samples, rate: rate).ranges
        guard let first = stretches.first, let last = stretches.last else { return self }
        let rest = rate / 16
        let kept = max(0, first.lowerBound - rest)..<min(samples.count, last.upperBound + rest)
        return ServiceSound(
            samples: Array(samples[kept]), rate: rate,
            ends: ends?.map { min(max(0, $0 - kept.lowerBound), kept.count) })
    }
}

/// The words of some pieces as a text to send, and where each of them stands in it.
struct ServiceText: Sendable, Equatable {
    let text: String
    let words: [SpokenWord]
    /// Of each word in bytes of UTF-8, its mark not included.
    let ranges: [Range<Int>]
    /// As ISO 639-1.
    let language: String

    init(_ pieces: [SpokenPiece]) {
        words = pieces.flatMap(\.words)
        language = pieces.first?.language ?? "en"
        // Languages that are written without spaces between words are read badly with them.
        let space = ["zh", "ja", "th"].contains(language) ? "" : " "
        var (text, ranges) = ("", [Range<Int>]())
        for word in words {
            if !text.isEmpty { text += space }
            let start = text.utf8.count
            text += word.said.joined(separator: space)
            ranges.append(start..<text.utf8.count)
            if let mark = word.mark { text.append(mark) }
        }
        (self.text, self.ranges) = (text, ranges)
    }

    /// The end of each word, from times that a provider tells.
    ///
    /// - Parameters:
    ///   - begun: at which byte of the text what begins, and when, in seconds; in order.
    ///   - count: of samples.
    func ends(begun: [(place: Int, time: Double)], rate: Int, count: Int) -> [Int]? {
        guard !begun.isEmpty else { return nil }
        var (ends, last, next) = ([Int](), 0, 0)
        for number in ranges.indices {
            let following = number + 1 < ranges.count ? ranges[number + 1].lowerBound : Int.max
            while next < begun.count, begun[next].place < following { next += 1 }
            let time = next < begun.count && number + 1 < ranges.count ? Int(begun[next].time * Double(rate)) : count
            last = min(count, max(last, time))
            ends.append(last)
        }
        return ends
    }
}

/// A voice of a provider.
struct ServiceVoice: Sendable, Equatable {
    /// What the provider calls it.
    let code: String
    let name: String
    /// As ISO 639-1, or `mul`.
    let language: String
    let gender: Voice.Gender

    init(_ code: String, name: String? = nil, _ language: String, _ gender: Voice.Gender = .unknown) {
        (self.code, self.name, self.language, self.gender) = (code, name ?? code, language, gender)
    }
}
