/// A passage that an answer cites, cut into the sentences that can support it. Read once for all that is cited from it.
package struct CitedPassage: Sendable {
    package let text: String
    /// Those that state something; headings are left out, also where they run into the sentence behind them.
    let sentences: [Sentence]
    let stems: [Set<String>]
    /// Of the sentences; empty until they are asked for.
    var vectors: [[Float]] = []

    /// - Parameter heading: the innermost heading above a place of the text, in Unicode scalars, where it is known.
    package init(_ text: String, heading: (Int) -> String? = { _ in nil }) {
        self.text = text
        let all = SentenceSplitter.sentences(in: text)
        let scalars = Array(text.unicodeScalars)
        var sentences: [Sentence] = []
        for (index, sentence) in all.enumerated() {
            let heads = index + 1 < all.count && all[index + 1].paragraph != sentence.paragraph
            if heads, Self.isHeading(sentence, heading(sentence.range.lowerBound)) { continue }
            sentences.append(Self.withoutHeading(sentence, heading(sentence.range.lowerBound), scalars))
        }
        self.sentences = sentences.isEmpty ? all : sentences
        stems = self.sentences.map { Set(Words.contentStems(of: $0.text)) }
    }

    /// The sentences before and behind one, in its paragraph.
    func neighbours(of index: Int) -> [Int] {
        [index - 1, index + 1].filter {
            sentences.indices.contains($0) && sentences[$0].paragraph == sentences[index].paragraph
        }
    }

    static func joined(_ one: Range<Int>, _ other: Range<Int>) -> Range<Int> {
        min(one.lowerBound, other.lowerBound)..<max(one.upperBound, other.upperBound)
    }

    // MARK: - Headings

    /// A short line of its own that ends in no stop, or the very heading that is known.
    private static func isHeading(_ sentence: Sentence, _ heading: String?) -> Bool {
        if let heading, words(of: sentence.text) == words(of: heading) { return true }
        guard !sentence.isListItem, let last = sentence.text.last, !".!?…。！？:;\"”’)]".contains(last)
        else { return false }
        return sentence.text.count <= 70 && sentence.text.split(separator: " ").count <= 9
    }

    /// “Microtubules Microtubules are hollow.” begins at the second word: the line above ran into it.
    private static func withoutHeading(
        _ sentence: Sentence, _ heading: String?, _ scalars: [Unicode.Scalar]
    ) -> Sentence {
        let starts = wordStarts(in: sentence.range, scalars)
        guard let count = headingLength(starts.map(\.word), heading), count < starts.count else {
            return sentence
        }
        var sentence = sentence
        let start = starts[count].offset
        // What opens the sentence proper goes with it.
        var low = start
        while low > sentence.range.lowerBound, "\"“(‘'".unicodeScalars.contains(scalars[low - 1]) {
            low -= 1
        }
        sentence.range = low..<sentence.range.upperBound
        sentence.text = LineJoiner.joined(scalars[sentence.range], within: scalars)
        return sentence
    }

    /// How many words at the beginning are a heading: the known one, or words that are said twice in a row, both times with a capital.
    private static func headingLength(_ own: [String], _ heading: String?) -> Int? {
        func startsSentence(_ index: Int) -> Bool {
            own.indices.contains(index) && own[index].first?.isUppercase == true
        }
        let lower = own.map { $0.lowercased() }
        if let heading {
            let known = words(of: heading)
            if !known.isEmpty, lower.starts(with: known), startsSentence(known.count),
                own.count > known.count + 2
            {
                return known.count
            }
        }
        guard startsSentence(0), own.count > 3 else { return nil }
        return (1...min(8, own.count / 2)).last { length in
            startsSentence(length) && lower[..<length] == lower[length..<(2 * length)]
        }
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func wordStarts(in range: Range<Int>, _ scalars: [Unicode.Scalar]) -> [(
        word: String, offset: Int
    )] {
        var found: [(word: String, offset: Int)] = []
        var word = String.UnicodeScalarView()
        for index in range {
            if scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil {
                word.append(scalars[index])
            } else if !word.isEmpty {
                found.append((String(word), index - word.count))
                word = .init()
            }
        }
        if !word.isEmpty { found.append((String(word), range.upperBound - word.count)) }
        return found
    }
}
