/// Makes index terms of text: runs of letters and digits, lower case, without accents, stemmed as English; stop words left out.
/// Han, kana and Hangul stand as pairs of neighbours, since they are written without spaces.
enum KeywordAnalyzer {
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
            if !stopWords.contains(text) { terms.append(PorterStemmer.stem(text)) }
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
            } else if isWide(value) {
                endWord()
                wide.append(scalar)
            } else if value == 0x2019 || scalar.properties.canonicalCombiningClass != .notReordered {
                continue
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

    private static func isWide(_ value: UInt32) -> Bool {
        (0x3040...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value) || (0xAC00...0xD7AF).contains(value)
            || (0x20000...0x3FFFF).contains(value)
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
