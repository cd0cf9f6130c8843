/// The numbers of headings as people say them: “Amendment XIX” is the 19th.
enum RomanNumeral {
    static func value(of word: some StringProtocol) -> Int? {
        guard !word.isEmpty, word.count <= 7, word.allSatisfy({ "IVXLC".contains($0) }) else { return nil }
        let values = word.map { ["I": 1, "V": 5, "X": 10, "L": 50, "C": 100][$0] ?? 0 }
        var sum = 0
        for (index, value) in values.enumerated() {
            sum += index + 1 < values.count && values[index + 1] > value ? -value : value
        }
        return sum
    }

    /// The stems of headings, with the ordinals of their numbers.
    static func stems(of headings: [String]) -> Set<String> {
        var stems = Set(headings.flatMap { Words.stems(of: $0) })
        for heading in headings {
            for word in heading.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
                guard let number = value(of: word) ?? Int(word), (1...99).contains(number) else { continue }
                stems.insert("\(number)")
                stems.insert(ordinal(number))
                if number <= ordinals.count { stems.insert(Words.stem(ordinals[number - 1])) }
            }
        }
        return stems
    }

    private static func ordinal(_ number: Int) -> String {
        if (11...13).contains(number % 100) { return "\(number)th" }
        return "\(number)" + ([1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th")
    }

    private static let ordinals = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
        "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ]
}
