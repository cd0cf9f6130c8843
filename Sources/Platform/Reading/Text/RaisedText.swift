import Manuscript

/// Raised and lowered text in plain characters: 10²³ and H₂O where Unicode has them all, else `^{…}` and `_{…}`, as TeX says it.
enum RaisedText {
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
        return RaisedLetters.of(word) ?? "^{\(word)}"
    }

    static func down(_ text: String) -> String {
        let word = text.trimmingSpaces()
        if word.isEmpty { return text }
        let letters = word.compactMap { lowered[$0] }
        return letters.count == word.count ? String(letters) : "_{\(word)}"
    }
}
