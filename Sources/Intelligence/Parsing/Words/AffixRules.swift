/// Where spaCy's rules for English cut signs off a word's beginning and end, and a word in two.
///
/// By hand rather than as the regular expressions of the model's file, which are 40 KB of Unicode ranges each.
enum AffixRules {
    typealias Scalars = ArraySlice<Unicode.Scalar>

    /// How many scalars are cut off at the beginning; 0 for none.
    static func prefix(of word: Scalars) -> Int {
        guard let first = word.first else { return 0 }
        if first == "." { return dots(word) > 1 ? dots(word) : 0 }
        if first == "+" { return word.dropFirst().first.map(isDigit) == true ? 0 : 1 }
        if "§%=—–…".unicodeScalars.contains(first) || isPunctuation(first) || isQuote(first) || isCurrency(first) || isIcon(first) {
            return 1
        }
        for currency in ["US$", "C$", "A$"] where word.starts(with: currency.unicodeScalars) { return currency.count }
        return 0
    }

    /// How many scalars are cut off at the end; 0 for none.
    static func suffix(of word: Scalars) -> Int {
        guard let last = word.last else { return 0 }
        let before = word.dropLast().last
        if last == "." {
            let run = dots(Array(word.reversed())[...])
            if run > 1 { return run }
            guard let before else { return 0 }
            let second = word.dropLast(2).last
            if second == "°", "FfCcKk".unicodeScalars.contains(before) { return 1 }
            if isDigit(before) || isLower(before) || "%²-+|".unicodeScalars.contains(before) || isPunctuation(before)
                || isQuote(before)
            {
                return 1
            }
            if let second, isUpper(before), isUpper(second) { return 1 }
            return 0
        }
        if last == "s" || last == "S", let before, before == "'" || before == "’" { return 2 }
        if "—–…".unicodeScalars.contains(last) || isPunctuation(last) || isQuote(last) || isIcon(last) { return 1 }
        guard let before else { return 0 }
        if last == "+", isDigit(before) { return 1 }
        // A unit right behind a number, the longest first.
        for length in stride(from: min(4, word.count - 1), through: 1, by: -1) {
            guard let number = word.dropLast(length).last, isDigit(number) else { continue }
            let unit = String(String.UnicodeScalarView(word.suffix(length)))
            if units.contains(unit) || (length == 1 && isCurrency(last)) || ["US$", "C$", "A$"].contains(unit) { return length }
        }
        return 0
    }

    /// Ranges of `word`, counted from its start, that become words of their own and cut it in pieces.
    static func infixes(of word: Scalars) -> [Range<Int>] {
        let scalars = Array(word)
        var found: [Range<Int>] = []
        var at = 0
        while at < scalars.count {
            let length = infix(at: at, scalars)
            if length > 0 { found.append(at..<at + length) }
            at += max(1, length)
        }
        return found
    }

    private static func infix(at: Int, _ scalars: [Unicode.Scalar]) -> Int {
        let this = scalars[at]
        if this == "." {
            let run = dots(scalars[at...])
            if run > 1 { return run }
        }
        if this == "…" || isIcon(this) { return 1 }
        guard at > 0, at + 1 < scalars.count else { return 0 }
        let (before, after) = (scalars[at - 1], scalars[at + 1])
        switch this {
        case "+", "-", "*", "^":
            if isDigit(before), isDigit(after) || after == "-" { return 1 }
        case ".":
            if isLower(before) || isQuote(before), isUpper(after) || isQuote(after) { return 1 }
        case ",":
            if isLetter(before), isLetter(after) { return 1 }
        case ":", "<", ">", "=", "/":
            if isLetter(before) || isDigit(before), isLetter(after) { return 1 }
        default: break
        }
        if "-–—~".unicodeScalars.contains(this), isLetter(before) || isDigit(before) {
            for length in 1...3 where at + length < scalars.count && isLetter(scalars[at + length]) {
                let run = scalars[at..<at + length]
                let isHyphen = run.count == 1 || run.allSatisfy { $0 == "-" } || (run.count == 2 && run.allSatisfy { $0 == "—" })
                if isHyphen { return length }
            }
        }
        return 0
    }

    private static func dots(_ word: Scalars) -> Int { word.prefix { $0 == "." }.count }
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool { punctuation.contains(scalar) }
    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool { quotes.contains(scalar) }
    private static func isCurrency(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .currencySymbol }
    private static func isIcon(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0x7F && scalar.properties.generalCategory == .otherSymbol
    }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter: true
        default: false
        }
    }
    private static func isLower(_ scalar: Unicode.Scalar) -> Bool {
        [.lowercaseLetter, .otherLetter].contains(scalar.properties.generalCategory)
    }
    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        [.uppercaseLetter, .otherLetter].contains(scalar.properties.generalCategory)
    }

    private static let punctuation = Set("…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪".unicodeScalars)
    private static let quotes = Set("'\"”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉⟦⟧".unicodeScalars)
    private static let units = Set(
        ("km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz m/s km/h kmh mph hPa Pa mbar mb "
            + "MB kb KB gb GB tb TB T G M K %")
            .split(separator: " ").map(String.init))
}
