/// What signs that are no letters are called.
enum SymbolNames {
    /// Signs that stand for words wherever they are.
    private static let english: [Character: String] = [
        "&": "and", "=": "equals", "+": "plus", "≈": "approximately equals", "≃": "approximately equals", "≅": "is congruent to",
        "≡": "is equivalent to", "≠": "does not equal", "<": "is less than", ">": "is greater than", "≤": "is at most",
        "≥": "is at least", "≪": "is much less than", "≫": "is much greater than", "±": "plus or minus", "∓": "minus or plus",
        "×": "times", "·": "times", "⋅": "times", "÷": "divided by", "−": "minus", "→": "to", "←": "from", "↔": "to and from",
        "⇒": "implies", "⇐": "is implied by", "⇔": "if and only if", "⟶": "to", "⇌": "in equilibrium with", "∞": "infinity",
        "∑": "the sum of", "∏": "the product of", "∫": "the integral of", "∂": "partial", "∇": "nabla", "√": "the square root of",
        "∈": "in", "∉": "not in", "⊂": "is a subset of", "⊆": "is a subset of", "⊃": "contains", "∪": "union",
        "∩": "intersected with",
        "∅": "the empty set", "∀": "for all", "∃": "there is", "¬": "not", "∧": "and", "∨": "or", "∝": "is proportional to",
        "⊥": "is perpendicular to", "∥": "is parallel to", "°": "degrees", "%": "per cent", "‰": "per mille", "§": "section",
        "¶": "paragraph", "#": "number", "@": "at", "€": "euros", "$": "dollars", "£": "pounds", "¥": "yen", "₹": "rupees",
        "©": "copyright", "®": "registered",
        "™": "trade mark", "′": "prime", "″": "double prime", "†": "dagger", "✓": "yes", "✔": "yes", "✗": "no", "✘": "no",
        "^": "to the power of",
        "~": "about", "|": "bar", "\\": "backslash", "*": "star", "_": "underscore", "/": "slash", "…": "",
    ]

    /// Marks that are seen and not said.
    private static let silent: Set<Character> = [
        "\"", "'", "“", "”", "„", "‚", "‘", "’", "«", "»", "‹", "›", "(", ")", "[", "]", "{", "}", ",", ";", ":", ".", "!", "?",
        "-", "–",
        "—", "…", "•", "·", "`", "|", "。", "，", "、", "；", "：", "？", "！", "「", "」", "『", "』", "（", "）", "《", "》", "〈", "〉", "·",
        "¿", "¡", "_", "*", "\u{200B}", "\u{FEFF}", "\u{00AD}", "‐", "‑",
    ]

    static func isSilent(_ character: Character) -> Bool { silent.contains(character) }

    /// In English; nil if it has no name there, `[]` if it is not said.
    static func known(_ character: Character) -> [String]? {
        english[character].map { $0.split(separator: " ").map(String.init) }
    }

    /// The name that Unicode gives it, without words that say nothing to a listener; `[]` for what has none.
    static func official(_ character: Character) -> [String] {
        guard let scalar = character.unicodeScalars.first, let name = scalar.properties.name ?? scalar.properties.nameAlias else {
            return []
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .nonspacingMark, .enclosingMark, .spaceSeparator,
            .lineSeparator, .paragraphSeparator:
            return []
        default: break
        }
        let dull: Set<String> = ["sign", "symbol", "character", "letter", "small", "ideograph", "with", "mark"]
        return name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).filter {
            !dull.contains($0) && $0.allSatisfy { $0.isASCII && $0.isLetter }
        }.prefix(6).map { $0 }
    }
}
