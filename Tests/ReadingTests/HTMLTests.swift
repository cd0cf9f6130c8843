import Manuscript
@testable import Reading
import Testing

struct HTMLTests {
    @Test(arguments: [
        ("<p>6.02 × 10<sup>23</sup>", "6.02 × 10²³"), ("H<sub>2</sub>O", "H₂O"), ("x<sub>max</sub>", "x_{max}"),
        ("e<sup>−iωt</sup>", "e^{−iωt}"), ("the 1<sup>st</sup> of May", "the 1st of May"), ("a<br>b", "a\nb"),
        ("a <b>b</b>\n  c", "a b c"),
    ])
    func `what is raised and lowered says so`(html: String, text: String) throws {
        #expect(try HTMLReader.read(html).lines == [text])
    }

    @Test(arguments: [
        ("<ol type=A><li>Liver<li>Heart</ol>", ["A. Liver", "B. Heart"]), ("<ol start=7><li>x</ol>", ["7. x"]),
        ("<ol style='list-style-type: lower-roman'><li>x<li value=4>y</ol>", ["i. x", "iv. y"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ul><li>a<ol><li>b</ol></ul>", ["• a", "1. b"]), ("<ol type=A data-delimiter=OneParen><li>Liver</ol>", ["A) Liver"]),
    ])
    func `list markers stay`(html: String, items: [String]) throws {
        #expect(try HTMLReader.read(html).lines == items.map { "item: " + $0 })
    }

    @Test func `tables, also without end tags, keep spans and head rows`() throws {
        let html = "<table><tr><th>River<th>Length<tr><td rowspan=2>Wye<td>250 km<tr><td>a|b</table>"
        let read = try HTMLReader.read(html)
        #expect(read.lines == ["table: River | Length\nWye | 250 km\nWye | a\\|b"])
        #expect(read.paragraphs[0].headRows == 1)
        #expect(
            try HTMLReader.read("<table><tr><td><h2>Left</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>").lines == [
                "heading: Left", "One.", "Two.",
            ])
    }

    @Test func `readings follow the word that they read`() throws {
        let html = "日本の<ruby>首都<rp>(</rp><rt>しゅと</rt><rp>)</rp></ruby>は<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>です。"
        #expect(try HTMLReader.read(html).lines == ["日本の首都（しゅと）は東京（とうきょう）です。"])
    }

    @Test func `what is hidden is left out and told, what frames the page too`() throws {
        let html = """
            <html><head><title>Cells</title><style>.off { display: none } @media print { p { display: none } }</style></head><body>
            <nav><a href=/>Home</a></nav><div class="cookie-banner">We use cookies.</div>
            <main><h1>Cells</h1><p>Shown.</p><p hidden>One.</p><p style="display: none">Two.</p><p class="x off">Three.</p></main>
            <footer>© 2026 Site</footer></body></html>
            """
        let read = try HTMLReader.read(html)
        #expect(read.lines == ["heading: Cells", "Shown."])
        #expect(read.unread.map(\.kind) == [.boilerplate, .hidden])
        #expect(read.unread.map(\.count) == [3, 3])
        #expect(read.title == "Cells")
        // A page that is nothing but a frame is read all the same.
        #expect(try HTMLReader.read("<nav><p>Only this.</p></nav>").lines == ["Only this."])
    }

    @Test(arguments: [
        "<div class=node><p><a name=Top></a>Next:&nbsp;<a rel=next href=#I>Introduction</a>, Up:&nbsp;<a rel=up href=#d>(dir)</a><hr></div>",
        "<div class=header><p>Next: <a href=#b rel=next>Strings</a>, Up: <a href=#Top rel=up>Top</a> &nbsp; [<a href=#c>Contents</a>][<a href=#i>Index</a>]</p></div>",
        "<table class=nav_table><tr><td>[ <a href=a> &lt;&lt; Music engraving </a> ]</td><td>[<a href=t>Top</a>][<a href=c>Contents</a>][<a href=i>Index</a>]</td><td>[ <a href=b> Literature list &gt;&gt; </a> ]</td></tr></table>",
        "<p>[ &lt;&lt; Music engraving ] | [Top][Contents][Index] | [ Literature list &gt;&gt; ]</p>",
        "<div class=navheader><table><tr><td><a accesskey=p href=a>Prev</a></td><th>Chapter 2</th><td><a href=b>Next</a></td></tr></table></div>",
        "<p>Next: Variables, Previous: Strings, Up: Types [Contents][Index]</p>", "<p>Up: Top [Index]</p>",
    ])
    func `ways through a manual are left out`(menu: String) throws {
        let read = try HTMLReader.read("<h2>Notation</h2>\(menu)<p>A staff has five lines.</p>")
        #expect(read.lines == ["heading: Notation", "A staff has five lines."])
        #expect(read.unread.map(\.kind) == [.boilerplate])
    }

    @Test(arguments: [
        "Next: buy milk.", "Up: the rocket starts", "[1] and [2] disagree", "[up] [down] [strange] [charm]",
        "Note: next week, up to ten",
        "Node: A point of a graph", "[Top] secret",
    ])
    func `what only looks like a menu stays`(text: String) throws {
        #expect(try HTMLReader.read("<p>\(text)</p>").lines == [text])
    }

    @Test func `a footnote within a sentence leaves it whole`() throws {
        let html =
            "<p>Bees<span class=lm-note><p>Seen by Frisch.</p></span> dance.</p><ul><li>One<span class=lm-note><p>Two.</p></span> more</ul>"
        #expect(try HTMLReader.read(html).lines == ["Bees dance.", "note: Seen by Frisch.", "item: • One more", "note: Two."])
    }

    @Test func `a page without head and body is read after its title`() throws {
        let read = try HTMLReader.read(
            "<title>Otters</title><meta name=author content=Ann><main><h1>Otters</h1><p>They eat eels.</p></main>")
        #expect(read.lines == ["heading: Otters", "They eat eels."])
        #expect(read.title == "Otters" && read.authors == ["Ann"])
    }

    @Test func `formulas of every kind are TeX`() throws {
        let html = """
            <p>A <math><mfrac><mn>1</mn><msqrt><mi>x</mi></msqrt></mfrac></math> b \\(a_1 &lt; b\\) c
            <script type="math/tex; mode=display">E = mc^2</script></p>
            <math display=block><semantics><mi>x</mi><annotation encoding="application/x-tex">\\int x</annotation></semantics></math>
            """
        let read = try HTMLReader.read(html)
        #expect(read.formulas == ["$\\frac{1}{\\sqrt{x}}$", "$a_1 < b$", "$$E = mc^2$$", "$$\\int x$$"])
    }

    @Test func `code keeps its lines and its quotes`() throws {
        let html = "<pre class=python><code># comment\nif x:\n    y = \"a\" -- b\n</code></pre>"
        let read = try HTMLReader.read(html)
        #expect(read.lines == ["code: # comment\nif x:\n    y = \"a\" -- b"])
        #expect(read.paragraphs[0].language == "python")
    }

    @Test func `notes at the end of the page stand where they are called`() throws {
        let html = """
            <p>Hooke saw cells.<a href="#fn1"><sup>1</sup></a></p><p>Next.</p>
            <section class="footnotes"><ol><li id="fn1"><p>In 1665. <a href="#r1" role="doc-backlink">↩</a></p></li></ol></section>
            """
        #expect(try HTMLReader.read(html).lines == ["Hooke saw cells.", "note: In 1665.", "Next."])
    }

    @Test(arguments: [("windows-1251", "Байкал"), ("shift_jis", "富士山"), ("iso-8859-2", "Żółw")])
    func `a page's own word on its characters is believed`(name: String, word: String) throws {
        let html = "<html><head><meta charset=\"\(name)\"></head><body><p>\(word)</p></body></html>"
        let charset = try #require(Charset(label: name))
        let bytes = try #require(encoded(html, as: charset))
        #expect(try HTMLReader.read(bytes).lines == [word])
    }

    @Test(arguments: [1_000, 100_000])
    func `a page nested without end is too large`(depth: Int) {
        #expect(throws: ReadingFault.tooLarge) { try HTMLReader.read(String(repeating: "<div>", count: depth) + "Deep.") }
    }
}
