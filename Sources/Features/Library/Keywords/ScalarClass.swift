/// What a character outside ASCII is to a word.
enum ScalarClass {
    /// Soft hyphen, joiners, spaces of no width, marks of direction, variants of a sign.
    static func isInvisible(_ value: UInt32) -> Bool {
        value == 0xAD || (0x200B...0x200F).contains(value) || (0x202A...0x202E).contains(value)
            || (0x2060...0x2064).contains(value)
            || value == 0xFEFF || (0xFE00...0xFE0F).contains(value) || value == 0x34F || value == 0x61C
            || value == 0x640
    }

    static func isApostrophe(_ value: UInt32) -> Bool {
        value == 0x2019 || value == 0x2018 || value == 0x02BC || value == 0xFF07 || value == 0xB4
            || value == 0x201B || value == 0x2032
    }

    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass != .notReordered
            && !(0x3040...0x30FF).contains(scalar.value)
    }

    /// Spaces that hold a number together.
    static func isNarrowSpace(_ value: UInt32) -> Bool { value == 0xA0 || value == 0x2009 || value == 0x202F }

    /// ¹ as 1, ⁻ as -.
    static func superscript(_ value: UInt32) -> UInt8? {
        switch value {
        case 0xB9: UInt8(ascii: "1")
        case 0xB2, 0xB3: UInt8(value - 0x80)
        case 0x2070, 0x2074...0x2079: UInt8(value - 0x2040)
        case 0x207B: UInt8(ascii: "-")
        default: nil
        }
    }

    /// Han, kana, Hangul, Thai and their like.
    static func isWithoutSpaces(_ value: UInt32) -> Bool {
        (0x3040...0x30FF).contains(value) || (0x3400...0x9FFF).contains(value)
            || (0xAC00...0xD7AF).contains(value)
            || (0x20000...0x3FFFF).contains(value) || (0x0E00...0x0E4E).contains(value)
            || (0x0E80...0x0ECE).contains(value)
            || (0x1000...0x109F).contains(value) || (0x1780...0x17D3).contains(value)
            || (0xF900...0xFAFF).contains(value)
    }
}
