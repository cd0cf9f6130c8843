import Stemming

/// Makes index terms of text: words in plain letters, stemmed as their language asks for, function words left out. Names of several parts
/// stand as their parts and as one word, so that `round-trip`, `round trip` and `roundtrip` meet.
/// Han, kana, Hangul, Thai and their like stand as pairs of neighbours, since they are written without spaces.
struct KeywordAnalyzer: ~Copyable {
    /// Of the terms that it makes. A document that was indexed by another is indexed anew.
    static let version = 3

    let language: TextLanguage
    let functionWords: Set<String>
    /// Most words come again.
    private let known = KnownTerms()
    private let latin: SnowballStemmer
    private let russian = SnowballStemmer("ru")
    private let greek = SnowballStemmer("el")
    private let hindi = SnowballStemmer("hi")

    init(_ language: TextLanguage) {
        self.language = language
        functionWords = language.functionWords
        latin = SnowballStemmer(language.rawValue)
    }

    /// All terms of a text in order, repeated as often as they occur.
    static func terms(of text: String) -> [String] {
        let items = WordScanner.items(of: text)
        return KeywordAnalyzer(language(of: items) ?? .english).terms(of: items)
    }

    static func language(of items: [WordScanner.Item]) -> TextLanguage? { TextLanguage.Evidence(of: items).winner(least: 4) }

    func terms(of items: [WordScanner.Item]) -> [String] {
        var terms: [String] = []
        var chain: [String] = []
        func endChain() {
            if let whole = Self.whole(of: chain) { terms.append(term(of: .init(plain: whole))) }
            chain.removeAll(keepingCapacity: true)
        }
        let keepsCapitals = Self.keepsCapitals(in: items)
        for item in items {
            switch item {
            case .run(let letters):
                endChain()
                terms += Self.pairs(of: letters)
            case .word(let word):
                if !word.isJoined { endChain() }
                chain.append(GreekLetter.name(of: word.plain) ?? word.plain)
                if isLeftOut(word, keepsCapitals: keepsCapitals) { continue }
                terms.append(term(of: word))
                terms += Self.numbers(in: word.plain)
                for hump in word.humps where !functionWords.contains(hump) { terms.append(term(of: .init(plain: hump))) }
            }
        }
        endChain()
        return terms
    }

    /// A function word is a name where it stands in capitals: WHO, an OR gate.
    func isLeftOut(_ word: WordScanner.Word, keepsCapitals: Bool) -> Bool {
        functionWords.contains(word.plain) && !(keepsCapitals && word.isUpper)
    }

    /// Where a fifth of all is in capitals, they say nothing.
    static func keepsCapitals(in items: [WordScanner.Item]) -> Bool {
        var (all, upper) = (0, 0)
        for case .word(let word) in items {
            all += 1
            if word.isUpper { upper += 1 }
        }
        return upper * 3 <= max(all, 6)
    }

    /// The term of a word, whether it is a function word or not.
    func term(of word: WordScanner.Word) -> String {
        let plain = word.plain
        guard let first = plain.unicodeScalars.first else { return plain }
        switch first.value {
        case 0x370..<0x400:
            return GreekLetter.term(of: plain) ?? folded(greek.stem(word.marked ?? plain))
        case 0xB5: return plain == "µ" ? "mu" : plain
        case 0x400..<0x530: return folded(russian.stem(plain))
        case 0x600..<0x700: return ArabicWord.stem(plain)
        case 0x900..<0x980: return hindi.stem(plain)
        default: break
        }
        guard plain.utf8.count > 2, !plain.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else { return plain }
        let written = word.marked ?? plain
        return known.term(of: written) { stemmed(plain, written) }
    }

    private func stemmed(_ plain: String, _ written: String) -> String {
        language == .english ? EnglishWord.stem(plain) : folded(latin.stem(written))
    }

    private func folded(_ word: String) -> String {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return word }
        var plain = String.UnicodeScalarView()
        for scalar in word.unicodeScalars where !ScalarClass.isMark(scalar) { LetterFolding.fold(scalar) { plain.append($0) } }
        return String(plain)
    }

    /// Joined words as one; nil where there is no more than one, or nothing but numbers.
    static func whole(of chain: [String]) -> String? {
        guard chain.count > 1, chain.reduce(0, { $0 + $1.utf8.count }) <= WordScanner.longest,
            chain.contains(where: { $0.utf8.first.map { $0 > 57 } ?? false })
        else { return nil }
        return chain.joined()
    }

    /// 500 and mg of 500mg; 3 and 3.11 of 3.11.2.
    static func numbers(in word: String) -> [String] {
        guard let first = word.utf8.first, first >= 48, first <= 57 else { return [] }
        let bytes = Array(word.utf8)
        let digits = bytes.prefix { $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: ".") }
        let rest = bytes[digits.count...]
        if rest.isEmpty {
            let parts = word.split(separator: ".")
            return (1..<max(1, parts.count)).map { parts[..<$0].joined(separator: ".") }
        }
        guard rest.count <= 5, !rest.contains(where: { $0 < 97 }) else { return [] }
        return [String(decoding: digits, as: UTF8.self), String(decoding: rest, as: UTF8.self)]
    }

    static func pairs(of letters: [Unicode.Scalar]) -> [String] {
        if letters.count == 1 { return [String(letters[0])] }
        return zip(letters, letters.dropFirst()).map { String($0) + String($1) }
    }
}

/// What words became before. For one thread.
private final class KnownTerms {
    private var terms: [String: String] = [:]

    func term(of word: String, _ make: () -> String) -> String {
        if let term = terms[word] { return term }
        let term = make()
        if terms.count < 50_000 { terms[word] = term }
        return term
    }
}
