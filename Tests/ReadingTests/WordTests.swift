import Manuscript
@testable import Reading
import Testing

struct WordTests {
    private func read(_ body: String, isStrict: Bool = false, parts: [(name: String, type: String, content: String)] = []) throws
        -> Manuscript
    {
        try WordReader.read(Packed.word(body, isStrict: isStrict, parts: parts))
    }

    private func paragraph(_ text: String, _ properties: String = "") -> String {
        "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
    }

    private static let numbering = """
        <w:numbering NAMES>
        <w:abstractNum w:abstractNumId="1">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2."/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="2">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        <w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>
        </w:numbering>
        """
    private static let styles = """
        <w:styles NAMES>
        <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="9"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="Source"><w:name w:val="Source Code"/></w:style>
        </w:styles>
        """
    private static let lists = [("numbering.xml", "numbering", numbering), ("styles.xml", "styles", styles)].map {
        (name: $0, type: $1, content: $2)
    }

    @Test func `lists count as Word shows them, and anew where they begin anew`() throws {
        func item(_ text: String, _ list: Int, _ level: Int = 0) -> String {
            paragraph(text, "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(list)\"/></w:numPr>")
        }
        let read = try read(
            item("Liver", 7) + item("left", 7, 1) + item("right", 7, 1) + item("Heart", 7) + item("lower", 7, 1)
                + item("Spleen", 8), parts: Self.lists)
        #expect(
            read.lines == [
                "item: A) Liver", "item: A.iii. left", "item: A.iv. right", "item: B) Heart", "item: B.iii. lower",
                "item: A) Spleen",
            ])
        #expect(read.paragraphs.map(\.level) == [0, 1, 1, 0, 1, 0])
        #expect(read.paragraphs[3].marker == 3)
    }

    @Test func `headings keep the numbers that their styles give them`() throws {
        let read = try read(
            paragraph("Policy", "<w:pStyle w:val=\"Title\"/>") + paragraph("Scope", "<w:pStyle w:val=\"H1\"/>")
                + paragraph("Safety", "<w:pStyle w:val=\"H1\"/>")
                + paragraph("Spills", "<w:pStyle w:val=\"H2\"/>"), parts: Self.lists)
        #expect(read.lines == ["heading: Policy", "heading: 1 Scope", "heading: 2 Safety", "heading: 2.1 Spills"])
        #expect(read.paragraphs.map(\.level) == [1, 1, 1, 2])
        #expect(read.title == "Policy")
    }

    @Test func `a strict file is read as any other`() throws {
        let body = "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>-19</w:t></w:r></w:p>"
        #expect(try read(body, isStrict: true).lines == ["10⁻¹⁹"])
    }

    @Test func `text boxes, also drawn in the older way, stand below their paragraph, once`() throws {
        let box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
        let both = """
            <w:p><w:r><w:t>Above.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>\(box)</wps:txbx></wps:wsp></w:drawing></mc:Choice>\
            <mc:Fallback><w:pict><v:shape><v:textbox>\(box)</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
            """
        #expect(try read(both).lines == ["Above.", "In the box."])
        let old = "<w:p><w:r><w:pict><v:shape><v:textbox>\(box)</v:textbox></v:shape></w:pict></w:r></w:p>"
        #expect(try read(old).lines == ["In the box."])
        let word = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"Arched words\"/></v:shape></w:pict></w:r></w:p>"
        #expect(try read(word).lines == ["Arched words"])
    }

    @Test func `a word keeps whole, and neighbours share one reading`() throws {
        func ruby(_ base: String, _ reading: String) -> String {
            "<w:r><w:ruby><w:rt><w:r><w:t>\(reading)</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>\(base)</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        }
        #expect(try read("<w:p>\(ruby("東", "とう"))\(ruby("京", "きょう"))<w:r><w:t>です。</w:t></w:r></w:p>").lines == ["東京（とうきょう）です。"])
        let field = """
            <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\* jc2 \\o\\ad(\\s\\up 9(しゅと),首都)</w:instrText></w:r>\
            <w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>は</w:t></w:r></w:p>
            """
        #expect(try read(field).lines == ["首都（しゅと）は"])
    }

    @Test func `formulas are TeX`() throws {
        func run(_ text: String) -> String { "<m:r><m:t>\(text)</m:t></m:r>" }
        let body = """
            <w:p><w:r><w:t xml:space="preserve">Energy </w:t></w:r><m:oMath>\(run("E="))\(run("m"))<m:sSup><m:e>\(run("c"))</m:e><m:sup>\(run("2"))</m:sup></m:sSup></m:oMath></w:p>
            <w:p><m:oMathPara><m:oMath><m:f><m:num>\(run("−b±"))<m:rad><m:deg/><m:e>\(run("Δ"))</m:e></m:rad></m:num><m:den>\(run("2a"))</m:den></m:f></m:oMath></m:oMathPara></w:p>
            <w:p><m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>\(run("i=1"))</m:sub><m:sup>\(run("n"))</m:sup><m:e>\(run("αx"))</m:e></m:nary></m:oMath></w:p>
            """
        let read = try read(body)
        #expect(read.formulas == ["$E=mc^{2}$", "$$\\frac{-b\\pm\\sqrt{\\Delta}}{2a}$$", "$\\sum_{i=1}^{n} \\alpha x$"])
        #expect(read.lines.first == "Energy $E=mc^{2}$")
    }

    @Test func `tables keep merged cells and head rows`() throws {
        func cell(_ text: String, _ properties: String = "") -> String {
            "<w:tc><w:tcPr>\(properties)</w:tcPr>\(paragraph(text))</w:tc>"
        }
        let body = """
            <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>\(cell("Stage"))\(cell("ATP | NADH", "<w:gridSpan w:val=\"2\"/>"))</w:tr>
            <w:tr>\(cell("Cytosol", "<w:vMerge w:val=\"restart\"/>"))\(cell("2"))\(cell("2"))</w:tr>
            <w:tr>\(cell("", "<w:vMerge/>"))\(cell("0"))\(cell("1"))</w:tr></w:tbl>
            """
        let read = try read(body)
        #expect(read.lines == ["table: Stage | ATP \\| NADH | \nCytosol | 2 | 2\nCytosol | 0 | 1"])
        #expect(read.paragraphs[0].headRows == 1)
    }

    @Test func `a text box within a cell is a part of the cell`() throws {
        let box =
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>\(paragraph("Below 80 degrees"))</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        let body = "<w:tbl><w:tr><w:tc>\(paragraph("Heat"))</w:tc><w:tc>\(paragraph("Hint:"))\(box)</w:tc></w:tr></w:tbl>"
        #expect(try read(body).lines == ["table: Heat | Hint: Below 80 degrees"])
    }

    @Test func `what was deleted or is an instruction is not read, what is hidden is told`() throws {
        let body = """
            <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>
            <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> 7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
            """
        let read = try read(body)
        #expect(read.lines == ["kept 7"])
        #expect(read.unread == [.init(.hidden)])
    }

    @Test func `documents within the document are read in their place`() throws {
        let parts = [
            (name: "afchunk.html", type: "aFChunk", content: "<html><body><p>From HTML, 25 m<sup>2</sup>.</p></body></html>")
        ]
        let read = try read(paragraph("Before.") + "<w:altChunk r:id=\"rId1\"/>" + paragraph("After."), parts: parts)
        #expect(read.lines == ["Before.", "From HTML, 25 m².", "After."])
    }

    @Test func `lines of code stay lines, with their indentation`() throws {
        let code = "<w:pStyle w:val=\"Source\"/>"
        let read = try read(
            paragraph("for x in y:", code) + paragraph("    print(x)  # no heading", code) + paragraph("Then."), parts: Self.lists)
        #expect(read.lines == ["code: for x in y:\n    print(x)  # no heading", "Then."])
    }

    @Test func `footnotes stand below the paragraph that calls them`() throws {
        let notes = "<w:footnotes NAMES><w:footnote w:id=\"2\"><w:p><w:r><w:t>In 1665.</w:t></w:r></w:p></w:footnote></w:footnotes>"
        let body =
            "<w:p><w:r><w:t>Hooke saw cells.</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>" + paragraph("Next.")
        #expect(
            try read(body, parts: [("footnotes.xml", "footnotes", notes)]).lines == ["Hooke saw cells.", "note: In 1665.", "Next."])
    }

    @Test func `a file that is none is damaged, one under a password says so`() {
        #expect(throws: ReadingFault.damaged) { try WordReader.read(Array("PK\u{3}\u{4} no zip".utf8)) }
        #expect(throws: ReadingFault.encrypted) { try WordReader.read([0xD0, 0xCF, 0x11, 0xE0, 0, 0]) }
        #expect(throws: ReadingFault.damaged) { try WordReader.read(Packed.zip([("_rels/.rels", "<a>")])) }
    }
}
