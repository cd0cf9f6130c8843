/// What the program that speaks and listens in the sandbox answers.
package enum SpeechReply: Sendable, Equatable {
    /// Samples of one channel, and the number of the sample at which each word, or each phoneme, ends.
    case sound(samples: [Int16], rate: Int, ends: [Int])
    /// Ranges of samples in which there is speech, in order.
    case speech([Range<Int>])
    /// What was said, in `language` as ISO 639-1.
    case words(language: String, segments: [Segment])
    /// What a voice is like, a second or two at a time.
    case voices([VoicePrint])
    case failed(Reason, String)

    /// A run of words that were heard.
    package struct Segment: Sendable, Equatable {
        /// Milliseconds from the beginning of what was given.
        package let start, end: Int
        package let text: String
        /// How sure the model was, 0 to 1; nil where it does not tell.
        package let confidence: Double?

        package init(start: Int, end: Int, text: String, confidence: Double?) {
            (self.start, self.end, self.text, self.confidence) = (start, end, text, confidence)
        }
    }

    /// What a voice is like in a stretch: a vector of length one, near those of the same person.
    package struct VoicePrint: Sendable, Equatable {
        /// Of samples, from the beginning of what was given.
        package let range: Range<Int>
        package let vector: [Float]

        package init(range: Range<Int>, vector: [Float]) { (self.range, self.vector) = (range, vector) }
    }

    package enum Reason: UInt8, Sendable {
        /// Its engine or model is missing, or not the right one.
        case unusable
        /// What it was given it cannot take.
        case refused
    }

    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        switch self {
        case .sound(let samples, let rate, let ends):
            writer.put(UInt8(1))
            writer.put(samples)
            writer.put(UInt32(rate))
            writer.put(ends.map { UInt32($0) })
        case .speech(let ranges):
            writer.put(UInt8(2))
            writer.put(ranges.flatMap { [UInt32($0.lowerBound), UInt32($0.upperBound)] })
        case .words(let language, let segments):
            writer.put(UInt8(3))
            writer.put(language)
            writer.put(UInt32(segments.count))
            for segment in segments {
                writer.put(UInt32(clamping: segment.start))
                writer.put(UInt32(clamping: segment.end))
                writer.put(segment.text)
                writer.put(segment.confidence ?? -1)
            }
        case .failed(let reason, let text):
            writer.put(UInt8(4))
            writer.put(reason.rawValue)
            writer.put(text)
        case .voices(let prints):
            writer.put(UInt8(5))
            writer.put(UInt32(prints.count))
            for print in prints {
                writer.put(UInt32(print.range.lowerBound))
                writer.put(UInt32(print.range.upperBound))
                writer.put(print.vector.map(\.bitPattern))
            }
        }
        return writer.bytes
    }

    package init(_ bytes: ArraySlice<UInt8>) throws(WireFailure) {
        var reader = WireReader(bytes)
        switch try reader.number(UInt8.self) {
        case 1:
            let samples = try reader.numbers(Int16.self)
            let rate = Int(try reader.number(UInt32.self))
            self = .sound(samples: samples, rate: rate, ends: try reader.numbers(UInt32.self).map { Int($0) })
        case 2:
            let bounds = try reader.numbers(UInt32.self).map { Int($0) }
            guard bounds.count.isMultiple(of: 2) else { throw .malformed }
            var ranges: [Range<Int>] = []
            for place in stride(from: 0, to: bounds.count, by: 2) {
                guard bounds[place] <= bounds[place + 1] else { throw .malformed }
                ranges.append(bounds[place]..<bounds[place + 1])
            }
            self = .speech(ranges)
        case 3:
            let language = try reader.text()
            var segments: [Segment] = []
            for _ in 0..<(try reader.number(UInt32.self)) {
                segments.append(
                    Segment(
                        start: Int(try reader.number(UInt32.self)), end: Int(try reader.number(UInt32.self)),
                        text: try reader.text(),
                        confidence: try Self.known(reader.double())))
            }
            self = .words(language: language, segments: segments)
        case 4:
            guard let reason = Reason(rawValue: try reader.number()) else { throw .malformed }
            self = .failed(reason, try reader.text())
        case 5:
            var prints: [VoicePrint] = []
            for _ in 0..<(try reader.number(UInt32.self)) {
                let (start, end) = (Int(try reader.number(UInt32.self)), Int(try reader.number(UInt32.self)))
                guard start <= end else { throw .malformed }
                let vector = try reader.numbers(UInt32.self).map { Float(bitPattern: $0) }
                prints.append(VoicePrint(range: start..<end, vector: vector))
            }
            self = .voices(prints)
        default: throw .malformed
        }
        guard reader.isAtEnd else { throw .malformed }
    }

    private static func known(_ confidence: Double) -> Double? { confidence < 0 ? nil : confidence }
}
