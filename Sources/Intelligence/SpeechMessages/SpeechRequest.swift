/// What the program that speaks and listens in the sandbox is asked. It answers each with one `SpeechReply`.
package enum SpeechRequest: Sendable, Equatable {
    /// Speaks words with a voice of flite.
    case speak(voice: String, words: [String], ending: String, speed: Float)
    /// Speaks phonemes, as numbers of the voice that it was given.
    case pronounce(phonemes: [Int64], speed: Float)
    /// Finds where somebody speaks.
    ///
    /// - `samples`: 16,000 a second.
    /// - `silence`: milliseconds that end a stretch of speech.
    /// - `least`: milliseconds of the shortest stretch.
    case findSpeech(samples: [Int16], silence: Int, least: Int = 250)
    /// Writes down what is said.
    ///
    /// - `language`: as ISO 639-1; empty to find it out.
    /// - `vocabulary`: rare words that are likely to be said.
    case recognise(samples: [Int16], language: String, vocabulary: [String], threads: Int)
    /// Tells what the voice is like in some speech, of 16,000 samples a second.
    case describeVoice(samples: [Int16])

    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        switch self {
        case .speak(let voice, let words, let ending, let speed):
            writer.put(UInt8(1))
            writer.put(voice)
            writer.put(words)
            writer.put(ending)
            writer.put(speed)
        case .pronounce(let phonemes, let speed):
            writer.put(UInt8(2))
            writer.put(phonemes)
            writer.put(speed)
        case .findSpeech(let samples, let silence, let least):
            writer.put(UInt8(3))
            writer.put(samples)
            writer.put(UInt32(silence))
            writer.put(UInt32(least))
        case .recognise(let samples, let language, let vocabulary, let threads):
            writer.put(UInt8(4))
            writer.put(samples)
            writer.put(language)
            writer.put(vocabulary)
            writer.put(UInt8(threads))
        case .describeVoice(let samples):
            writer.put(UInt8(5))
            writer.put(samples)
        }
        return writer.bytes
    }

    package init(_ bytes: ArraySlice<UInt8>) throws(WireFailure) {
        var reader = WireReader(bytes)
        switch try reader.number(UInt8.self) {
        case 1:
            self = .speak(
                voice: try reader.text(), words: try reader.texts(), ending: try reader.text(), speed: try reader.float())
        case 2: self = .pronounce(phonemes: try reader.numbers(), speed: try reader.float())
        case 3:
            self = .findSpeech(
                samples: try reader.numbers(), silence: Int(try reader.number(UInt32.self)),
                least: Int(try reader.number(UInt32.self)))
        case 4:
            self = .recognise(
                samples: try reader.numbers(), language: try reader.text(), vocabulary: try reader.texts(),
                threads: Int(try reader.number(UInt8.self)))
        case 5: self = .describeVoice(samples: try reader.numbers())
        default: throw .malformed
        }
        guard reader.isAtEnd else { throw .malformed }
    }
}
