import Stemming

/// What a query asks the keyword index for.
///
/// Nothing in it is syntax: AND is a word, a quotation mark nothing.
struct KeywordQuery {
    struct Term: Equatable {
        /// The index terms that count as this one: stems of each language, other spellings.
        var spellings: [String]
        /// Parts of the query set together: “quick sort” as quicksort. What occurs nowhere is not missed.
        var isOptional = false
        /// What it counts beside the others.
        var weight = 1.0
        /// The word in lower case and plain letters, where it may be misspelt; else empty.
        var word = ""
    }

    static let optionalWeight = 0.3

    private(set) var terms: [Term] = []
    /// Not in English, as far as its function words and letters say.
    let isForeign: Bool
    private let languages: [TextLanguage]
    private var seen: Set<String> = []

    /// - Parameter languages: those that the passages searched are in, English left out.
    init(_ text: String, languages: [TextLanguage] = []) {
        let items = WordScanner.items(of: text)
        let main = TextLanguage.Evidence(of: items).winner(among: [.english] + languages, least: 1) ?? .english
        // That of the query first.
        var chosen = [main]
        for language in [.english] + languages where !chosen.contains(language) { chosen.append(language) }
        self.languages = chosen
        isForeign = main != .english || Self.isMostlyForeign(items)
        let keepsCapitals = KeywordAnalyzer.keepsCapitals(in: items)
        let analyzer = KeywordAnalyzer(main)
        var spelled = Self.spellings(of: items, in: chosen)[...]
        var chain: [String] = []
        var last: String?
        for item in items {
            switch item {
            case .run(let letters):
                end(&chain, analyzer)
                last = nil
                for pair in KeywordAnalyzer.pairs(of: letters) { add([pair]) }
            case .word(let word):
                let spellings = spelled.removeFirst()
                if !word.isJoined { end(&chain, analyzer) }
                chain.append(GreekLetter.name(of: word.plain) ?? word.plain)
                guard !analyzer.isLeftOut(word, keepsCapitals: keepsCapitals) else {
                    last = nil
                    continue
                }
                let numbers = KeywordAnalyzer.numbers(in: word.plain)
                // 500mg is sought as 500 mg; 8.2 is not section 8.
                let isMeasure = !numbers.isEmpty && word.plain.utf8.last.map { $0 > 57 } == true
                add(spellings, isOptional: isMeasure, word: word.plain)
                for number in numbers { add([number], isOptional: !isMeasure) }
                for hump in word.humps where !main.functionWords.contains(hump) {
                    add([analyzer.term(of: .init(plain: hump))], isOptional: true)
                }
                if let last, !word.isJoined, !word.plain.utf8.contains(UInt8(ascii: ".")),
                    let both = KeywordAnalyzer.whole(of: [last, word.plain]) ?? Self.number(last, word.plain)
                {
                    add([analyzer.term(of: .init(plain: both))], isOptional: true)
                }
                last = word.plain
            }
        }
        end(&chain, analyzer)
    }

    /// The terms of words that one which nothing has may have been meant for, each with a word, one that `isWord` if there is one.
    func terms(near word: String, isWord: (String) -> Bool) -> [String: String] {
        // In order, so that the same slip is always taken for the same word.
        let words = Misspelling.neighbours(of: word).map { (isKnown: isWord($0), text: $0) }
            .sorted { ($1.isKnown ? 0 : 1, $0.text) < ($0.isKnown ? 0 : 1, $1.text) }
        return languages.reduce(into: [:]) { terms, language in
            let analyzer = KeywordAnalyzer(language)
            for (_, word) in words where !language.functionWords.contains(word) {
                let term = analyzer.term(of: .init(plain: word))
                if terms[term] == nil { terms[term] = word }
            }
        }
    }

    /// Whether half of it or more is in letters other than Latin ones; a Greek letter alone is a sign.
    private static func isMostlyForeign(_ items: [WordScanner.Item]) -> Bool {
        let foreign = items.count { item in
            switch item {
            case .run: true
            case .word(let word):
                word.plain.unicodeScalars.count > 1 && word.plain.unicodeScalars.first.map { $0.value >= 0x370 } == true
            }
        }
        return foreign > 0 && foreign * 2 >= items.count
    }

    private mutating func end(_ chain: inout [String], _ analyzer: borrowing KeywordAnalyzer) {
        if let whole = KeywordAnalyzer.whole(of: chain) { add([analyzer.term(of: .init(plain: whole))], isOptional: true) }
        chain.removeAll()
    }

    private mutating func add(_ spellings: [String], isOptional: Bool = false, word: String = "") {
        guard let term = spellings.first, seen.insert(term).inserted else { return }
        var others: [String] = []
        for other in spellings.dropFirst() where other != term && !others.contains(other) { others.append(other) }
        terms.append(
            Term(spellings: [term] + others, isOptional: isOptional, weight: isOptional ? Self.optionalWeight : 1, word: word))
    }

    /// 10 000.
    private static func number(_ first: String, _ second: String) -> String? {
        guard first.count <= 3, second.count == 3, (first + second).utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return first + second
    }

    /// The terms of each word as each of the languages has them, and as German might write it too.
    private static func spellings(of items: [WordScanner.Item], in languages: [TextLanguage]) -> [[String]] {
        let written = items.compactMap { item -> [WordScanner.Word]? in
            guard case .word(let word) = item else { return nil }
            return [word]
                + german(word.marked ?? word.plain).compactMap { other in
                    guard case .word(let word)? = WordScanner.items(of: other).first else { return nil }
                    return word
                }
        }
        var terms = [[String]](repeating: [], count: written.count)
        // An analyzer holds stemmers, which are made once for all words.
        for language in languages {
            let analyzer = KeywordAnalyzer(language)
            for (index, words) in written.enumerated() { terms[index] += words.map { analyzer.term(of: $0) } }
        }
        return terms
    }

    /// German writes ä as ae where a keyboard lacks it, and the other way round.
    private static func german(_ word: String) -> [String] {
        var out: [String] = []
        if word.contains(where: { "äöü".contains($0) }) {
            out.append(word.replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue"))
        }
        if ["ae", "oe", "ue"].contains(where: word.contains), word.count >= 5, word.allSatisfy(\.isLetter) {
            out.append(word.replacing("ae", with: "a").replacing("oe", with: "o").replacing("ue", with: "u"))
        }
        return out
    }
}
