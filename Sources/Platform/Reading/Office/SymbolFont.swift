/// Letters that office files set in the fonts Symbol and Wingdings, whose codes are no characters, as what they look like.
enum SymbolFont {
    private static let symbol: [UInt32: Character] = {
        var table: [UInt32: Character] = [
            0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
            0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•",
            0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC4: "⊗", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃",
            0xCC: "⊂", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨",
            0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
        ]
        for (index, letter) in "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ".enumerated() { table[0x41 + UInt32(index)] = letter }
        for (index, letter) in "αβχδεφγηιϕκλμνοπθρστυϖωξψζ".enumerated() { table[0x61 + UInt32(index)] = letter }
        return table
    }()
    private static let wingdings: [UInt32: Character] = [
        0x6F: "☐", 0x6E: "■", 0xA7: "▪", 0xA8: "◻", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
        0xFE: "☑", 0x4A: "☺", 0xD8: "➢", 0x76: "❖",
    ]

    /// A code as `w:sym` gives it: `F061`.
    static func character(_ code: String, font: String) -> Character? {
        guard let value = UInt32(code, radix: 16) else { return nil }
        return character(value & 0xFF, font: font) ?? Unicode.Scalar(value).map(Character.init)
    }

    /// Text whose letters lie in the private area where Windows puts such fonts.
    static func mapped(_ text: String, font: String) -> String {
        guard text.unicodeScalars.contains(where: { (0xF000...0xF0FF).contains($0.value) }) else { return text }
        return String(
            text.map { letter in
                guard let value = letter.unicodeScalars.first?.value, (0xF000...0xF0FF).contains(value) else { return letter }
                return character(value & 0xFF, font: font) ?? "•"
            })
    }

    private static func character(_ code: UInt32, font: String) -> Character? {
        let font = font.lowercased()
        if font.contains("wingdings") { return wingdings[code] }
        if font.contains("symbol") || font.isEmpty { return symbol[code] ?? Unicode.Scalar(code).map(Character.init) }
        return nil
    }
}
