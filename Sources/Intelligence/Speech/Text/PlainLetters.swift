/// Letters as plain ones: mathematical alphabets, full width, ligatures, raised and lowered figures; and for flite, without accents.
enum PlainLetters {
    /// The plain letter or figure that an ornamented one stands for.
    static func plain(_ character: Character) -> String? {
        guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else { return nil }
        switch scalar.value {
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { String(Character($0)) }
        case 0x1D400...0x1D6A3:
            // 13 alphabets of 52 letters each.
            let place = (scalar.value - 0x1D400) % 52
            return Unicode.Scalar(place < 26 ? 0x41 + place : 0x61 + place - 26).map { String(Character($0)) }
        case 0x1D7CE...0x1D7FF: return String((scalar.value - 0x1D7CE) % 10)
        default: return ligatures[character]
        }
    }

    private static let ligatures: [Character: String] = [
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ", "ℎ": "h", "ℓ": "l",
        "ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℂ": "C", "ℙ": "P", "ℬ": "B", "ℰ": "E", "ℱ": "F", "ℋ": "H", "ℐ": "I", "ℒ": "L",
        "ℳ": "M", "ℛ": "R",
    ]

    /// Raised figures and signs, `²`, `⁻`, as they are on the line.
    static let raised: [Character: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-", "⁺": "+",
        "ⁿ": "n", "ⁱ": "i",
    ]
    static let lowered: [Character: Character] = [
        "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9", "ₙ": "n", "ᵢ": "i",
        "ⱼ": "j", "ₖ": "k", "ₘ": "m", "ₓ": "x",
    ]
    static let fractions: [Character: (above: Int, below: Int)] = [
        "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
        "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    ]

    /// A word in ASCII, accents dropped; nil if it has letters that have no like among them.
    static func ascii(_ word: some StringProtocol) -> String? {
        var result = ""
        for scalar in word.unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else if let known = special[scalar] {
                result += known
            } else if !(0x300...0x36F).contains(scalar.value) {
                // "LATIN SMALL LETTER E WITH ACUTE"
                guard let name = scalar.properties.name, name.hasPrefix("LATIN "), let range = name.firstRange(of: " LETTER "),
                    let letter = name[range.upperBound...].split(separator: " ").first, letter.count == 1
                else { return nil }
                result += name.contains("SMALL") ? letter.lowercased() : String(letter)
            }
        }
        return result
    }

    private static let special: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ı": "i",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "’": "'", "‘": "'", "‐": "-",
    ]
}
