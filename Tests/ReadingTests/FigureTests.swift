import Manuscript
@testable import Reading
import Testing

struct FigureTests {
    @Test func `a picture of a Word file stands where it is, with what is said in its place`() throws {
        let drawing = """
            <w:p><w:r><w:drawing><wp:inline xmlns:wp="urn:x"><wp:docPr id="1" descr="A cell with its nucleus"/>
            <a:graphic><a:blip r:embed="rId1"/></a:graphic></wp:inline></w:drawing></w:r></w:p>
            """
        let read = try WordReader.read(
            Packed.word(
                "<w:p><w:r><w:t>Before.</w:t></w:r></w:p>\(drawing)<w:p><w:r><w:t>After.</w:t></w:r></w:p>",
                parts: [("media/image1.png", "image", "x")]))
        #expect(read.lines == ["Before.", "figure: A cell with its nucleus", "After."])
        #expect(read.paragraphs[1].picture == "word/media/image1.png")
        #expect(read.unread == [.init(.picture)])
    }

    @Test func `a book's pictures have their captions, and a chapter without a heading the name that the contents give it`() throws
    {
        let book = Packed.zip([
            ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>"),
            (
                "OPS/book.opf",
                """
                <package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
                <dc:title>Cells</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Ben Roe</dc:creator><dc:language>de</dc:language>
                <dc:identifier>urn:doi:10.1000/7</dc:identifier></metadata><manifest>
                <item id="n" href="nav.xhtml" properties="nav"/><item id="a" href="text/a.xhtml"/><item id="b" href="text/b%20b.xhtml"/>
                </manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>
                """
            ),
            (
                "OPS/nav.xhtml",
                """
                <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
                <li><a href="text/a.xhtml">One</a><ol><li><a href="text/b%20b.xhtml#x">Two: the wall</a></li></ol></li></ol></nav></body></html>
                """
            ),
            (
                "OPS/text/a.xhtml",
                """
                <html><body><h1>The first</h1><p>Words with <img src="icon.png" alt="a small sign"/> within.</p>
                <figure><img src="../pictures/cell.jpg" alt=""/><figcaption>Figure 1. A cell</figcaption></figure></body></html>
                """
            ),
            ("OPS/text/b b.xhtml", "<html><body><p>Text of the second.</p></body></html>"),
        ])
        let read = try BookReader.read(book)
        #expect(
            read.lines == [
                "heading: The first", "Words with a small sign within.", "figure: ", "caption: Figure 1. A cell",
                "heading: Two: the wall", "Text of the second.",
            ])
        #expect(read.paragraphs[2].picture == "OPS/pictures/cell.jpg" && read.paragraphs[4].level == 2)
        #expect(read.authors == ["Ann Lee", "Ben Roe"] && read.language == "de" && read.doi == "urn:doi:10.1000/7")
    }

    @Test func `a member of a zip is had by its name`() throws {
        let zip = Packed.zip([("a/b.png", "picture")])
        #expect(try Reader.read(zip, as: .member, wanted: "a/b.png") == Array("picture".utf8))
        #expect(throws: ReadingFault.damaged) { try Reader.read(zip, as: .member, wanted: "../b.png") }
    }
}
