/// How a word of letters is said in English: as it is, letter by letter, or in parts.
enum EnglishWord {
    /// The letters of a run that an engine is given in one go; more than that no word has, and flite hangs on thousands.
    static let longestRun = 24
    /// Letters of a word that are said; then it is said how many more there are.
    static let longest = 240

    private static let sayable: Set<String> = [
        "AIDS", "NATO", "NASA", "RAM", "ROM", "LAN", "WAN", "PIN", "SIM", "RADAR", "LASER", "SONAR", "UNICEF", "UNESCO", "OPEC",
        "JPEG", "GIF",
        "RAID", "NAND", "AND", "OR", "NOT", "XOR", "IF", "THE", "IN", "OF", "TO", "IS", "IT", "AS", "AT", "BY", "ON", "NO", "SO",
        "WE", "HE",
        "DO", "GO", "BE", "MY", "ME", "UP", "AN", "AM", "FOR", "ARE", "WAS", "BUT", "ALL", "CAN", "HAS", "HAD", "HER", "HIS", "ONE",
        "OUR",
        "OUT", "DAY", "GET", "HIM", "HOW", "MAN", "NEW", "NOW", "OLD", "SEE", "TWO", "WAY", "WHO", "BOY", "DID", "ITS", "LET",
        "PUT", "SAY",
        "SHE", "TOO", "USE", "YES", "YOU", "KEY", "MAP", "SET", "SUM", "END", "MAX", "MIN", "LOG", "SIN", "COS", "TAN", "MOD",
        "BIT", "BOX",
        "JOIN", "ASAP",
    ]

    /// - Parameters:
    ///   - word: letters, with digits, apostrophes, hyphens, dots or underscores among them.
    ///   - isShouted: whether it stands among words in capitals, which are then no initials.
    static func said(_ word: String, isShouted: Bool = false) -> [String] {
        var text = word.replacing("\u{2019}", with: "'").replacing("\u{2010}", with: "-")
        if text.count > longest {
            let rest = text.count - longest
            return said(String(text.prefix(longest)), isShouted: isShouted) + ["and"] + EnglishNumber.cardinal(rest) + [
                "more", "letters",
            ]
        }
        let parts = text.split { "-_&".contains($0) }
        if parts.count > 1 || text.contains("_") || text.contains("&") {
            return parts.enumerated().flatMap { place, part in
                (part.count == 1 ? LetterNames.spelled(part) : said(String(part), isShouted: isShouted))
                    + (place + 1 < parts.count && text.contains("&") ? ["and"] : [])
            }
        }
        var ending = ""
        for tail in ["'s", "'S"] where text.hasSuffix(tail) && text.count > 2 {
            text = String(text.dropLast(2))
            ending = "'s"
        }
        var words = base(text, isShouted: isShouted)
        if !ending.isEmpty, let last = words.popLast() { words.append(last + ending) }
        return words
    }

    private static func base(_ text: String, isShouted: Bool) -> [String] {
        if text.contains(".") { return LetterNames.spelled(text) }
        if text.contains(where: \.isNumber) { return mixed(text) }
        if text.count == 1 { return letter(text) }
        if isInitials(text), !isShouted { return LetterNames.spelled(text) }
        return camel(text).flatMap { part in
            part.count < text.count && isInitials(part)
                ? LetterNames.spelled(part) : part.count == 1 ? LetterNames.spelled(part) : runs(part)
        }
    }

    private static func letter(_ text: String) -> [String] {
        if ["a", "I", "i"].contains(text) { return [text == "i" ? "eye" : text] }
        return text.first.flatMap(LetterNames.english) ?? [text]
    }

    /// Whether it is said letter by letter: `DNA`, `HTML`; not `NASA`.
    static func isInitials(_ text: some StringProtocol) -> Bool {
        var text = text[...]
        // mRNA, tRNA, DNAs
        if text.count > 2, text.last == "s", text.dropLast().allSatisfy(\.isUppercase) { text = text.dropLast() }
        guard text.count >= 2, text.count <= 6, text.allSatisfy({ $0.isASCII && $0.isUppercase }) else { return false }
        if sayable.contains(String(text)) { return false }
        if text.count <= 3 { return true }
        let isVowel = text.map { "AEIOUY".contains($0) }
        if !isVowel.contains(true) { return true }
        // Three consonants in a row, or an odd ending, cannot be said.
        var run = 0
        for vowel in isVowel {
            run = vowel ? 0 : run + 1
            if run >= 4 || run == 3 && text.count <= 4 { return true }
        }
        return text.prefix(2).allSatisfy { !"AEIOUY".contains($0) }
            && ![
                "BR", "CR", "DR", "FR", "GR", "PR", "TR", "BL", "CL", "FL", "GL", "PL",
                "SL", "SC", "SK", "SM", "SN", "SP", "ST", "SW", "CH", "SH", "TH", "WH",
            ].contains(String(text.prefix(2)))
    }

    /// `maxValue` and `HTMLElement` in their words.
    private static func camel(_ text: String) -> [String] {
        if text.hasPrefix("Mc") || text.hasPrefix("Mac") || !text.contains(where: \.isLowercase) { return [text] }
        let characters = Array(text)
        var (parts, part) = ([String](), "")
        for (place, character) in characters.enumerated() {
            let startsWord =
                place > 0 && character.isUppercase
                && (characters[place - 1].isLowercase
                    || place + 1 < characters.count && characters[place + 1].isLowercase && characters[place - 1].isUppercase)
            // The last letter of "DNAs" is its plural.
            let isPlural = place + 1 == characters.count - 1 && characters[place + 1] == "s"
            if startsWord, !part.isEmpty, !isPlural {
                parts.append(part)
                part = ""
            }
            part.append(character)
        }
        return parts + [part]
    }

    /// Letters and digits: `H2O`, `mp3`, `COVID19`.
    private static func mixed(_ text: String) -> [String] {
        var (words, run) = ([String](), "")
        func flush() {
            guard let first = run.first else { return }
            if first.isNumber {
                words += EnglishNumber.quantity(run)
            } else {
                let isWord = run.count > 3 && !isInitials(run) || run.count == 3 && run.contains { "aeiou".contains($0) }
                words += isWord ? camel(run).flatMap(runs) : LetterNames.spelled(run)
            }
            run = ""
        }
        for character in text where character.isLetter || character.isNumber {
            if let last = run.last, last.isNumber != character.isNumber { flush() }
            run.append(character)
        }
        flush()
        return words
    }

    /// A long run in parts that an engine takes.
    private static func runs(_ text: String) -> [String] {
        guard text.count > longestRun else { return [text] }
        var (parts, rest) = ([String](), text[...])
        while !rest.isEmpty {
            parts.append(String(rest.prefix(longestRun)))
            rest = rest.dropFirst(longestRun)
        }
        return parts
    }

    /// The value of a Roman numeral up to 39; nil for other letters.
    static func roman(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.count <= 7, text.allSatisfy({ "IVX".contains($0) }) else { return nil }
        let values = text.map { ["I": 1, "V": 5, "X": 10][$0] ?? 0 }
        var sum = 0
        for (place, value) in values.enumerated() { sum += place + 1 < values.count && values[place + 1] > value ? -value : value }
        return numeral(sum) == String(text) ? sum : nil
    }

    private static func numeral(_ number: Int) -> String {
        var (rest, text) = (number, "")
        for (value, sign) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while rest >= value {
                text += sign
                rest -= value
            }
        }
        return text
    }
}
