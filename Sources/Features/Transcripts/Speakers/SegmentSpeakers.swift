import Ambient
import Speech

/// Says of each segment who speaks in it, and parts those in which somebody else goes on.
enum SegmentSpeakers {
    /// Milliseconds; of less a speaker in the middle of a sentence is not believed.
    private static let least = 700

    /// What a speaker is called until the student gives a name: `Speaker 1`.
    static func label(_ number: Int) -> String { "Speaker \(number + 1)" }

    /// - Parameter newID: for each part that is made of a segment.
    /// - Returns: the segments in order; those that were parted have the id of the first part.
    static func told(_ segments: [TranscriptSegment], by turns: [SpeakerTurn], newID: () -> TranscriptSegmentID)
        -> [TranscriptSegment]
    {
        let names = names(of: turns, in: segments)
        return segments.enumerated().flatMap { place, segment -> [TranscriptSegment] in
            let parts = parts(of: segment, behind: place > 0 ? segments[place - 1].text : ".", turns)
            guard parts.count > 1 else {
                var whole = segment
                whole.speaker = parts.first?.speaker.map { names[$0] ?? label($0) } ?? segment.speaker
                return [whole]
            }
            return parts.enumerated().map { number, part in
                let words = Array(segment.words[part.words])
                return TranscriptSegment(
                    id: number == 0 ? segment.id : newID(), start: number == 0 ? segment.start : words[0].start,
                    end: number == parts.count - 1 ? segment.end : words[words.count - 1].end,
                    text: words.map(\.text).joined(separator: " "), confidence: segment.confidence,
                    speaker: part.speaker.map { names[$0] ?? label($0) }, words: words)
            }
        }
    }

    private struct Part {
        var words: Range<Int>
        var speaker: Int?
    }

    /// Runs of words of one speaker, too short ones given to who spoke before.
    ///
    /// - Parameter before: what was said just before the segment.
    private static func parts(of segment: TranscriptSegment, behind before: String, _ turns: [SpeakerTurn]) -> [Part] {
        guard !segment.words.isEmpty, segment.text == segment.words.map(\.text).joined(separator: " ") else {
            return [Part(words: 0..<0, speaker: speaker(from: segment.start, to: segment.end, turns))]
        }
        var parts: [Part] = []
        for (place, word) in segment.words.enumerated() {
            let speaker = speaker(from: word.start, to: max(word.end, word.start + 1), turns)
            if let last = parts.last, speaker == nil || last.speaker == nil || last.speaker == speaker {
                parts[parts.count - 1].words = last.words.lowerBound..<place + 1
                parts[parts.count - 1].speaker = last.speaker ?? speaker
            } else {
                parts.append(Part(words: place..<place + 1, speaker: speaker))
            }
        }
        func length(_ part: Part) -> Int {
            segment.words[part.words.upperBound - 1].end - segment.words[part.words.lowerBound].start
        }
        // The shortest first, so that what is left is longest.
        while parts.count > 1, let (place, part) = parts.enumerated().min(by: { length($0.element) < length($1.element) }),
            length(part) < least
        {
            let into = place == 0 ? 1 : place - 1
            let words =
                min(part.words.lowerBound, parts[into].words.lowerBound)..<max(part.words.upperBound, parts[into].words.upperBound)
            parts[into].words = words
            parts.remove(at: place)
            // Both neighbours may be one person's now.
            for number in parts.indices.dropFirst().reversed() where parts[number].speaker == parts[number - 1].speaker {
                parts[number - 1].words = parts[number - 1].words.lowerBound..<parts[number].words.upperBound
                parts.remove(at: number)
            }
        }
        // People change at the end of a sentence rather than a word or two beside it, where times are not exact.
        func isEnd(_ place: Int) -> Bool {
            let last = place == 0 ? before.last : segment.words[place - 1].text.last
            return last.map { ".?!…".contains($0) } ?? true
        }
        // The segment's own ends are ends too, if who is left has most of it.
        let most = speaker(from: segment.start, to: segment.end, turns)
        var start = 0
        let borders = zip(parts, parts.dropFirst()).map { part, next in
            let end = part.words.upperBound
            return [0, 1, -1, 2, -2].map { end + $0 }.first { place in
                switch place {
                case 0: next.speaker == most && isEnd(0)
                case segment.words.count: part.speaker == most && isEnd(place)
                default: (1..<segment.words.count).contains(place) && isEnd(place)
                }
            } ?? end
        }
        return zip(parts, borders + [segment.words.count]).compactMap { part, end in
            guard end > start else { return nil }
            defer { start = end }
            return Part(words: start..<end, speaker: part.speaker)
        }
    }

    /// Who speaks most of a stretch; nil where nobody was found.
    private static func speaker(from start: Int, to end: Int, _ turns: [SpeakerTurn]) -> Int? {
        var sums: [Int: Int] = [:]
        // The first that ends behind it: turns are in order, and there may be thousands.
        var (low, high) = (0, turns.count)
        while low < high {
            let middle = (low + high) / 2
            if turns[middle].end <= start { low = middle + 1 } else { high = middle }
        }
        for turn in turns[low...] {
            if turn.start >= end { break }
            sums[turn.speaker, default: 0] += min(end, turn.end) - max(start, turn.start)
        }
        return sums.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// A person who had a label before keeps it, so that a name that the student gave stays with the voice.
    private static func names(of turns: [SpeakerTurn], in segments: [TranscriptSegment]) -> [Int: String] {
        var shared: [Int: [String: Int]] = [:]
        for segment in segments {
            guard let label = segment.speaker, let speaker = speaker(from: segment.start, to: segment.end, turns) else { continue }
            shared[speaker, default: [:]][label, default: 0] += segment.end - segment.start
        }
        var (names, taken) = ([Int: String](), Set<String>())
        let pairs = shared.flatMap { speaker, labels in labels.map { (speaker: speaker, label: $0.key, time: $0.value) } }
        for pair in pairs.sorted(by: { ($0.time, $1.speaker, $1.label) > ($1.time, $0.speaker, $0.label) })
        where names[pair.speaker] == nil && !taken.contains(pair.label) {
            names[pair.speaker] = pair.label
            taken.insert(pair.label)
        }
        for speaker in Set(turns.map(\.speaker)).sorted() where names[speaker] == nil {
            let free = (0...).lazy.map { label($0) }.first { !taken.contains($0) } ?? label(speaker)
            names[speaker] = free
            taken.insert(free)
        }
        return names
    }
}
