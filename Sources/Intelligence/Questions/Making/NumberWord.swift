import Parsing

/// A number in a sentence that counts or measures something.
struct NumberWord {
    /// Its place among the words.
    var index: Int
    var value: Double
    var isYear: Bool
    /// As the text has it.
    var text: String

    /// Numbers that a question may ask for: no versions, standards, ordinals, or numbers of pages.
    static func all(in parsed: ParsedSentence) -> [NumberWord] {
        parsed.words.indices.compactMap { index in
            let word = parsed[index]
            guard word.tag == "CD", let value = Self.value(of: word.text), word.text.contains(where: \.isNumber) else { return nil }
            let before = index > 0 ? parsed[index - 1] : nil
            let after = index + 1 < parsed.count ? parsed[index + 1] : nil
            if let before, unfit.contains(before.lower) || before.tag == "HYPH" || before.part == .properNoun || before.tag == "CD"
            {
                return nil
            }
            if let after, after.tag == "HYPH" || after.tag == "CD" { return nil }
            let isYear =
                (1000...2100).contains(value) && word.text.count == 4
                && before.map { ["in", "since", "until", "by"].contains($0.lower) } == true
            let counts = word.relation == .number && word.head > index && parsed[word.head].isNoun
            let measures = after.map { ["%", "°", "percent", "degrees"].contains($0.lower) } == true
            guard isYear || ((counts || measures) && (value >= 3 || measures)) else { return nil }
            return NumberWord(index: index, value: value, isYear: isYear, text: word.text)
        }
    }

    /// `1,500` and `4.3` as numbers.
    static func value(of text: String) -> Double? { Double(text.replacing(",", with: "")) }

    /// Another value as this one is written.
    func written(_ other: Double) -> String {
        if other == other.rounded(), abs(other) < 1e12 {
            let digits = String(Int(other))
            guard text.contains(","), digits.count > 3 else { return digits }
            var grouped = ""
            for (place, digit) in digits.enumerated() {
                if place > 0, (digits.count - place) % 3 == 0 { grouped += "," }
                grouped.append(digit)
            }
            return grouped
        }
        return String((other * 1000).rounded() / 1000)
    }

    private static let unfit: Set<String> = [
        "version", "standard", "chapter", "section", "page", "figure", "table", "rfc", "iso", "level", "type", "class", "number",
        "no.",
        "step", "line", "item", "release", "part", "port", "form", "equation", "article", "volume", "note",
    ]
}

extension ParsedSentence {
    /// The text with some of its words exchanged.
    func text(replacing range: Range<Int>, with new: String) -> String {
        let before = range.lowerBound > 0 ? text(0..<range.lowerBound) : ""
        let after = range.upperBound < count ? text(range.upperBound..<count) : ""
        let glueBefore = range.lowerBound > 0 && words[range.lowerBound - 1].hasSpaceAfter ? " " : ""
        let glueAfter = words[range.upperBound - 1].hasSpaceAfter ? " " : ""
        return before + glueBefore + new + glueAfter + after
    }
}
