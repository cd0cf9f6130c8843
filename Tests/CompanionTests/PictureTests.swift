@testable import Companion
import Summaries
import Testing

@Suite("Pictures")
struct PictureTests {
    private static let biology = """
        Photosynthesis converts sunlight into chemical energy. Chlorophyll absorbs sunlight in the leaf. Photosynthesis needs water and \
        carbon dioxide. Oxygen is released by photosynthesis. The mitochondria make ATP from sugar.
        """

    @Test("a concept map has the topic in its middle, and rests on sentences of the documents")
    func map() throws {
        let map = try #require(ConceptMap(of: "photosynthesis", in: [Self.biology]))
        #expect(map.terms[0] == "photosynthesis")
        #expect(map.terms.contains("sunlight") && !map.terms.contains("mitochondria"))
        #expect(
            map.relations.contains {
                map.terms[$0.from] == "photosynthesis" && map.terms[$0.to] == "sunlight" && $0.label == "converts"
            })
        for relation in map.relations { #expect(Self.biology.contains(relation.sentence)) }
        let svg = ConceptDrawing.svg(map)
        #expect(SVGSanitiser.drawing(in: svg) != nil)
        #expect(svg.contains(">photosynthesis</text>"))
    }

    @Test("what the documents do not hold is not drawn")
    func nothing() { #expect(ConceptMap(of: "volcanoes", in: [Self.biology]) == nil) }

    @Test("a model's drawing is kept as far as it is harmless")
    func sanitised() throws {
        let drawn = """
            Here you are: <svg viewBox="0 0 10 10" onload="alert(1)"><script>alert(2)</script><style>*{}</style>\
            <a href="javascript:alert(3)"><text x="1">hidden</text></a><rect width="5" fill="url(#g)" onclick="x()"/>\
            <rect fill="url(http://evil/)"/><image href="http://evil/x.png"/><foreignObject><body>no</body></foreignObject>\
            <text x="1">a &amp; b &lt;c&gt;</text></svg> Enjoy!
            """
        let clean = try #require(SVGSanitiser.drawing(in: drawn))
        #expect(
            clean
                == "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><rect width=\"5\" fill=\"url(#g)\"/><rect/><text x=\"1\">a &amp; b &lt;c&gt;</text></svg>"
        )
    }

    @Test(
        "what is no whole drawing is none",
        arguments: ["", "no drawing", "<svg><g></svg>", "<svg><rect", "<svg x=y></svg>", "<svg><g>"])
    func broken(_ text: String) { #expect(SVGSanitiser.drawing(in: text) == nil) }
}
