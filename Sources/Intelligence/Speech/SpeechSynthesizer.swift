/// Speaks pieces of text: one engine, with its voices.
package protocol SpeechSynthesizer: Sendable {
    /// `piper`
    var engine: String { get }

    /// The voices that it has here and now. Blocks shortly.
    func voices() -> [Voice]

    /// Changes when the same text would sound otherwise.
    func version(of voice: Voice) -> String

    /// What goes wrong with it now, in a sentence; nil if it can speak. May take long, and cost something where it is somebody else's.
    func trouble() async -> String?

    /// Loads what it needs to speak, so that the first sentence does not wait for it. Asks nobody else for anything.
    func warm(_ voice: Voice) async throws

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

extension SpeechSynthesizer {
    package func trouble() async -> String? { nil }
    package func warm(_ voice: Voice) async throws {}
}

/// The sound of one piece.
package struct SpokenSound: Sendable, Equatable {
    /// One channel.
    package var samples: [Int16]
    /// Samples a second.
    package let rate: Int
    /// For each word of the piece the number of the sample at which it ends.
    package var ends: [Int]

    /// The engine goes on to the next piece without a silence, or has made its own.
    package var isOpen = false

    package init(samples: [Int16], rate: Int, ends: [Int], isOpen: Bool = false) {
        (self.samples, self.rate, self.ends, self.isOpen) = (samples, rate, ends, isOpen)
    }

    /// Spreads words over the part of the sound that is not silent, by the number of their letters: for engines that tell no times.
    static func spread(_ words: [SpokenWord], over samples: [Int16], rate: Int = 22_050) -> [Int] {
        let stretches = LoudStretches(samples, rate: rate).ranges
        let weights = words.map { word in
            Double(word.said.reduce(0) { $0 + $1.count }) + 1.5 * Double(word.said.count)
        }
        let all = max(1, weights.reduce(0, +))
        let loud = Double(stretches.reduce(0) { $0 + $1.count })
        var sum = 0.0
        return weights.map { weight in
            sum += weight
            var rest = Int(loud * sum / all)
            for stretch in stretches {
                if rest <= stretch.count { return min(samples.count, stretch.lowerBound + rest) }
                rest -= stretch.count
            }
            return stretches.last?.upperBound ?? samples.count
        }
    }
}

/// Where there is something to hear in a sound: silences of an eighth of a second and longer are left out.
struct LoudStretches {
    /// Of samples; none is empty. All of the sound where it is silent throughout.
    let ranges: [Range<Int>]

    private static let loud = Int16(300)

    init(_ samples: [Int16], rate: Int) {
        var found: [Range<Int>] = []
        let gap = max(1, rate / 8)
        for (place, sample) in samples.enumerated() where sample > Self.loud || sample < -Self.loud {
            if let last = found.last, place - last.upperBound < gap {
                found[found.count - 1] = last.lowerBound..<place + 1
            } else {
                found.append(place..<place + 1)
            }
        }
        ranges = found.isEmpty && !samples.isEmpty ? [0..<samples.count] : found
    }
}
