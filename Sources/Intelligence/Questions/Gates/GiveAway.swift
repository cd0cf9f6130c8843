import LanguageModels

/// Whether a text gives a term away that it describes: by a word of the same root, by letters of a compound, or by its initials.
enum GiveAway {
    static func names(_ text: String, _ term: String) -> Bool {
        if !Set(Words.contentStems(of: term)).isDisjoint(with: Words.contentStems(of: text)) { return true }
        // `Text2Pcap` is of two words.
        let (told, own) = (words(of: text), words(of: term) + term.lowercased().split { !$0.isLetter }.map(String.init))
        for word in own where word.count >= shortest {
            if told.contains(where: { haveOneRoot(word, $0) || haveOneEnd(word, $0) || isWithin($0, word) || isWithin(word, $0) }) {
                return true
            }
        }
        return isSpelt(term, by: told) || own.contains { word in told.contains { sharesMost($0, of: word) } }
    }

    /// `base` of `ibase` and `InterBase`: letters in a row that are most of the term's word.
    private static func sharesMost(_ told: String, of word: String) -> Bool {
        guard (shortest...8).contains(word.count), told.count >= shortest else { return false }
        let letters = Array(word)
        let length = max(shortest, (letters.count * 2 + 2) / 3)
        guard length <= letters.count else { return false }
        return (0...letters.count - length).contains { told.contains(String(letters[$0..<$0 + length])) }
    }

    private static let shortest = 4

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// `fainter` and `faint`, `iconic` and `icons`.
    private static func haveOneRoot(_ one: String, _ other: String) -> Bool {
        guard other.count >= shortest else { return false }
        let shared = zip(one, other).prefix { $0 == $1 }.count
        return shared >= max(shortest, min(one.count, other.count) - 3) && shared * 3 >= max(one.count, other.count)
    }

    /// `TShark` and `Wireshark`.
    private static func haveOneEnd(_ one: String, _ other: String) -> Bool {
        let shared = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        return shared >= 5 && shared + 2 >= min(one.count, other.count)
    }

    /// `blend` in `smartblend`, `sheets` in `worksheet`.
    private static func isWithin(_ part: String, _ whole: String) -> Bool {
        let stem = part.hasSuffix("s") ? String(part.dropLast()) : part
        // `port` in `transport` tells little.
        return stem.count > shortest && stem.count < whole.count && (whole.hasSuffix(stem) || whole.hasPrefix(stem))
    }

    /// `FOV` by `field of view`.
    private static func isSpelt(_ term: String, by words: [String]) -> Bool {
        let letters = term.filter(\.isLetter)
        let isShort = letters.allSatisfy(\.isUppercase) || letters.count <= 4
        guard (2...7).contains(letters.count), !term.contains(" "), isShort else { return false }
        return String(words.compactMap(\.first)).contains(letters.lowercased())
    }
}
