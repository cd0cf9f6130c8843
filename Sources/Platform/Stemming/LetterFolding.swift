/// Letters with marks as the plain letters that a person types: é is e, Ł is l, ώ is ω.
package enum LetterFolding {
    /// Runs of code points, each with the plain lower-case letter of every one, in order; `·` where there is none.
    /// From the canonical decompositions of the Unicode Character Database; ø, ł, đ, ħ and ı, which have none, added.
    private static let runs: [(start: UInt32, letters: [Unicode.Scalar])] = [
        (
            0xC0,
            Array(
                ("aaaaaaæceeeeiiiiðnooooo·ouuuuyþßaaaaaaæceeeeiiiiðnooooo·ouuuuyþyaaaaaaccccccccddddeeeeeeeeeegggggggg"
                    + "hhhhiiiiiiiiiiĳĳjjkkĸllllllŀŀllnnnnnnŉŋŋooooooœœrrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſƀɓƃƃƅƅɔƈ"
                    + "ƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵooƣƣƥƥʀƨƨʃƪƫƭƭʈuuʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿǀǁǂǃǆǆǆǉǉǉǌǌǌaaiioouuuuuuuuuuǝaaaaææǥǥggkkoo"
                    + "ooʒʒjǳǳǳggƕƿnnaaææooaaaaeeeeiiiioooorrrruuuussttȝȝhhƞȡȣȣȥȥaaeeooooooooyyȴȵȶȷȸȹⱥȼȼƚⱦȿɀɂɂƀʉʌɇɇɉɉɋɋɍɍɏɏ")
                    .unicodeScalars)
        ),
        (
            0x370,
            Array(
                ("ͱͱͳͳʹ·ͷͷ··ͺͻͼͽ·ϳ······α·εηι·ο·υωιαβγδεζηθικλμνξοπρ·στυφχψωιυαεηιυαβγδεζηθικλμνξοπρςστυφχψωιυουωϗϐϑϒϒ"
                    + "ϒϕϖϗϙϙϛϛϝϝϟϟϡϡϣϣϥϥϧϧϩϩϫϫϭϭϯϯϰϱϲϳθϵ·ϸϸϲϻϻϼͻͼͽ").unicodeScalars)
        ),
        (
            0x1E00,
            Array(
                ("aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss"
                    + "ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyẚſẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee"
                    + "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ").unicodeScalars)
        ),
    ]

    private static let several: [UInt32: String] = [
        0xDF: "ss", 0x1E9E: "ss", 0xC6: "ae", 0xE6: "ae", 0x152: "oe", 0x153: "oe", 0xDE: "th",
        0xFE: "th", 0xD0: "d", 0xF0: "d", 0x132: "ij",
        0x133: "ij", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
        0xFB05: "st", 0xFB06: "st", 0x401: "е", 0x451: "е",
    ]

    /// The scalar in lower case and without marks; ß is ss, a ligature its letters, a small or wide digit the plain one.
    package static func fold(_ scalar: Unicode.Scalar, into body: (Unicode.Scalar) -> Void) {
        let value = scalar.value
        if let letters = several[value] { return letters.unicodeScalars.forEach(body) }
        // ！ to ～ are ! to ~, set wide.
        if (0xFF10...0xFF19).contains(value) || (0xFF21...0xFF3A).contains(value)
            || (0xFF41...0xFF5A).contains(value),
            let plain = Unicode.Scalar(value - 0xFEE0)
        {
            return plain.properties.lowercaseMapping.unicodeScalars.forEach(body)
        }
        if let digit = scalar.properties.numericValue, digit >= 0, digit <= 9, digit == digit.rounded(),
            value < 0x2100 || value >= 0x1D7CE,
            let plain = Unicode.Scalar(0x30 + UInt32(digit))
        {
            return body(plain)
        }
        for run in runs where value >= run.start && value - run.start < run.letters.count {
            let letter = run.letters[Int(value - run.start)]
            if letter != "·" { return body(letter) }
        }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars
        where lower.properties.canonicalCombiningClass == .notReordered {
            body(lower)
        }
    }
}
