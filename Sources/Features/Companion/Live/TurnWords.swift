/// What of a turn is written down already, so that a long one is not written from its beginning again at each of its pauses.
struct TurnWords: Sendable {
    struct Written: Sendable, Equatable {
        /// Numbers of samples since the beginning of the talk.
        let range: Range<Int>
        let text: String
        /// As ISO 639-1, as it was heard.
        let language: String

        /// This and what was heard after it.
        func followed(by next: Written) -> Written {
            Written(
                range: range.lowerBound..<next.range.upperBound,
                text: [text, next.text].filter { !$0.isEmpty }.joined(separator: " "),
                language: range.count < next.range.count || language.isEmpty ? next.language : language)
        }
    }

    /// From the turn's beginning up to its pauses, the earliest first.
    private var pauses: [Written] = []

    /// What is still to be written of a stretch, and what stands before that.
    ///
    /// - Parameter window: samples that are heard in one go. What fits it is heard whole, since words are told by those around them.
    func rest(of range: Range<Int>, window: Int) -> (rest: Range<Int>, before: Written?) {
        guard range.count > window else { return (range, nil) }
        let known = pauses.filter { $0.range.lowerBound == range.lowerBound && $0.range.upperBound < range.upperBound }
        guard let before = known.first(where: { range.upperBound - $0.range.upperBound <= window }) ?? known.last else {
            return (range, nil)
        }
        return (before.range.upperBound..<range.upperBound, before)
    }

    /// Takes in what was said up to a pause.
    mutating func paused(_ written: Written) {
        if pauses.last?.range.lowerBound != written.range.lowerBound { pauses = [] }
        pauses.append(written)
    }
}
