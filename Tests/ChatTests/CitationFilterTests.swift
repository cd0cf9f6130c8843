@testable import Chat
import Testing

struct CitationFilterTests {
    static let cases: [(String, String, [Int])] = [
        ("Water moves [1].", "Water moves [1].", [1]),
        ("First [3]. Then [1] and [3] again.", "First [1]. Then [2] and [1] again.", [3, 1]),
        ("Unknown [9].", "Unknown.", []),
        ("Unknown [9] and known [2].", "Unknown and known [1].", [2]),
        ("Two [1, 2].", "Two [1][2].", [1, 2]),
        ("Range [1-3].", "Range [1][2][3].", [1, 2, 3]),
        ("Mixed [2, 9].", "Mixed [1].", [2]),
        ("Side by side [2][1].", "Side by side [1][2].", [2, 1]),
        ("Named [Source 2].", "Named [1].", [2]),
        ("A list [a] and [x y], an open [1", "A list [a] and [x y], an open [1", []),
        ("Nested [[1]].", "Nested [[1]].", [1]),
        ("Array a[i] = []", "Array a[i] = []", []),
        ("Zero [0] and huge [99999999999999999999].", "Zero and huge.", []),
        ("Two  spaces [1]  after", "Two  spaces [1]  after", [1]),
        ("Émile 🐉 [2]\n- item [1]", "Émile 🐉 [1]\n- item [2]", [2, 1]),
        ("", "", []),
    ]

    @Test("Markers name passages, however the text is cut", arguments: cases)
    func everyCut(text: String, expected: String, sources: [Int]) {
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
                case .citation(let number, let source, _, let isFirst):
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
        let statements = outputs.compactMap { if case .citation(_, _, let statement, _) = $0 { statement } else { nil } }
        #expect(statements == ["It needs no energy", "Salt stays.", "Done (see"])
    }

    @Test("Without passages no marker stays")
    func none() {
        var filter = CitationFilter(sources: [])
        #expect(filter.feed("a [1] b") + filter.finish() == [.text("a b")])
    }
}
