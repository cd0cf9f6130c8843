/// Raised and lowered text in plain characters: 10²³ and H₂O where Unicode has them all, else `^{…}` and `_{…}`, as TeX says it.
enum RaisedText {
    private static let raised: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹", "+": "⁺", "-": "⁻",
        "−": "⁻", "–": "⁻", "=": "⁼", "(": "⁽", ")": "⁾", "n": "ⁿ", "i": "ⁱ",
    ]
    private static let lowered: [Character: Character] = [
        "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈", "9": "₉", "+": "₊", "-": "₋",
        "−": "₋", "–": "₋", "=": "₌", "(": "₍", ")": "₎",
    ]
    /// Raised in print for looks alone.
    private static let ordinals: Set<String> = [
        "st", "nd", "rd", "th", "e", "er", "re", "ère", "ème", "o", "a", "º", "ª", "™", "®", "©",
    ]

    static func up(_ text: String, after last: Character?) -> String {
        let word = text.trimmingSpaces()
        if word.isEmpty { return text }
        if ordinals.contains(word.lowercased()), last?.isNumber == true || word.count == 1 && !(word.first?.isLetter ?? true) {
            return text
        }
        return mapped(word, raised) ?? "^{\(word)}"
    }

    static func down(_ text: String) -> String {
        let word = text.trimmingSpaces()
        if word.isEmpty { return text }
        return mapped(word, lowered) ?? "_{\(word)}"
    }

    private static func mapped(_ text: String, _ table: [Character: Character]) -> String? {
        var out = ""
        for character in text {
            guard let other = table[character] else { return nil }
            out.append(other)
        }
        return out
    }
}
