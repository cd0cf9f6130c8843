/// Letters with marks as the plain letters that a person types: é is e, Ł is l, ώ is ω.
enum LetterFolding {
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

    /// The scalar in lower case and without marks.
    static func fold(_ scalar: Unicode.Scalar, into body: (Unicode.Scalar) -> Void) {
        let value = scalar.value
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
