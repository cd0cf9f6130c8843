/// Makes index terms of text: runs of letters and digits, lower case, in plain letters, stemmed as English; stop words left out. What
/// only shapes a line, such as soft hyphens and spaces of no width, is not there.
/// Han, kana, Hangul, Thai and their like stand as pairs of neighbours, since they are written without spaces.
enum KeywordAnalyzer {
    /// Of the terms that it makes. A document that was indexed by another is indexed anew.
    static let version = 2

    /// Longer runs are not words.
    private static let longest = 40

    /// All terms of a text in order, repeated as often as they occur.
    static func terms(of text: String) -> [String] {
        var terms: [String] = []
        var word: [UInt8] = []
        var wide: [Unicode.Scalar] = []

        func endWord() {
            defer { word.removeAll(keepingCapacity: true) }
            guard !word.isEmpty, word.count <= longest else { return }
            let text = String(decoding: word, as: UTF8.self)
            if !stopWords.contains(text) { terms.append(stem(text)) }
        }
        func endWide() {
            guard !wide.isEmpty else { return }
            if wide.count == 1 { terms.append(String(wide[0])) }
            for (a, b) in zip(wide, wide.dropFirst()) { terms.append(String(a) + String(b)) }
            wide.removeAll()
        }

        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value < 0x80 {
                let byte = UInt8(value)
                if byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 {
                    word.append(byte)
                } else if byte >= 65 && byte <= 90 {
                    word.append(byte + 32)
                } else if byte != UInt8(ascii: "'") {
                    endWord()
                }
                if !wide.isEmpty { endWide() }
            } else if isInvisible(value) || isApostrophe(value) || isMark(scalar) {
                continue
            } else if isWide(value) {
                endWord()
                wide.append(scalar)
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if !wide.isEmpty { endWide() }
                LetterFolding.fold(scalar) { word += Array(String($0).utf8) }
            } else {
                endWord()
                endWide()
            }
        }
        endWord()
        endWide()
        return terms
    }

    /// The groups of terms that a query asks for: a term, and other ways to write it. “Mueller” is Müller too.
    static func groups(of query: String) -> [[String]] {
        var groups: [[String]] = []
        var seen: Set<String> = []
        for word in query.split(whereSeparator: \.isWhitespace) {
            let plain = terms(of: String(word))
            let others = spellings(of: String(word)).map(terms).filter { $0.count == plain.count }
            for (index, term) in plain.enumerated() where seen.insert(term).inserted {
                groups.append([term] + Set(others.map { $0[index] }).subtracting([term]).sorted())
            }
        }
        return groups
    }

    /// German writes ä as ae where a keyboard lacks it, and the other way round.
    private static func spellings(of word: String) -> [String] {
        let lower = word.lowercased()
        var out: [String] = []
        if lower.contains(where: { "äöü".contains($0) }) {
            out.append(
                lower.replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue"))
        }
        if ["ae", "oe", "ue"].contains(where: lower.contains), lower.count >= 5,
            lower.allSatisfy(\.isLetter)
        {
            out.append(
                lower.replacing("ae", with: "a").replacing("oe", with: "o").replacing("ue", with: "u"))
        }
        return out
    }

    private static func stem(_ word: String) -> String {
        if word.utf8.first.map({ $0 == 0xD8 || $0 == 0xD9 }) == true { return ArabicWord.stem(word) }
        return PorterStemmer.stem(word)
    }

    /// Soft hyphen, joiners, spaces of no width, marks of direction, variants of a sign.
    private static func isInvisible(_ value: UInt32) -> Bool {
        value == 0xAD || (0x200B...0x200F).contains(value) || (0x202A...0x202E).contains(value)
            || (0x2060...0x2064).contains(value)
            || value == 0xFEFF || (0xFE00...0xFE0F).contains(value) || value == 0x34F || value == 0x61C
            || value == 0x640
    }

    private static func isApostrophe(_ value: UInt32) -> Bool {
        value == 0x2019 || value == 0x2018 || value == 0x02BC || value == 0xFF07 || value == 0xB4
            || value == 0x201B || value == 0x2032
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass != .notReordered
            && !(0x3040...0x30FF).contains(scalar.value)
    }

    private static func isWide(_ value: UInt32) -> Bool {
        (0x3040...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value)
            || (0xAC00...0xD7AF).contains(value)
            || (0x20000...0x3FFFF).contains(value) || (0x0E00...0x0E4E).contains(value)
            || (0x0E80...0x0ECE).contains(value)
            || (0x1000...0x109F).contains(value) || (0x1780...0x17D3).contains(value)
            || (0xF900...0xFAFF).contains(value)
    }

    /// English words that say how, not what.
    static let stopWords: Set<String> = [
        "a", "about", "above", "after", "again", "against", "all", "am", "an", "and", "any", "are", "arent", "as", "at", "be",
        "because",
        "been", "before", "being", "below", "between", "both", "but", "by", "can", "cannot", "could", "couldnt", "did", "didnt",
        "do",
        "does", "doesnt", "doing", "dont", "down", "during", "each", "few", "for", "from", "further", "had", "hadnt", "has",
        "hasnt", "have",
        "havent", "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "how", "i", "if", "im", "in", "into",
        "is",
        "isnt", "it", "its", "itself", "ive", "me", "more", "most", "my", "myself", "no", "nor", "not", "of", "off", "on", "once",
        "only",
        "or", "other", "our", "ours", "ourselves", "out", "over", "own", "please", "same", "she", "should", "so", "some", "such",
        "tell",
        "than", "that", "thats", "the", "their", "theirs", "them", "themselves", "then", "there", "these", "they", "this", "those",
        "through", "to", "too", "under", "until", "up", "us", "very", "was", "we", "were", "what", "whats", "when", "where",
        "which", "while", "who",
        "whom", "whose", "why", "will", "with", "would", "you", "your", "yours", "yourself", "yourselves",
    ]
}
