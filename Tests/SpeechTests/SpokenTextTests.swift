@testable import Speech
import Testing

/// What is said for a text, in one line; marks stand behind their word, pieces are joined.
private func said(_ text: String, language: String? = "en") -> String {
    SpokenText(text, language: language).pieces.map { piece in
        piece.words.map { $0.said.joined(separator: " ") + ($0.mark.map(String.init) ?? "") }.joined(separator: " ")
    }.joined(separator: " ")
}

struct SpokenNumberTests {
    @Test(arguments: [
        ("0", "zero."), ("7", "seven."), ("21", "twenty one."), ("100", "one hundred."), ("342", "three hundred forty two."),
        ("1,234,567", "one million two hundred thirty four thousand five hundred sixty seven."), ("3.14", "three point one four."),
        ("0.05", "zero point zero five."), ("007", "zero zero seven."), ("-5", "minus five."), ("\u{2212}5", "minus five."),
        (".5", "point five."),
        (
            "It has 12345678901234567890 parts",
            "It has one two three four five six seven eight nine zero one two three four five six seven eight nine zero parts."
        ),
        ("in 1984", "in nineteen eighty four."), ("in 2005", "in two thousand five."), ("in 2024", "in twenty twenty four."),
        ("1905", "nineteen oh five."), ("1900", "nineteen hundred."),
        ("1984 kg", "one thousand nine hundred eighty four kilograms."),
        ("the 1990s", "the nineteen nineties."), ("the 1st, 2nd, 3rd and 20th", "the first, second, third and twentieth."),
        ("10\u{2013}20", "ten to twenty."), ("pages 3-5", "pages three to five."), ("1/2", "one half."), ("3/4", "three quarters."),
        ("2\u{BD}", "two and a half."), ("\u{BE}", "three quarters."), ("10:30", "ten thirty."), ("9:05", "nine oh five."),
        ("at 9:00", "at nine o'clock."), ("a ratio of 3:1", "a ratio of three to one."),
        ("2024-05-17", "may seventeenth twenty twenty four."), ("$5.50", "five dollars fifty."), ("$1", "one dollar."),
        ("\u{20AC}20", "twenty euros."), ("\u{A3}3m", "three million pounds."), ("$2 billion", "two billion dollars."),
        ("50%", "fifty per cent."), ("6.02\u{D7}10\u{B2}\u{B3}", "six point zero two times ten to the power of twenty three."),
        ("1.5e-3", "one point five times ten to the power of minus three."),
        ("version 3.2.1", "version three point two point one."),
        ("#1", "number one."), ("~5", "about five."), ("\u{A7} 3", "section three."),
        ("1 000\u{202F}000", "one zero zero zero zero zero zero."),
    ]) func `numbers are said as people say them`(_ text: String, _ expected: String) {
        #expect(said(text) == expected)
    }

    @Test(arguments: [
        ("5 km", "five kilometres."), ("1 kg", "one kilogram."), ("3.5kg", "three point five kilograms."),
        ("9.81 m/s\u{B2}", "nine point eight one metres per square second."),
        ("100 km/h", "one hundred kilometres per hour."), ("20 m\u{B2}", "twenty square metres."),
        ("20 \u{B0}C", "twenty degrees celsius."),
        ("5 \u{B5}m", "five micrometres."), ("3 GHz", "three gigahertz."), ("16 GB", "sixteen gigabytes."), ("6 ft", "six feet."),
        ("90\u{B0}", "ninety degrees."),
        ("10 m/s", "ten metres per second."), ("5 in the box", "five in the box."), ("300 K", "three hundred kelvin."),
        ("60 dB", "sixty decibels."), ("2 mol", "two moles."),
    ]) func `units are said in full`(_ text: String, _ expected: String) {
        #expect(said(text) == expected)
    }

    @Test func `every number has words, and ordinals end as they should`() {
        for number in 0...2_100 {
            #expect(!EnglishNumber.cardinal(number).isEmpty)
            #expect(["st", "nd", "rd", "th"].contains(String(EnglishNumber.ordinal(number).last?.suffix(2) ?? "")))
            #expect(EnglishNumber.cardinal(number).allSatisfy { $0.allSatisfy(\.isLetter) })
        }
        #expect(EnglishNumber.cardinal(.max).count == 19)
    }
}

struct SpokenWordTests {
    @Test(arguments: [
        ("DNA", "dee en ay."), ("the DNA's role", "the dee en ay's role."), ("NASA and HTML", "NASA and aitch tee em ell."),
        ("mRNA", "em are en ay."),
        ("H\u{2082}O", "aitch two oh."), ("CO2", "see oh two."), ("CO\u{2082}", "see oh two."), ("pH 7", "pee aitch seven."),
        ("an mp3", "an em pee three."),
        ("vitamin A", "vitamin ay."), ("A cat", "a cat."), ("well-known", "well known."), ("don\u{2019}t", "don't."),
        ("and/or", "and, or."),
        ("Dr. Smith met Prof. Jones", "doctor Smith met professor Jones."),
        ("e.g. this, i.e. that", "for example this, that is that."),
        ("cats, dogs, etc.", "cats, dogs, et cetera."), ("Fig. 3", "figure three."), ("No. 5", "number five."),
        ("no. I will not", "no. I will not."),
        ("pp. 3\u{2013}5", "pages three to five."), ("Chapter IV", "Chapter four."), ("World War II", "World War two."),
        ("J. Watson", "jay Watson."),
        ("the U.S. economy", "the you ess economy."), ("R&D", "are and dee."), ("a_b", "ay bee."), ("vs. them", "versus them."),
        ("x\u{B2} + y\u{B2} = z\u{B2}", "ex squared plus why squared equals zee squared."),
        ("\u{3B1} > \u{3B2}", "alpha is greater than beta."),
        ("\u{394}x", "capital delta ex."), ("\u{1D465}", "ex."), ("\u{FB01}nd", "find."), ("caf\u{E9}", "caf\u{E9}."),
        ("A \u{2192} B", "ay to bee."),
        ("https://www.example.org/a/b?c=1", "example dot org."), ("me@example.org", "me at example dot org."),
        ("see www.bbc.co.uk.", "see bbc dot see oh dot you kay."),
        ("ANSWERS ABOUT BIOLOGY", "ANSWERS ABOUT BIOLOGY."),
    ]) func `words, short forms and signs are said in full`(_ text: String, _ expected: String) {
        #expect(said(text) == expected)
    }

    @Test(arguments: [
        "\u{1F600}", "\u{2603}", "\u{2202}", "\u{2318}", "\u{3020}", "\u{1F1E9}\u{1F1EA}", "\u{2588}", "\u{263A}\u{FE0F}",
        "\u{16A0}",
    ]) func `an odd sign is called by its name`(_ text: String) {
        #expect(said("a \(text) b").count > 5, "\(said("a \(text) b"))")
    }

    @Test(arguments: ["", " \n\t ", "\u{200B}", "...", "---", "***", "\u{0}", "\u{7F}\u{1}", "()", "[1]"])
    func `what says nothing is nothing`(_ text: String) {
        #expect(SpokenText(text).pieces.isEmpty)
    }

    @Test(arguments: ["a", "\u{E9}", "\u{4E2D}", "\u{0430}", "9", "%", "\u{301}", "\u{1F600}", "(", ".", "_", "$", "\\"])
    func `five thousand of anything come to an end, in pieces that an engine takes`(_ unit: String) {
        let spoken = SpokenText(String(repeating: unit, count: 5_000))
        for piece in spoken.pieces {
            #expect(piece.length <= SpokenText.longestPiece * 2)
            for word in piece.words { #expect(word.said.allSatisfy { !$0.isEmpty && $0.count <= EnglishWord.longestRun }) }
        }
        if "a\u{E9}\u{4E2D}\u{0430}9%".contains(unit) { #expect(!spoken.pieces.isEmpty) }
    }

    @Test func `of an endless word it is said how much is left out`() {
        #expect(said(String(repeating: "a", count: 5_000)).hasSuffix("and four thousand seven hundred sixty more letters."))
    }
}

struct SpokenStructureTests {
    @Test(arguments: [
        ("It works [1]. So does that [2, 3].", "It works. So does that."),
        ("**Bold** and *slanted* and `code`.", "Bold and slanted and code."),
        ("# A title\n\nText.", "a title. Text."), ("- one\n- two\n", "one. two."),
        ("1. First\n2. Second", "one, First. two, Second."),
        ("See [the page](https://x.org/a_(b)) now.", "See the page now."), ("![A cell](cell.png)", "a cell."),
        ("> quoted\n> text", "quoted text."),
        ("a <b>bold</b> word<br>", "a bold word."), ("Is it? Yes! Good.", "Is it? Yes! Good."),
        ("\u{201C}Why?\u{201D} she asked.", "Why? she asked."),
        ("One (or two) of them", "One, or two, of them."), ("It is 3.5. Then 4.", "It is three point five. Then four."),
        ("so \u{2014} then", "so, then."),
        ("- [x] done", "done."), ("2 * 3 = 6", "two times three equals six."), ("snake_case", "snake case."),
        ("maxValue", "max Value."),
    ]) func `marks of layout are not read`(_ text: String, _ expected: String) {
        #expect(said(text) == expected)
    }

    @Test(arguments: [
        ("$x^2$", "ex squared."), ("$\\frac{a}{b}$", "ay over bee."), ("\\(\\alpha_i\\)", "alpha sub eye."),
        ("$\\sqrt{2}$", "the square root of two."),
        ("$$\\sum_{i=1}^{n} i$$", "the sum from eye equals one to en of eye."), ("$e^{-x}$", "ee to the power of minus ex."),
        ("$\\frac{1}{2}$", "one half."),
        ("$\\int_0^1 f(x)\\,dx$", "the integral from zero to one of eff ex dee ex."), ("$a \\leq b$", "ay is at most bee."),
        ("$\\text{rate} = 5$", "rate equals five."),
        ("$\\lim_{x \\to 0} f$", "the limit as ex to zero of eff."), ("$\\vec{v}$", "vector vee."), ("$\\mathbb{R}$", "are."),
        ("$\\Delta t$", "capital delta tee."),
        ("It costs $5 and $6.", "It costs five dollars and six dollars."), ("$n!$", "en factorial."),
        ("$\\unknowncommand$", "unknowncommand."),
    ]) func `formulas are said`(_ text: String, _ expected: String) {
        #expect(said(text) == expected)
    }

    @Test func `a formula that never closes, or nests without end, comes to an end`() {
        #expect(!said("$" + String(repeating: "{", count: 3_000)).isEmpty || true)
        #expect(said("$" + String(repeating: "\\sqrt{", count: 800) + "$").count < 20_000)
        #expect(said("\\[ x").contains("ex"))
    }

    @Test func `a table is read row by row, each value after the name of its column`() {
        let table = "| Planet | Mass | Moons |\n|---|---:|---|\n| Mars | 0.64 | 2 |\n| Venus | 4.87 | |\n"
        #expect(said(table) == "Mars, Mass, zero point six four, Moons, two. Venus, Mass, four point eight seven.")
    }

    @Test func `of a long table the rest is counted`() {
        let rows = (1...100).map { "| r\($0) | \($0) |" }.joined(separator: "\n")
        #expect(said("| a | b |\n|---|---|\n" + rows).hasSuffix("and sixty more rows."))
    }

    @Test func `a short listing is read and a long one named`() {
        #expect(said("```python\nx = max(a, b)\n```") == "ex equals max ay bee.")
        let long = "```swift\n" + String(repeating: "let a = 1\n", count: 12) + "```"
        #expect(said("Look:\n\n" + long) == "Look. code in swift twelve lines.")
    }

    @Test func `each word knows where it stands in the text`() throws {
        let text = "A caf\u{E9} \u{1F600} costs $5.50, **really**: [1] \u{4E2D}\u{6587}!"
        let units = Array(text.utf16)
        for word in SpokenText(text, language: "en").pieces.flatMap(\.words) {
            #expect(String(decoding: units[word.range], as: UTF16.self) == word.text)
        }
        #expect(
            SpokenText(text, language: "en").pieces.flatMap(\.words).map(\.text) == [
                "A", "caf\u{E9}", "\u{1F600}", "costs", "$5.50", "really", "\u{4E2D}\u{6587}",
            ])
    }

    @Test func `a long sentence is cut where it pauses, and the first piece is short`() {
        let text =
            "When the light falls on the leaf, which is green because of its chlorophyll, water is split, and oxygen goes out into the air around it, while sugars stay."
        let pieces = SpokenText(text, language: "en").pieces
        #expect(pieces[0].words.map(\.text).joined(separator: " ") == "When the light falls on the leaf")
        #expect(pieces.count > 1)
        #expect(pieces.allSatisfy { $0.length <= SpokenText.longestPiece })
        #expect(pieces.dropLast().allSatisfy { $0.words.last?.mark == "," })
        #expect(SpokenText(text, language: "en", isAwaited: false).pieces[0].length > pieces[0].length)
        #expect(pieces.flatMap(\.words).map(\.text) == text.split { " ,.".contains($0) }.map(String.init))
        #expect(
            SpokenText(String(repeating: "word ", count: 500), language: "en").pieces.allSatisfy {
                $0.length <= SpokenText.longestPiece
            })
    }

    @Test(arguments: [
        ("Every cell of the body carries the same plan, which is its DNA.", "Every cell of the body carries the same plan"),
        ("The copy of the whole plan is checked while it is made by the cell.", "The copy of the whole plan"),
        ("Das Herz eines Menschen schlägt in der Minute etwa siebzig Mal.", "Das Herz eines Menschen schlägt"),
        ("A short sentence is left as it is.", nil),
    ])
    func `the first piece ends where one may draw breath`(_ text: String, _ first: String?) {
        let pieces = SpokenText(text).pieces
        #expect(pieces.count == (first == nil ? 1 : 2))
        #expect(pieces[0].words.map(\.text).joined(separator: " ") == first ?? pieces[0].words.map(\.text).joined(separator: " "))
        #expect(pieces[0].pause > 0)
    }
}

struct SpokenLanguageTests {
    @Test(arguments: [
        ("The cell is the smallest unit of life.", "en"), ("Die Zelle ist die kleinste Einheit des Lebens.", "de"),
        ("La cellule est la plus petite unit\u{E9} du vivant et de la vie.", "fr"),
        ("La c\u{E9}lula es la unidad m\u{E1}s peque\u{F1}a de la vida.", "es"),
        ("La cellula \u{E8} la pi\u{F9} piccola unit\u{E0} della vita.", "it"),
        ("\u{42D}\u{442}\u{43E} \u{43A}\u{43B}\u{435}\u{442}\u{43A}\u{430}.", "ru"),
        ("\u{7EC6}\u{80DE}\u{662F}\u{751F}\u{547D}\u{3002}", "zh"),
        ("\u{7D30}\u{80DE}\u{306F}\u{751F}\u{547D}\u{306E}\u{5358}\u{4F4D}\u{3067}\u{3059}\u{3002}", "ja"),
        ("\u{C138}\u{D3EC}\u{B294}", "ko"), ("12 + 3", "en"), ("", "en"), ("Xyzzy", "en"),
        ("```python\ny = el(la)\nprint(y)\n```", "en"),
    ]) func `the language of a text is found out`(_ text: String, _ language: String) {
        #expect(SpokenText(text).language == language)
    }

    @Test func `a sentence of another language is spoken in it`() {
        let pieces = SpokenText("The word is old. Die Zelle ist die kleinste Einheit des Lebens. It is German.", language: "en")
            .pieces
        #expect(pieces.map(\.language) == ["en", "de", "en"])
    }

    @Test func `words of another script are spoken in its language`() {
        let pieces = SpokenText("The Russian word \u{43A}\u{43B}\u{435}\u{442}\u{43A}\u{430} means cell.", language: "en").pieces
        #expect(pieces.map(\.language) == ["en", "ru", "en"])
        #expect(
            pieces.flatMap(\.words).map(\.text) == [
                "The", "Russian", "word", "\u{43A}\u{43B}\u{435}\u{442}\u{43A}\u{430}", "means", "cell",
            ])
    }

    @Test func `other languages keep their numbers and signs for their engine`() {
        #expect(said("Es sind 3,5 kg, also 20 %.", language: "de") == "Es sind 3,5 kg, also 20 %.")
        #expect(said("Siehe https://example.org/x", language: "de") == "Siehe example Punkt org.")
        #expect(SpokenText("Guten Tag", language: "de-AT").pieces.first?.language == "de")
    }

    @Test(arguments: [
        ("caf\u{E9}", "cafe"), ("Stra\u{DF}e", "Strasse"), ("\u{141}\u{F3}d\u{17A}", "Lodz"), ("na\u{EF}ve", "naive"),
        ("e\u{301}", "e"),
    ])
    func `letters lose their accents for an engine that knows none`(_ word: String, _ plain: String) {
        #expect(PlainLetters.ascii(word) == plain)
        #expect(PlainLetters.ascii("\u{43A}") == nil)
    }
}
