/// Speaks pieces of text: one engine, with its voices.
package protocol SpeechSynthesizer: Sendable {
    /// `piper`
    var engine: String { get }

    /// The voices that it has here and now. Blocks shortly.
    func voices() -> [Voice]

    /// Changes when the same text would sound otherwise.
    func version(of voice: Voice) -> String

    /// Speaks the pieces in order, and gives each to `take` as soon as it is done.
    ///
    /// - Parameters:
    ///   - voice: one of its own.
    ///   - speed: 1 as it is, 2 twice as fast.
    /// - Throws: `SpeechFailure`; `CancellationError`; what `take` throws.
    func speak(
        _ pieces: [SpokenPiece], voice: Voice, speed: Double, _ take: (SpokenSound) async throws -> Void
    ) async throws
}

/// The sound of one piece.
package struct SpokenSound: Sendable, Equatable {
    /// One channel.
    package var samples: [Int16]
    /// Samples a second.
    package let rate: Int
    /// For each word of the piece the number of the sample at which it ends.
    package var ends: [Int]

    package init(samples: [Int16], rate: Int, ends: [Int]) { (self.samples, self.rate, self.ends) = (samples, rate, ends) }

    /// Spreads words over the part of the sound that is not silent, by the number of their letters: for engines that tell no times.
    static func spread(_ words: [SpokenWord], over samples: [Int16]) -> [Int] {
        let loud = Int16(300)
        let start = samples.firstIndex { $0 > loud || $0 < -loud } ?? 0
        let end = (samples.lastIndex { $0 > loud || $0 < -loud } ?? samples.count - 1) + 1
        let weights = words.map { word in
            // A mark is a pause.
            Double(word.said.reduce(0) { $0 + $1.count }) + 1.5 * Double(word.said.count) + (word.mark == nil ? 0 : 2.5)
        }
        let all = max(1, weights.reduce(0, +))
        var sum = 0.0
        return weights.map { weight in
            sum += weight
            return min(samples.count, start + Int(Double(max(0, end - start)) * sum / all))
        }
    }
}
