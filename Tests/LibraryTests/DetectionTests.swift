@testable import Library
import Testing

struct DetectionTests {
    func detect(_ bytes: [UInt8], _ filename: String) -> DocumentFormat? {
        DocumentFormat.detect(
            head: Array(bytes.prefix(DocumentFormat.sampleSize)), tail: Array(bytes.suffix(DocumentFormat.sampleSize)),
            filename: filename)
    }

    @Test(arguments: [
        ("cells.pdf", "cells.txt", DocumentFormat.pdf), ("cells.docx", "cells.pdf", .docx), ("cells.html", "cells.pdf", .html),
        ("cells.md", "notes.md", .markdown), ("cells.md", "notes", .text), ("cells.md", "notes.MARKDOWN", .markdown),
    ])
    func `the content tells the format, whatever the name`(fixture: String, name: String, format: DocumentFormat) {
        #expect(detect(Fixture.bytes(fixture), name) == format)
    }

    @Test func `a picture named as a PDF is a picture`() {
        #expect(detect(Fixture.bytes("picture.png"), "slides.pdf") == nil)
    }

    @Test(arguments: [
        [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0, 0], [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], [0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
        Array("{\\rtf\0".utf8), [1, 2, 3, 4, 5, 6],
    ])
    func `binaries are refused`(bytes: [UInt8]) {
        #expect(detect(bytes, "notes.txt") == nil)
    }

    @Test(arguments: [
        (Array("naïve café".utf8), "naïve café"), ([0xEF, 0xBB, 0xBF] + Array("mark".utf8), "mark"),
        ([0xFF, 0xFE, 0x6E, 0, 0xE9, 0], "né"), ([0xFE, 0xFF, 0, 0x6E, 0, 0xE9], "né"),
        ([0x6E, 0, 0x6F, 0, 0x74, 0, 0x65, 0], "note"),
        ([0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x61, 0x62, 0x63, 0x94], "café “abc”"),
    ])
    func `a text's encoding is told from its bytes`(bytes: [UInt8], text: String) throws {
        let encoding = try #require(TextEncoding.detect(bytes))
        #expect(encoding.decode(bytes) == text)
    }

    @Test func `a sample that ends within a character is still UTF-8`() {
        #expect(TextEncoding.detect(Array("café".utf8.dropLast())) == .utf8)
        #expect(TextEncoding.detect([0xA9] + Array(" café".utf8), isTail: true, like: .utf8) == .utf8)
    }
}
