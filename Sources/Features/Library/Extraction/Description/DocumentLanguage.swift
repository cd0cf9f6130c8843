/// The language of a document's text: as the file says it, and found out where it says nothing or is plainly wrong.
enum DocumentLanguage {
    /// Unicode scalars that are looked at.
    private static let sample = 20_000

    /// The language that a file names, as a BCP 47 tag; nil where it is none.
    static func tag(_ text: String) -> String? {
        let tag = text.trimmingSpaces().replacing("_", with: "-").prefix { $0 != "," && $0 != ";" && !$0.isWhitespace }
        let primary = tag.prefix { $0 != "-" }.lowercased()
        guard (2...3).contains(primary.count), tag.count <= 20,
            tag.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
            !["und", "zxx", "mul", "mis"].contains(primary)
        else { return nil }
        return (bcp[primary] ?? primary) + tag.dropFirst(primary.count)
    }

    /// - Parameter said: what the file says, from `tag`. Programs put their own language there as often as not.
    static func of(_ pages: [ExtractedPage], said: String?) -> String? {
        var text = ""
        for page in pages where text.unicodeScalars.count < sample { text += page.text + "\n" }
        guard let found = found(in: String(text.unicodeScalars.prefix(sample))) else { return said }
        guard let said, said.lowercased().split(separator: "-").first.map(String.init) == found else { return found }
        return said
    }

    private static func found(in text: String) -> String? {
        if let script = byScript(text) { return script }
        guard let code = SmallWords.language(of: text.split { !$0.isLetter }) else { return nil }
        return bcp[code] ?? code
    }

    /// Languages that have most of their letters for themselves.
    private static func byScript(_ text: String) -> String? {
        var (kana, han, hangul, letters): (Int, Int, Int, Int) = (0, 0, 0, 0)
        var counts: [String: Int] = [:]
        for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
            letters += 1
            switch scalar.value {
            case 0x3040...0x30FF: kana += 1
            case 0x4E00...0x9FFF, 0x3400...0x4DBF: han += 1
            case 0xAC00...0xD7AF: hangul += 1
            case 0x370...0x3FF: counts["el", default: 0] += 1
            case 0x5D0...0x5EA: counts["he", default: 0] += 1
            case 0x600...0x6FF: counts["ar", default: 0] += 1
            case 0xE00...0xE7F: counts["th", default: 0] += 1
            case 0x900...0x97F: counts["hi", default: 0] += 1
            case 0x400...0x4FF: counts["ru", default: 0] += 1
            default: break
            }
        }
        guard letters >= 20 else { return nil }
        if kana * 8 > letters { return "ja" }
        if hangul * 2 > letters { return "ko" }
        if han * 2 > letters { return "zh" }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value * 2 > letters else { return nil }
        switch best.key {
        case "ru": return text.contains(where: { "іїєґІЇЄҐ".contains($0) }) ? "uk" : "ru"
        case "ar": return text.contains(where: { "پچژگ".contains($0) }) ? "fa" : "ar"
        default: return best.key
        }
    }

    private static let bcp = [
        "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
        "dut": "nl", "swe": "sv", "dan": "da", "nor": "no", "pol": "pl", "ces": "cs", "cze": "cs", "fin": "fi", "tur": "tr",
        "hun": "hu", "ron": "ro", "rum": "ro", "jpn": "ja", "zho": "zh", "chi": "zh", "kor": "ko", "rus": "ru", "ara": "ar",
        "heb": "he", "ell": "el", "gre": "el",
    ]
}
