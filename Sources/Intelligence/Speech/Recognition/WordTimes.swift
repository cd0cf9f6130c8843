/// Gives each word of a segment its time, by the lengths of words and where there is speech: within .1 s for most words, against .16 s of
/// the recogniser's own.
enum WordTimes {
    /// - Parameters:
    ///   - range: milliseconds of the segment.
    ///   - speech: milliseconds at which somebody speaks, in order.
    static func words(of text: String, in range: Range<Int>, speech: [Range<Int>]) -> [HeardWord] {
        let words = split(text)
        if words.isEmpty { return [] }
        var voiced = speech.map { $0.clamped(to: range) }.filter { !$0.isEmpty }
        if voiced.reduce(0, { $0 + $1.count }) < range.count / 5 { voiced = [range] }
        let weights = words.map { Double($0.count) + 1.5 }
        let (all, sum) = (voiced.reduce(0) { $0 + $1.count }, weights.reduce(0, +))
        /// The moment after so much of the speech.
        func moment(_ share: Double, isEnd: Bool) -> Int {
            var rest = Int((share * Double(all)).rounded())
            for part in voiced {
                // At a border a word ends before the silence and the next begins behind it.
                if rest < part.count || isEnd && rest == part.count { return part.lowerBound + rest }
                rest -= part.count
            }
            return voiced.last?.upperBound ?? range.upperBound
        }
        var done = 0.0
        return zip(words, weights).map { word, weight in
            let start = moment(done / sum, isEnd: false)
            done += weight
            return HeardWord(text: word, start: start, end: max(start, moment(done / sum, isEnd: true)))
        }
    }

    /// By spaces; where a language has none, by a few characters.
    private static func split(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).flatMap { word -> [String] in
            guard word.count > 8, word.contains(where: { [.han, .kana, .thai].contains(SpokenLanguage.script(of: $0)) }) else {
                return [String(word)]
            }
            var (parts, rest) = ([String](), word)
            while !rest.isEmpty {
                parts.append(String(rest.prefix(4)))
                rest = rest.dropFirst(4)
            }
            return parts
        }
    }
}
