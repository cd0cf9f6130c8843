@testable import Chat
import Testing

struct CitationFilterTests {
    static let cases: [(String, String, [Int])] = [
        ("Water moves [1].", "Water moves [1].", [1]),
        ("First [3]. Then [1] and [3] again.", "First [1]. Then [2] and [1] again.", [3, 1]),
        ("Unknown [9] and known [2].", "Unknown [9] and known [1].", [2]),
        ("Side by side [2][1].", "Side by side [1][2].", [2, 1]),
        ("Behind one another [2], [1]", "Behind one another [1], [2]", [2, 1]),
        ("Named [Source 2].", "Named [1].", [2]),
        ("Named [sources 3, 1].", "Named [1][2].", [3, 1]),
        ("A list [a] and [x y], an open [1", "A list [a] and [x y], an open [1", []),
        ("Zero [0] and huge [99999999999999999999].", "Zero [0] and huge [99999999999999999999].", []),
        ("Two  spaces [2]  after", "Two  spaces [1]  after", [2]),
        ("Émile 🐉 [2]\n- item [1]", "Émile 🐉 [1]\n- item [2]", [2, 1]),
        ("水会流动[2]。盐不会[1]。", "水会流动[1]。盐不会[2]。", [2, 1]),
        ("", "", []),
    ]

    /// What looks like a citation and is none, before one that is.
    static let texts = [
        "An interval [1, 6]", "a range [1-3]", "Array a[i] = [] and a[1], a[0][2]", "call f(x)[1]", "x = [2]", "x ∈ [3]",
        "nested [[1]]", "a link [1](https://example.org)", "`x = a [2]`", "``a ` [2]``", "text [1, 2, 3]", "escaped \\[1\\]",
        "```python\na = [0, 1, 2]\nprint(a [1])\n```\n", "~~~\n``` [1]\n~~~\n", "  > ```\n  > [2]\n  > ```\n", "d[\"k\"][1]",
        "$[1]$",
    ]

    @Test("What is no citation stays letter for letter, and citations behind it hold", arguments: texts)
    func text(_ text: String) throws {
        try everyCut(text: text + " said [3].", expected: text + " said [1].", sources: [3])
    }

    @Test("Markers name passages, however the text is cut", arguments: cases)
    func everyCut(text: String, expected: String, sources: [Int]) throws {
        let characters = Array(text)
        var cuts: [[String]] = [[text], characters.map { String($0) }]
        for cut in 0...characters.count { cuts.append([String(characters[..<cut]), String(characters[cut...])]) }
        for pieces in cuts {
            var filter = CitationFilter(sources: 1...4)
            var outputs = pieces.flatMap { filter.feed($0) }
            outputs += filter.finish()
            var written = ""
            var cited: [Int] = []
            for output in outputs {
                switch output {
                case .text(let text): written += text
                case .citation(let number, let source, _, _, let isFirst):
                    if isFirst {
                        cited.append(source)
                        #expect(number == cited.count)
                    }
                    // The marker is out before its citation is told of.
                    #expect(written.hasSuffix("[\(number)]"))
                }
            }
            #expect(written == expected)
            #expect(cited == sources)
        }
    }

    @Test("A citation knows the statement that it stands behind")
    func statements() {
        var filter = CitationFilter(sources: 1...3)
        let outputs = filter.feed("Water moves. It needs no energy [1]. Salt stays.[2] Done (see [3]).")
        let statements = outputs.compactMap {
            if case .citation(_, _, let statement, _, _) = $0 { statement } else { nil }
        }
        #expect(statements == ["It needs no energy", "Salt stays.", "Done (see"])
    }

    @Test("Without passages nothing is cited")
    func none() {
        var filter = CitationFilter(sources: [])
        #expect(filter.feed("a [1] b") + filter.finish() == [.text("a [1] b")])
    }

    @Test("A backtick that nothing closes ends with its paragraph")
    func openSpan() throws {
        try everyCut(
            text: "The sign ` is a backtick [2].\n\nWater [2].", expected: "The sign ` is a backtick [2].\n\nWater [1].",
            sources: [2])
    }
}
