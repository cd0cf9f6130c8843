import Manuscript
@testable import Reading
import Testing

struct PDFFrameTests {
    /// A PDF of these objects, numbered from 1; the first is the catalog. Without tables: they are found by looking through it.
    private func pdf(_ objects: [String], trailer: String = "<< /Root 1 0 R >>") -> [UInt8] {
        var text = "%PDF-1.5\n"
        for (index, object) in objects.enumerated() { text += "\(index + 1) 0 obj\n\(object)\nendobj\n" }
        return Array((text + "trailer\n\(trailer)\nstartxref\n0\n%%EOF\n").utf8)
    }

    private func stream(_ content: String, _ entries: String = "") -> String {
        "<< /Length \(content.utf8.count) \(entries) >>\nstream\n\(content)\nendstream"
    }

    @Test func `pages are called as the file calls them, and it says who wrote it`() throws {
        let xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">On Cells</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li><rdf:li>Ben Roe</rdf:li></rdf:Seq></dc:creator>
            <prism:doi>10.1000/xyz.1</prism:doi></rdf:Description></rdf:RDF></x:xmpmeta>
            """
        let frame = try PDFFrameReader.read(
            pdf([
                """
                << /Type /Catalog /Pages 2 0 R /Lang (en-GB) /Metadata 4 0 R
                /PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 3 >>] >> >>
                """,
                "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
                stream(xmp, "/Type /Metadata /Subtype /XML"),
            ]), wanted: [])
        #expect(
            frame.labels == [
                PDFFrame.Label(page: 1, prefix: "", style: "r", start: 1),
                PDFFrame.Label(page: 3, prefix: "A-", style: "D", start: 3),
            ])
        #expect(frame.title == "On Cells" && frame.authors == ["Ann Lee", "Ben Roe"])
        #expect(frame.doi == "10.1000/xyz.1" && frame.language == "en-GB" && frame.pages.isEmpty)
    }

    @Test func `what is drawn has its place, from the top left of the sheet as it is turned`() throws {
        let content = """
            q 0 0 600 800 re f Q
            50 100 500 0.5 re f
            q 200 0 0 100 100 600 cm /Im1 Do Q
            q 1 0 0 1 300 300 cm 0 0 m 50 60 l 90 0 l S Q
            q 0 0 10 10 re W n 5 5 200 200 re f Q
            """
        func read(_ rotate: Int) throws -> PDFFrame.Page {
            let frame = try PDFFrameReader.read(
                pdf([
                    "<< /Type /Catalog /Pages 2 0 R >>",
                    "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] /CropBox [20 30 580 770] >>",
                    "<< /Type /Page /Parent 2 0 R /Rotate \(rotate) /Contents 4 0 R /Resources << /XObject << /Im1 5 0 R >> >> >>",
                    stream(content), stream("x", "/Subtype /Image /Width 1 /Height 1"),
                ]), wanted: [1])
            return try #require(frame.pages.first)
        }
        let upright = try read(0)
        #expect(upright.size == [600, 800] && upright.shown == [20, 30, 580, 770])
        #expect(upright.pictures == [[100, 100, 300, 200]])
        // The page's ground and the rule are none; what a clip hides is not seen.
        #expect(upright.drawings.count == 2)
        #expect(upright.drawings.contains { $0[0] <= 300 && $0[2] >= 390 && $0[1] <= 440 && $0[3] >= 500 && $0[3] < 520 })
        let turned = try read(90)
        #expect(turned.size == [800, 600] && turned.pictures == [[600, 100, 700, 300]])
    }

    @Test(arguments: ["", "%PDF-1.4 no objects", "1 0 obj << /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >> endobj"])
    func `what is no PDF, or turns in circles, ends`(text: String) {
        let frame = try? PDFFrameReader.read(Array(text.utf8), wanted: [1])
        #expect(frame?.pages.isEmpty ?? true)
    }

    @Test func `a file under a password tells nothing rather than noise`() {
        let locked = pdf(
            ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"],
            trailer: "<< /Root 1 0 R /Encrypt << /V 2 >> >>")
        #expect(throws: ReadingFault.damaged) { try PDFFrameReader.read(locked, wanted: []) }
    }
}
