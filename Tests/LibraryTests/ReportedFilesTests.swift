import FoundationEssentials
@testable import Library
import Sandbox
import Testing

/// Files of kinds that people report in public as read wrongly by others, through the real programs in the sandbox.
@Suite(.timeLimit(.minutes(3)))
struct ReportedFilesTests {
    struct Reported: Sendable, CustomTestStringConvertible {
        var name: String
        var has: [String]
        var lacks: [String] = []

        var testDescription: String { name }

        init(_ name: String, has: [String], lacks: [String] = []) {
            (self.name, self.has, self.lacks) = (name, has, lacks)
        }
    }

    private static let all = [
        Reported("06-exponents-lost/s.docx", has: ["6.02 × 10²³", "10⁻¹⁹"], lacks: ["1023"]),
        Reported("06-exponents-lost/s.html", has: ["10²³", "25 m²"], lacks: ["1023"]),
        Reported("06-exponents-lost/s.md", has: ["holds 2^10 bytes and a book 2^20"]),
        Reported("07-choices-a-to-d-renumbered/q.docx", has: ["A) Liver", "B) Heart", "D) Kidney"]),
        Reported("07-choices-a-to-d-renumbered/q.html", has: ["B. Heart"]),
        Reported("07-choices-a-to-d-renumbered/q.md", has: ["i. first law", "ii. second law", "iii. third law"]),
        Reported("08-front-matter-not-quite-yaml/at.md", has: ["The ribosome builds protein."], lacks: ["@jane"]),
        Reported("08-front-matter-not-quite-yaml/colon.md", has: ["The nucleus stores the DNA."], lacks: ["tags"]),
        Reported(
            "10-html-inside-markdown-dropped/h.md",
            has: ["Wye | 250 km", "nine metres", "Answer to exercise 3", "ferry runs on Sundays"]),
        Reported("11-word-text-boxes-dropped/alone.docx", has: ["secretes insulin"]),
        Reported("11-word-text-boxes-dropped/some.docx", has: ["one box.", "secretes insulin"]),
        Reported("13-furigana/r.docx", has: ["日本の首都は東京（とうきょう）です"]), Reported("13-furigana/r.html", has: ["首都（しゅと）は東京です"]),
        Reported("15-word-heading-numbers/n.docx", has: ["2.1 Spills", "2.2 Waste"]),
        Reported("16-html-without-html-tag/div.html", has: ["spleen filters the blood"], lacks: ["<"]),
        Reported("16-html-without-html-tag/h1.html", has: ["Row one | value & more"], lacks: ["<td>"]),
        Reported("18-text-in-other-encodings/cp1250.txt", has: ["Żółw błotny"]),
        Reported("18-text-in-other-encodings/euckr.txt", has: ["한라산"]),
        Reported("18-text-in-other-encodings/gb18030.txt", has: ["叶绿体"]),
        Reported("18-text-in-other-encodings/koi8.txt", has: ["Байкал"]),
        Reported("18-text-in-other-encodings/sjis.txt", has: ["富士山"]),
        Reported("26-page-of-figures/figures.txt", has: ["2 317.50"]),
        Reported("62-code-with-a-capital/gap.md", has: ["my $gap = $arrival - $departure;\nprint \"At sea for $gap days\\n\";"]),
        Reported(
            "33-notes-without-full-stops/n.txt",
            has: ["The liver makes bile\n\nThe heart pumps blood through the body\n\nFleming discovered"]),
    ]

    @Test(arguments: all) func `a reported file says what it says`(_ file: Reported) async throws {
        let path = Fixture.path("../../Cases/" + file.name)
        let kind = try #require(try FileKind(path: path, filename: file.name))
        let document = try await DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
            .extract(path: path, format: kind.format) { _, _ in }
        let text = document.pages.map(\.text).joined(separator: "\n\n")
        for piece in file.has { #expect(text.contains(piece), "\(text)") }
        for piece in file.lacks { #expect(!text.contains(piece), "\(text)") }
        for page in document.pages {
            for block in page.blocks {
                #expect(0 <= block.start && block.start < block.end && block.end <= page.text.unicodeScalars.count)
            }
        }
    }

    @Test func `the title above a note is its title, however it is written`() async throws {
        let document = try await DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
            .extract(path: Fixture.path("../../Cases/08-front-matter-not-quite-yaml/colon.md"), format: .markdown) { _, _ in }
        #expect(document.title == "Chapter 1: The cell")
    }
}
