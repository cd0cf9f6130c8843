import DatabaseTesting
import Failures
import FoundationEssentials
@testable import Library
import Sandbox
import Testing

struct DetectionTests {
    func kind(_ bytes: [UInt8], _ filename: String) async throws -> FileKind? {
        try await withTemporaryFolder { folder in
            try Data(bytes).write(to: URL(filePath: folder + "/file"))
            return try FileKind(path: folder + "/file", filename: filename)
        }
    }

    @Test(arguments: [
        ("cells.pdf", "cells.txt", DocumentFormat.pdf), ("cells.docx", "cells.pdf", .docx), ("cells.html", "cells.txt", .html),
        ("cells.html", "cells", .html), ("cells.md", "notes.2026", .text), ("cells.md", "slides.pdf.txt", .text),
        ("cells.md", "notes.md", .markdown), ("cells.md", "notes", .text), ("cells.md", "notes.MARKDOWN", .markdown),
    ])
    func `the content tells the format, whatever the name`(fixture: String, name: String, format: DocumentFormat) async throws {
        #expect(try await kind(Fixture.bytes(fixture), name)?.format == format)
    }

    @Test func `a file that cannot be opened is not called unknown or damaged`() async {
        let kind = #expect(throws: LibraryFailure.self) { try FileKind(path: "/no/such/file", filename: "notes.txt") }
        #expect(kind?.code == .unavailable)
        let extractor = DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
        for format in [DocumentFormat.text, .html] {
            let failure = await #expect(throws: LibraryFailure.self) {
                try await extractor.extract(path: "/no/such/file", format: format) { _, _ in }
            }
            #expect(failure?.code == .unavailable)
        }
    }

    @Test(arguments: [
        ("not a pdf", "slides.pdf", "plain text"), ("<!doctype html><title>Sign in</title>", "slides.PDF", "a web page"),
        ("not a pdf", "thesis.docx", "plain text"), ("# Notes", "lecture.mp4", "plain text"),
        (String(repeating: "Many words. ", count: 20_000), "slides.pdf", "plain text"),
    ])
    func `a text named as another kind of file is refused in words`(content: String, name: String, what: String) async {
        let failure = await #expect(throws: LibraryFailure.self) { try await kind(Array(content.utf8), name) }
        #expect(failure?.code == .unsupportedMediaType)
        #expect(failure?.message.contains("“\(name)” is \(what), not a") == true)
    }

    @Test func `a long text under a PDF's name is refused by its beginning`() {
        let page = Array("<html><body>Sign in".utf8) + [UInt8](repeating: 32, count: FileKind.sampleSize)
        #expect(throws: LibraryFailure.self) {
            try FileKind.screen(head: Array(page.prefix(FileKind.sampleSize)), filename: "slides.pdf")
        }
    }

    @Test func `a picture named as a PDF is a picture`() async throws {
        #expect(try await kind(Fixture.bytes("picture.png"), "slides.pdf")?.format == .png)
        #expect(try await kind([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], "notes.txt")?.format == .jpeg)
        #expect(try await kind(Array("RIFF....WEBPVP8 ".utf8), "a.webp")?.format == .webp)
        #expect(try await kind([UInt8]("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0, 0x3B], "slides.pdf") == nil)
    }

    @Test func `how a camera was held is read from its picture`() {
        let tags: [UInt8] = [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
        let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(tags.count + 8)] + Array("Exif\0\0".utf8) + tags + [0xFF, 0xDA]
        #expect(PictureFile.orientation(head: picture) == 6)
        for cut in 0..<picture.count { _ = PictureFile.orientation(head: Array(picture.prefix(cut))) }
        #expect(PictureFile.orientation(head: Fixture.bytes("picture.png")) == 1)
        let word = RecognisedPage.Word(text: "up", box: [10, 20, 30, 25], confidence: 90)
        let page = RecognisedPage(width: 100, height: 50, language: "eng", lines: [.init(block: 1, words: [word])]).turned(by: 6)
        #expect(page.width == 50 && page.height == 100)
        #expect(page.lines[0].words[0].box == [25, 10, 30, 30])
    }

    @Test func `the pages of a TIFF are counted`() async throws {
        let two: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let endless: [UInt8] = [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 0, 0, 0, 0, 8]
        for (bytes, count) in [
            (two, 2), (endless, 1), (Fixture.bytes("picture.png"), 1), (Fixture.bytes("Layouts/kidney.tiff"), 2),
        ] {
            try await withTemporaryFolder { folder in
                try Data(bytes).write(to: URL(filePath: folder + "/file"))
                #expect(try PictureFile.pageCount(FileWindow(path: folder + "/file")) == count)
            }
        }
    }

    @Test(arguments: [
        [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0, 0], [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0],
        [1, 2, 3, 4, 5, 6],
    ])
    func `binaries are refused`(bytes: [UInt8]) async throws {
        #expect(try await kind(bytes, "notes.txt") == nil)
    }

    @Test(arguments: [0, 3000], [false, true])
    func `a Word document is one however many members it has`(pictures: Int, isWide: Bool) async throws {
        var zip = StoredZip()
        for name in ["[Content_Types].xml", "_rels/.rels", "word/document.xml"] { zip.add(name) }
        for number in 0..<pictures { zip.add("word/media/image\(number).png") }
        let bytes = zip.bytes(isWide: isWide)
        #expect(pictures == 0 || bytes.count > 4 * FileKind.sampleSize)
        #expect(try await kind(bytes, "thesis.zip")?.format == .docx)
        // Something before it, a comment after it.
        var dressed = [0x50, 0x4B, 0x03, 0x04] + bytes + Array("by hand".utf8)
        dressed[dressed.count - 9] = 7
        if !isWide { #expect(try await kind(dressed, "thesis.docx")?.format == .docx) }
        for cut in [bytes.count / 2, bytes.count - 1, bytes.count - 30] where cut > 0 {
            #expect(try await kind(Array(bytes.prefix(cut)), "thesis.docx") == nil)
        }
    }

    @Test(arguments: [("xl/workbook.xml", DocumentFormat.xlsx), ("ppt/presentation.xml", .pptx), ("word/document2.xml", .docx)])
    func `an Office file is told by its main part`(main: String, format: DocumentFormat) async throws {
        var zip = StoredZip()
        for name in ["[Content_Types].xml", main] { zip.add(name) }
        #expect(try await kind(zip.bytes(), "thesis.bin")?.format == format)
    }

    @Test(arguments: [DocumentFormat.odt, .odp, .ods])
    func `an OpenDocument file says what it is`(format: DocumentFormat) async throws {
        var zip = StoredZip()
        zip.add("mimetype", content: Array(format.mediaType.utf8))
        zip.add("content.xml")
        #expect(try await kind(zip.bytes(), "file")?.format == format)
    }

    @Test func `another zip is no Word document`() async throws {
        for main in ["visio/document.xml", "notes/word/document.xml"] {
            var zip = StoredZip()
            for name in ["[Content_Types].xml", main] { zip.add(name) }
            #expect(try await kind(zip.bytes(), "thesis.docx") == nil)
        }
        // The names stand in the text of a member, not in the directory.
        var zip = StoredZip()
        zip.add("notes.txt", content: Array("[Content_Types].xml word/document.xml".utf8))
        #expect(try await kind(zip.bytes(), "thesis.docx") == nil)
    }

    @Test(arguments: [
        (Array("naïve".utf8), "utf-8"), ([0x63, 0x61, 0x66, 0xE9, 0x20, 0x6E, 0x6F], nil), ([0x63, 0x61, 0x66, 0xE9], nil),
        ([0xFF, 0xFE, 0x6E, 0, 0xE9, 0], "utf-16le"), ([0xFE, 0xFF, 0, 0x6E, 0, 0xE9], "utf-16be"),
        ([0xFF, 0xFE, 0, 0, 0x6E, 0, 0, 0], "utf-32le"), ([UInt8](repeating: 97, count: 200_000) + [0xE9, 0x20], nil),
    ])
    func `a text says its encoding in the words of HTTP, where its ends tell it`(bytes: [UInt8], charset: String?) async throws {
        #expect(try await kind(bytes, "notes.txt")?.encoding?.charset == charset)
    }

    @Test(
        arguments: [
            "富士山の高さは3776メートルである。", "Notes on cells, and what is in them.", "한라산의 높이는 1947미터이다.",
        ], [UTF16Form.little, .big])
    func `UTF-16 without a mark is text`(text: String, form: UTF16Form) {
        #expect(TextEncoding.detect(form.bytes(text)) == .utf16(bigEndian: form == .big))
    }

    @Test func `the older files of Office, and protected ones, are refused in words that help`() async throws {
        for (stream, word) in [
            ("WordDocument", "save it as .docx"), ("PowerPoint Document", ".pptx"), ("EncryptedPackage", "password"),
        ] {
            let name = UTF16Form.little.bytes(stream)
            let bytes = CompoundFile.signature + [UInt8](repeating: 0, count: 504) + name + [UInt8](repeating: 0, count: 512)
            let failure = await #expect(throws: LibraryFailure.self) { try await kind(bytes, "thesis.doc") }
            #expect(failure?.message.contains(word) == true, "\(stream)")
        }
    }

    @Test(arguments: [
        ("paper.tex", "% none\nText", DocumentFormat.latex), ("a.txt", "\\documentclass{article}", .latex),
        ("t.csv", "a,b\n1,2", .csv),
        ("t.tsv", "a\tb", .tsv), ("talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi", .subrip), ("talk.txt", "WEBVTT\n\n", .webvtt),
        ("m.eml", "From: a@b.c\n\nHi", .mail), ("r.bib", "@book{x}", .bibtex), ("n.ipynb", "{\"cells\": []}", .notebook),
        ("old.doc", "{\\rtf1 Hi}", .rtf), ("p.html", "<h1>Hi</h1>", .html), ("p.htm", "Hi", .html), ("p.txt", "<h1>Hi</h1>", .text),
    ])
    func `among texts the name decides, where the content does not`(name: String, content: String, format: DocumentFormat)
        async throws
    {
        #expect(try await kind(Array(content.utf8), name)?.format == format)
    }

    @Test func `a sample that ends within a character is still UTF-8`() {
        #expect(TextEncoding.detect(Array("café".utf8.dropLast()), isCut: true) == .utf8)
        #expect(TextEncoding.detect(Array("naïve café".utf8.dropLast())) == .utf8)
        #expect(TextEncoding.detect([0x63, 0x61, 0x66, 0xE9]) == .older)
        #expect(TextEncoding.detect([0xA9] + Array(" café".utf8), isTail: true, like: .utf8) == .utf8)
    }
}

enum UTF16Form {
    case little, big

    func bytes(_ text: String) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit))
            return self == .big ? [high, low] : [low, high]
        }
    }
}
