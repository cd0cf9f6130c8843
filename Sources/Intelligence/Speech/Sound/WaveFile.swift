/// Sound as a WAV file of 16 bits.
package enum WaveFile {
    /// - Throws: `SpeechFailure` unless it is of one channel and 16 bits.
    static func read(_ bytes: [UInt8]) throws(SpeechFailure) -> (samples: [Int16], rate: Int) {
        func number(_ place: Int, _ size: Int) -> Int { (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) } }
        guard bytes.count >= 44, bytes[..<4].elementsEqual("RIFF".utf8), bytes[8..<12].elementsEqual("WAVE".utf8) else {
            throw SpeechFailure(.broken, "The engine made no sound.")
        }
        var (place, rate) = (12, 0)
        while place + 8 <= bytes.count {
            let name = bytes[place..<place + 4]
            // A program that writes to a pipe does not know the size beforehand.
            let size = min(number(place + 4, 4), bytes.count - place - 8)
            if name.elementsEqual("fmt ".utf8), size >= 16 {
                guard number(place + 10, 2) == 1, number(place + 22, 2) == 16 else {
                    throw SpeechFailure(.broken, "The engine made no sound.")
                }
                rate = number(place + 12, 4)
            } else if name.elementsEqual("data".utf8), rate > 0 {
                let start = place + 8
                return (stride(from: start, to: start + size - 1, by: 2).map { Int16(truncatingIfNeeded: number($0, 2)) }, rate)
            }
            place += 8 + size + size % 2
        }
        throw SpeechFailure(.broken, "The engine made no sound.")
    }

    /// The head of a file with so many bytes of sound of one channel.
    package static func head(rate: Int, bytes: Int) -> [UInt8] {
        func little(_ number: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
        return Array("RIFF".utf8) + little(36 + bytes, 4) + Array("WAVEfmt ".utf8) + little(16, 4) + little(1, 2) + little(1, 2)
            + little(rate, 4) + little(rate * 2, 4) + little(2, 2) + little(16, 2) + Array("data".utf8) + little(bytes, 4)
    }

    /// Samples as bytes, little-endian.
    package static func bytes(of samples: [Int16]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(samples.count * 2)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return bytes
    }
}
