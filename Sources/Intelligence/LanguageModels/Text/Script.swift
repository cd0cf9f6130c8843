/// What a letter's script does with words.
package enum Script {
    /// Han, kana, Thai, Lao, Khmer, Burmese: words stand side by side, and sentences need no space between them.
    package static func hasNoSpaces(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x0E00 { return false }
        return (0x0E00...0x0EFF).contains(value) || (0x1000...0x109F).contains(value) || (0x1780...0x17FF).contains(value)
            || (0x3040...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value) || (0xF900...0xFAFF).contains(value)
            || (0x20000...0x3FFFF).contains(value)
    }

    /// Whether a text of it is compared by pairs of letters: those, and Hangul, whose words carry their endings.
    static func isPaired(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first, scalar.value >= 0x0E00 else { return false }
        return hasNoSpaces(scalar) || (0x1100...0x11FF).contains(scalar.value)
            || (0xAC00...0xD7AF).contains(scalar.value)
    }
}
