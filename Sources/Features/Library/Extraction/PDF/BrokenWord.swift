/// A line's end and the next line's first word: whether they are one word, and whether the hyphen between them is its own.
struct BrokenWord {
    enum Join {
        case apart, together, withoutHyphen
    }

    private let head: Substring
    private let last: Character
    private let next: Substring

    /// Words that make compounds with a hyphen, where what follows is no mere ending.
    private static let makers: Set<String> = [
        "well", "self", "long", "short", "high", "low", "half", "full", "hard", "left", "right", "wide", "large", "small", "double",
        "single", "first", "second", "third", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
        "thirty",
        "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "much", "ever", "ex", "quasi", "all", "mid", "real", "open",
        "free",
    ]
    private static let endings: Set<String> = [
        "er", "ers", "est", "ly", "y", "en", "ens", "ened", "ening", "ness", "ish", "s", "ed", "ing", "ow", "ows", "owed", "owing",
        "ful", "less", "th", "teen", "ty", "ies", "ier", "ied", "ity", "ism", "ize", "ized", "ise", "ised", "dom", "ship", "ting",
        "ter",
        "ted", "tion", "dle", "ate", "ated", "tive", "fish", "lar", "al", "ism", "hood", "eous", "ler", "ling",
    ]
    private static let joiners: Set<String> = [
        "and", "or", "to", "und", "oder", "bzw", "bis", "et", "ou", "y", "o", "e", "en", "of", "och", "og", "ja",
    ]

    /// - Parameters:
    ///   - end: how the line ends, its last sign included.
    ///   - next: the next line's first word.
    init(end: Substring, last: Character, next: Substring) {
        self.last = last
        self.next = next
        head = end.dropLast().split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    }

    /// - Parameter vocabulary: words that stand somewhere unbroken, in lower case.
    func join(_ vocabulary: Set<String>) -> Join {
        guard let before = head.last, let first = next.first else { return .apart }
        let isAddress = head.contains("://") || head.hasPrefix("www.")
        if isAddress, "-/=&?_.".contains(last), first.isASCII, first.isLetter || first.isNumber, first.isLowercase || first.isNumber
        {
            // A full stop there may be the sentence's.
            return last == "." && !next.contains("/") ? .apart : .together
        }
        if last == "/", before.isLetter, first.isLetter { return .together }
        if last == "–" { return before.isNumber && first.isNumber ? .together : .apart }
        guard last == "-", before.isLetter, first.isLetter || first.isNumber else { return .apart }
        let word = PDFText.bare(next)
        if Self.joiners.contains(word) { return .apart }
        guard first.isLowercase else { return .together }
        let (joined, hyphenated) = (PDFText.bare(head + next), PDFText.bare("\(head)-\(next)"))
        if vocabulary.contains(joined) { return .withoutHyphen }
        if vocabulary.contains(hyphenated) || head.contains("-") { return .together }
        let maker = head.drop { !$0.isLetter }.lowercased()
        if maker.count == 1, head.last?.isUppercase == true { return .together }
        return Self.makers.contains(maker) && !Self.endings.contains(word) ? .together : .withoutHyphen
    }
}
