/// A light stemmer for Arabic: article, conjunction and the commonest endings (after Larkey, Ballesteros and Connell, "Light stemming for
/// Arabic information retrieval", 2007).
enum ArabicWord {
    static func stem(_ word: String) -> String {
        var letters = word.unicodeScalars.map(plain)
        for prefix in prefixes where letters.count >= prefix.count + 3 && letters.starts(with: prefix) {
            letters.removeFirst(prefix.count)
            break
        }
        for suffix in suffixes where letters.count >= suffix.count + 3 && letters.suffix(suffix.count).elementsEqual(suffix) {
            letters.removeLast(suffix.count)
            break
        }
        return String(String.UnicodeScalarView(letters))
    }

    /// One form for letters that are written in several.
    private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x622, 0x623, 0x625, 0x671: "\u{627}"
        case 0x649, 0x6CC: "\u{64A}"
        case 0x6A9: "\u{643}"
        case 0x629: "\u{647}"
        default: scalar
        }
    }

    private static let prefixes = ["وال", "بال", "كال", "فال", "لل", "ال"].map { Array($0.unicodeScalars) }
    private static let suffixes = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"].map { Array($0.unicodeScalars) }
}
