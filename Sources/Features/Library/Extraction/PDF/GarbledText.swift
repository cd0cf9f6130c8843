import Stemming

/// Tells text whose characters are not those on the page: a font's table of characters is wrong or missing, so that copying gives
/// `7KH GDQFHUV` where the page says “The dancers”.
enum GarbledText {
    /// Letters that must be there before anything is said.
    private static let fewest = 40

    /// Whether what stands on a page is no writing. A page with little text is taken as it is.
    static func isOne(_ lines: some Sequence<String>) -> Bool {
        var (strange, all, cost, pairs) = (0, 0, 0, 0)
        var (symbols, letters, marked) = (0, 0, 0)
        var word: [Int] = []
        func endWord() {
            // Short words are abbreviations as often as not.
            if word.count >= 4 {
                for (first, second) in zip([0] + word, word + [0]) { cost += Int(table[first * 27 + second]) }
                pairs += word.count + 1
            }
            word.removeAll(keepingCapacity: true)
        }
        for line in lines {
            for scalar in line.unicodeScalars {
                let value = scalar.value
                if value <= 32 {
                    endWord()
                    // White space has its use; other control characters have none.
                    if value < 32, value != 9, value != 10, value != 13 { strange += 1 }
                    continue
                }
                all += 1
                if value < 0x80 {
                    let lower = value | 0x20
                    if lower >= 97, lower <= 122 {
                        letters += 1
                        word.append(Int(lower) - 96)
                    } else {
                        endWord()
                        // Rows of dots, dashes and lines are drawn with characters.
                        if !(48...57).contains(value), ![0x2E, 0x2D, 0x5F, 0x2A, 0x3D].contains(value) { symbols += 1 }
                    }
                } else if isNoCharacter(value) {
                    strange += 1
                    endWord()
                } else {
                    if (0xC0...0x24F).contains(value) { (letters, marked) = (letters + 1, marked + 1) }
                    LetterFolding.fold(scalar) { plain in
                        if ("a"..."z").contains(plain) { word.append(Int(plain.value) - 96) } else { endWord() }
                    }
                }
            }
            endWord()
        }
        if all >= fewest / 2, strange * 4 > all + strange { return true }
        if all >= fewest * 2, symbols * 20 > all * 9 { return true }
        // No language in Latin script has marks on most of its letters; another script that is taken for Latin has.
        if letters >= fewest, marked * 20 > letters * 11 { return true }
        // Of texts in fourteen languages, program code and formulas none comes to 3.5; of letters that were exchanged hardly any is below.
        return pairs >= fewest && cost * 100 > pairs * (pairs < 150 ? 395 : 370)
    }

    /// Private use, replacement, and what Unicode does not assign to anything.
    private static func isNoCharacter(_ value: UInt32) -> Bool {
        (0xE000...0xF8FF).contains(value) || value == 0xFFFD || (0x80...0x9F).contains(value) || value >= 0xF0000
    }

    /// How seldom one letter follows another, from 0 to 9: 9/11 of the binary logarithm, averaged over the words of fourteen languages in
    /// Latin script. By rows; the first row and column are the edge of a word.
    private static let table: [UInt8] = Array(
        [
            "933333344453334436323434755244336545454232647232446755424661877267366279246277948327472882263476288443389954",
            "226651766266554269345356955245434545454332557223556565327662367176366279254377858226761744276354279245377947",
            "216651787266455279453376948235343546554332356323547664316651677375554269645267976225662775274355269433366947",
            "225542656265245269744357947214661777287545239656377958226432535274564377732457945254445545454332448233444654",
            "327672674276366239244378957356777898589576687766057889225442646264444258433356954136372664273455347632466954",
            "226671774265565279343366946344343545354232548223556664417661877187576279456469857315661674285564269435586847",
            "135362575286556328652457457135343655464333349433455765215552765275454268654365943",
        ].joined().utf8
    ).map { $0 - 48 }
}
