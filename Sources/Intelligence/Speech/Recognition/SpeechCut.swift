/// Cuts what was found to be speech into stretches that are written down one by one.
enum SpeechCut {
    /// Samples that are looked at in one go, two minutes.
    static let window = 120 * SampleFile.rate
    /// Silence that is left out: given to a recogniser, it makes up words.
    private static let gap = 2 * SampleFile.rate
    /// Around speech, for soft beginnings and ends.
    private static let margin = SampleFile.rate / 5
    /// Less is a cough.
    private static let least = SampleFile.rate * 3 / 10

    /// Where a window ends that has these stretches of speech: at its own end, or before what goes on beyond it.
    static func end(of window: Range<Int>, speech: [Range<Int>], isLast: Bool) -> Int {
        guard !isLast, let last = speech.last, window.upperBound - last.upperBound < SampleFile.rate / 2 else {
            return window.upperBound
        }
        // Behind the last silence, if enough is left before it.
        return last.lowerBound - window.lowerBound > window.count / 4
            ? last.lowerBound - min(margin, (last.lowerBound - (speech.dropLast().last?.upperBound ?? window.lowerBound)) / 2)
            : window.upperBound
    }

    /// What of a window is given to the recogniser: speech with short silences in it.
    static func stretches(of speech: [Range<Int>], in window: Range<Int>) -> [Range<Int>] {
        var (stretches, spoken) = ([Range<Int>](), [Int]())
        for part in speech {
            let part = part.clamped(to: window)
            if part.isEmpty { continue }
            if let last = stretches.last, part.lowerBound - last.upperBound < gap {
                stretches[stretches.count - 1] = last.lowerBound..<part.upperBound
                spoken[spoken.count - 1] += part.count
            } else {
                stretches.append(part)
                spoken.append(part.count)
            }
        }
        return zip(stretches, spoken).filter { $1 >= least }.map { stretch, _ in
            (stretch.lowerBound - margin..<stretch.upperBound + margin).clamped(to: window)
        }
    }
}
