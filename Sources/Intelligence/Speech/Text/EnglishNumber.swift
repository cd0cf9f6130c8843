/// Numbers as they are said in English.
enum EnglishNumber {
    private static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    private static let tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    private static let scales = ["", "thousand", "million", "billion", "trillion", "quadrillion"]
    private static let ordinals = [
        "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth",
    ]

    /// 0 to 99 in one word or two.
    private static func pair(_ number: Int) -> [String] {
        if number < 20 { return [small[number]] }
        return [tens[number / 10]] + (number % 10 == 0 ? [] : [small[number % 10]])
    }

    private static func triple(_ number: Int) -> [String] {
        if number < 100 { return pair(number) }
        return [small[number / 100], "hundred"] + (number % 100 == 0 ? [] : pair(number % 100))
    }

    /// A whole number from 0 on.
    static func cardinal(_ number: Int) -> [String] {
        if number == 0 { return ["zero"] }
        var (rest, groups) = (number, [[String]]())
        for scale in scales where rest > 0 {
            let group = rest % 1000
            if group > 0 { groups.append(triple(group) + (scale.isEmpty ? [] : [scale])) }
            rest /= 1000
        }
        return rest > 0 ? digits(String(number)) : Array(groups.reversed().joined())
    }

    static func digits(_ text: some StringProtocol) -> [String] { text.compactMap { $0.wholeNumberValue.map { small[$0] } } }

    static func ordinal(_ number: Int) -> [String] {
        var words = cardinal(number)
        guard let last = words.popLast() else { return words }
        if let known = ordinals[last] { return words + [known] }
        return words + [last.hasSuffix("y") ? last.dropLast() + "ieth" : last == "zero" ? "zeroth" : last + "th"]
    }

    /// `1984` in two halves, `2007` and `1000` as numbers.
    static func year(_ number: Int) -> [String] {
        guard (1100...2099).contains(number), !(2000...2009).contains(number) else { return cardinal(number) }
        let (century, rest) = (number / 100, number % 100)
        if rest == 0 { return pair(century) + ["hundred"] }
        return pair(century) + (rest < 10 ? ["oh"] : []) + pair(rest)
    }

    /// `1980` as "nineteen eighties".
    static func decade(_ number: Int) -> [String] {
        var words = year(number)
        guard let last = words.popLast() else { return words }
        return words + [last.hasSuffix("y") ? last.dropLast() + "ies" : last + "s"]
    }

    /// A number in digits, with commas between thousands and a point; digit by digit where it is no quantity, like `007`.
    static func quantity(_ text: some StringProtocol) -> [String] {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(parts[0].filter(\.isNumber))
        if parts.count > 2 {
            // A version, an address: 3.2.1
            return Array(parts.map { cardinalOrDigits($0) }.joined(separator: ["point"]))
        }
        var words = whole.isEmpty ? ["zero"] : cardinalOrDigits(whole)
        if parts.count == 2, !parts[1].isEmpty { words += ["point"] + digits(parts[1]) }
        return words
    }

    private static func cardinalOrDigits(_ text: some StringProtocol) -> [String] {
        if text.count > 1, text.first == "0" { return digits(text) }
        guard text.count <= 18, let number = Int(text) else { return digits(text) }
        return cardinal(number)
    }

    /// `1/2`, `3/4`; nil if it is no fraction that has a name.
    static func fraction(_ above: Int, _ below: Int) -> [String]? {
        guard (1...99).contains(above), (2...20).contains(below) || below == 100 else { return nil }
        let part: [String] = below == 2 ? ["half"] : below == 4 ? ["quarter"] : ordinal(below)
        guard above > 1, let last = part.last else { return cardinal(above) + part }
        return cardinal(above) + part.dropLast() + [last == "half" ? "halves" : last + "s"]
    }
}
