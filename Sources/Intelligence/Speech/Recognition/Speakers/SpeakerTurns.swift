/// Makes turns of stretches that overlap: each moment is whose stretch has its middle nearest.
enum SpeakerTurns {
    /// Milliseconds of silence after which a turn is over, whoever goes on.
    private static let pause = 2_000

    /// - Parameters:
    ///   - voices: in order.
    ///   - labels: as many.
    static func turns(of voices: [HeardVoice], labels: [Int]) -> [SpeakerTurn] {
        var turns: [SpeakerTurn] = []
        for (number, voice) in voices.enumerated() {
            // Half way to the middles of its neighbours, where they overlap it.
            let start = number > 0 && voices[number - 1].end > voice.start ? border(voices[number - 1], voice) : voice.start
            let end =
                number + 1 < voices.count && voices[number + 1].start < voice.end ? border(voice, voices[number + 1]) : voice.end
            guard start < end else { continue }
            if let last = turns.last, last.speaker == labels[number], start - last.end < pause {
                turns[turns.count - 1] = SpeakerTurn(start: last.start, end: end, speaker: last.speaker)
            } else {
                turns.append(SpeakerTurn(start: start, end: end, speaker: labels[number]))
            }
        }
        return numbered(turns)
    }

    private static func border(_ one: HeardVoice, _ other: HeardVoice) -> Int {
        (one.start + one.end + other.start + other.end) / 4
    }

    /// In the order in which they are first heard.
    private static func numbered(_ turns: [SpeakerTurn]) -> [SpeakerTurn] {
        var known: [Int: Int] = [:]
        return turns.map { turn in
            let number = known[turn.speaker] ?? known.count
            known[turn.speaker] = number
            return SpeakerTurn(start: turn.start, end: turn.end, speaker: number)
        }
    }
}
