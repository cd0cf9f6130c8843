import DatabaseTesting
import Failures
import FoundationEssentials
@testable import Library
import Sandbox
import Testing

/// The fixtures are made by `Fixtures/make.py`; every case runs the real programs in the sandbox.
@Suite(.timeLimit(.minutes(3)))
struct ExtractionTests {
    func extract(_ name: String, _ format: DocumentFormat) async throws -> ExtractedDocument {
        try await DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
            .extract(path: Fixture.path(name), format: format) { _, _ in }
    }

    @Test func `a PDF gives its pages, headings and title`() async throws {
        let document = try await extract("cells.pdf", .pdf)
        #expect(document.title == "Cell Biology")
        #expect(document.isPaged)
        #expect(document.pages.map(\.number) == [1, 2, 3])
        #expect(document.pages[1].headings.map(\.title) == ["2 Membranes", "2.1 More"])
        #expect(document.pages[1].headings.map(\.level) == [1, 2])
        #expect(
            document.pages[1].text.contains(
                "Its hydrophobic interior keeps ions and sugars from passing, so the cell needs channels"))
        for page in document.pages {
            for heading in page.headings {
                let at = page.text.unicodeScalars.index(page.text.unicodeScalars.startIndex, offsetBy: heading.offset)
                #expect(page.text[at...].hasPrefix(heading.title))
            }
        }
    }

    @Test func `no text, heading or title keeps U+0000`() {
        var page = PageBuilder()
        page.add("Mem\0branes\0", headingLevel: 1)
        page.addSilentHeading("\0Channels", level: 2)
        page.add("\0")
        #expect(page.text == "Membranes")
        #expect(page.headings.map(\.title) == ["Membranes", "Channels"])
        #expect("a\0b".withoutNULs == "ab")
    }

    @Test func `running heads and page numbers are dropped, broken words joined`() async throws {
        let text = try await extract("cells.pdf", .pdf).pages.map(\.text).joined(separator: "\n")
        #expect(!text.contains("first term"))
        #expect(!text.contains("Page 2"))
        #expect(!text.contains("-\n") && !text.contains("- "))
        #expect(text.contains("Leeuwenhoek") && text.contains("hydrophobic") && text.contains("Mitochondria make"))
    }

    @Test func `a PDF's outline gives its headings, and a title that a program left there is passed over`() async throws {
        let document = try await extract("outline.pdf", .pdf)
        #expect(document.pages[2].headings.first?.title == "3 Mitochondria")
        #expect(document.pages[2].headings.first?.level == 1)
        #expect(document.title == "1 The cell")
    }

    @Test func `columns are read one after the other`() async throws {
        let text = try await extract("columns.pdf", .pdf).pages[0].text
        let left = try #require(text.firstRange(of: "until it bursts"))
        let right = try #require(text.firstRange(of: "The right column begins here"))
        #expect(left.upperBound <= right.lowerBound)
    }

    @Test(arguments: [("encrypted.pdf", ExtractionFailure.Reason.encrypted), ("truncated.pdf", .damaged)])
    func `a PDF that cannot be read says why`(name: String, reason: ExtractionFailure.Reason) async throws {
        let failure = await #expect(throws: ExtractionFailure.self) { try await extract(name, .pdf) }
        #expect(failure?.reason == reason)
        #expect(failure?.code == .unprocessable)
    }

    @Test func `a PDF that forbids copying is read as any other`() async throws {
        let (free, kept) = (try await extract("cells.pdf", .pdf), try await extract("uncopied.pdf", .pdf))
        #expect(kept.pages.map(\.text) == free.pages.map(\.text))
        #expect(kept.pages.map { $0.headings.map(\.title) } == free.pages.map { $0.headings.map(\.title) })
    }

    @Test func `a PDF whose East Asian font is only named has its text`() async throws {
        #expect(try await extract("japanese.pdf", .pdf).pages.map(\.text) == ["光合成は葉緑体で行われる。"])
    }

    @Test(arguments: [("cells.docx", DocumentFormat.docx), ("cells.md", .markdown), ("cells.html", .html)])
    func `Word, Markdown and HTML give headings, lists and tables`(name: String, format: DocumentFormat) async throws {
        let document = try await extract(name, format)
        #expect(document.title == "Cell Biology")
        #expect(!document.isPaged)
        let page = try #require(document.pages.first)
        // Word keeps the title on the page; the others have it in their metadata.
        let headings = page.headings.filter { $0.title != "Cell Biology" }
        #expect(Array(headings.map(\.title).prefix(2)) == ["The cell", "Membranes"])
        #expect(Array(headings.map(\.level).prefix(2)) == [1, 2])
        #expect(page.text.contains("All living things are made of cells"))
        #expect(page.text.contains("• phospholipids"))
        #expect(page.text.contains("ribosome | makes proteins"))
        #expect(!page.text.contains("alert"))
    }

    @Test func `Markdown keeps code, formulas, numbers and footnotes`() async throws {
        let text = try await extract("cells.md", .markdown).pages[0].text
        #expect(text.contains("print(\"ATP\")"))
        #expect(text.contains("E = mc^2"))
        #expect(text.contains("2. second"))
        #expect(text.contains("He looked at cork."))
    }

    @Test(arguments: [20, 48, 1000, 20_000])
    func `a page nested without end neither traps nor hangs`(depth: Int) async throws {
        let open = String(repeating: "<div><blockquote>", count: depth)
        let html = "<html><body><p>Top.</p>\(open)<p>Deep.</p></body></html>"
        try await withTemporaryFolder { folder in
            try Data(html.utf8).write(to: URL(filePath: folder + "/deep.html"))
            let extractor = DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
            do {
                let document = try await extractor.extract(path: folder + "/deep.html", format: .html) { _, _ in }
                #expect(document.pages.first?.text.hasPrefix("Top.") == true)
                #expect(depth <= 48)
            } catch let failure as ExtractionFailure {
                #expect(failure.reason == .tooLarge || failure.reason == .damaged, "\(failure)")
                #expect(depth > 20)
            }
        }
    }
}

enum Fixture {
    static func path(_ name: String) -> String {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(folder)/Fixtures/\(name)"
    }

    static func bytes(_ name: String) -> [UInt8] { FileManager.default.contents(atPath: path(name)).map { Array($0) } ?? [] }
}
