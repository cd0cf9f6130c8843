import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServingTesting
@testable import Library
import Passages
import Sandbox
import Testing

/// What is known of documents beside their text.
struct DescriptionTests {
    @Test(arguments: [
        (["Ann Lee; Ben Roe"], ["Ann Lee", "Ben Roe"]), (["Lee, Ann"], ["Lee, Ann"]),
        (["Ann Lee, Ben Roe"], ["Ann Lee", "Ben Roe"]),
        (["Ann Lee and Ben Roe"], ["Ann Lee", "Ben Roe"]), (["Microsoft Office User", "root", ""], []),
        (["Johnson and Johnson"], ["Johnson and Johnson"]), (["Ann", "Ann"], ["Ann"]),
    ])
    func `authors are told apart`(fields: [String], names: [String]) { #expect(AuthorNames.of(fields) == names) }

    @Test(arguments: [
        ("2021-03-04T10:00:00Z", "2021-03-04"), ("D:20210304100000+01'00'", "2021-03-04"), ("2021", "2021"), ("2021-03", "2021-03"),
        ("Tue, 15 Nov 2022 08:12:31 +0000", "2022-11-15"), ("Spring 2020", "Spring 2020"), ("2021/3/4", "2021-03-04"),
        ("n.d.", nil),
    ])
    func `dates have one form where they can`(said: String, date: String?) { #expect(DocumentDate.plain(said) == date) }

    @Test func `a DOI is found where it is one`() {
        #expect(DOI.first(in: "https://doi.org/10.1000/182.") == "10.1000/182")
        #expect(DOI.first(in: "(doi:10.1002/(SICI)1097(199))") == "10.1002/(SICI)1097(199)")
        #expect(DOI.first(in: "version 10.4 of 10/2020") == nil)
        // Of those in a list of literature none is the paper's; the marked one is.
        #expect(DOI.ofPaper(firstPage: "10.1000/1 and 10.1000/2") == nil)
        #expect(DOI.ofPaper(firstPage: "10.1000/1 and DOI: 10.1000/2") == "10.1000/2")
    }

    @Test func `a title that a program left, or that is the file's name, gives way to the first heading`() {
        for title in ["Microsoft Word - essay.doc", "untitled", "thesis.tex", "12", "PowerPoint-Präsentation"] {
            #expect(!TellingTitle.isOne(title))
        }
        #expect(TellingTitle.isOne("On the Origin of Species"))
        let document = ExtractedDocument(title: "Chapter_3-final", heading: "The Cell", isPaged: false, pages: [])
        #expect(document.title(ofFile: "chapter 3 final.docx") == "The Cell")
        #expect(document.title(ofFile: "other.docx") == "Chapter_3-final")
    }

    @Test func `the language is found out, and a file that is plainly wrong of it is not believed`() {
        func page(_ text: String) -> [ExtractedPage] { [ExtractedPage(number: 1, text: text, headings: [])] }
        let german = page("Die Zelle ist die kleinste Einheit des Lebens und sie teilt sich in zwei Zellen mit einem Kern auf.")
        #expect(DocumentLanguage.of(german, said: nil) == "de")
        #expect(DocumentLanguage.of(german, said: "en-US") == "de")
        #expect(DocumentLanguage.of(german, said: "de-AT") == "de-AT")
        #expect(DocumentLanguage.of(page("x = 1"), said: "fr") == "fr")
        #expect(DocumentLanguage.of(page("細胞は生命の最小単位であり、すべての生物はこれからできている。"), said: nil) == "ja")
        #expect(DocumentLanguage.tag("en_GB") == "en-GB" && DocumentLanguage.tag("eng") == "en" && DocumentLanguage.tag("x") == nil)
    }

    @Test func `pages are called by numbers, numerals and letters from one on`() {
        let runs = [
            PageLabels.Run(page: 1, prefix: "", style: "r", start: 1), PageLabels.Run(page: 5, prefix: "", style: "D", start: 1),
            PageLabels.Run(page: 9, prefix: "A-", style: "D", start: 3),
            PageLabels.Run(page: 10, prefix: "", style: "A", start: 27),
        ]
        let labels = PageLabels(runs, count: 10)
        #expect([1, 4, 5, 8, 9, 10].map(labels.label) == ["i", "iv", "1", "4", "A-3", "AA"])
        #expect(PageLabels([PageLabels.Run(page: 1, prefix: "", style: "D", start: 1)], count: 9).runs.isEmpty)
    }

    @Test(arguments: [
        ("Figure 3: A cell", false, PDFCaption.Kind.figure), ("Figure 3 shows a cell of", false, nil),
        ("Fig. 2.1 — Walls", false, .figure),
        ("Abb. 4. Zellen", false, .figure), ("Table 1: Masses", false, .table), ("図3 細胞", false, .figure),
        ("Figure 3 A cell", true, .figure),
        ("Figures and tables", true, nil), ("Figure skating is", false, nil),
    ])
    func `captions are told from sentences about figures`(text: String, isSetApart: Bool, kind: PDFCaption.Kind?) {
        #expect(PDFCaption.kind(text, isSetApart: isSetApart) == kind)
    }

    @Test(arguments: Dialect.allCases)
    func `what a PDF says of itself is kept, shown and cited by its page's own name`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.ready("Layouts/walls.pdf")
            #expect(document.status == .completed && document.title == "The walls of cells")
            #expect(document.metadata.authors == ["Ann Lee", "Ben Roe"] && document.metadata.language == "en")
            #expect(document.metadata.date == "2000-01-01" && document.metadata.doi == "10.1000/walls.1")
            #expect(document.labels.label(of: 1) == "i" && document.labels.label(of: 2) == nil)
            let client = stage.client()
            let shown = try await client.get("/documents/\(document.id)")
            #expect(shown.status == 200 && shown.text.contains("\"doi\":\"10.1000/walls.1\"") && shown.text.contains("page_labels"))
            let figures = try await stage.service.figures(document.id, user: stage.ann)
            let figure = try #require(figures.first)
            #expect(figures.count == 1 && figure.page == 2 && figure.caption.hasPrefix("Figure 1: A drawn wall"))
            let box = try #require(figure.box)
            // Drawn from 150 to 450 across and, from the top, from 200 to 350 down.
            #expect(abs(box[0] - 150) < 14 && abs(box[1] - 200) < 14 && abs(box[2] - 450) < 14 && abs(box[3] - 350) < 14)
            let passage = try #require(
                try await stage.service.search("preface thanks", mode: .keyword, limit: 1, in: nil, user: stage.ann).first)
            #expect(passage.page == 1 && passage.pageLabel == "i")
            let picture = try await client.get("/documents/\(document.id)/figures/1/picture")
            #expect(picture.status == 200 && picture.headers["Content-Type"] == "image/png")
            let size = try #require(PictureFile.size(picture.body))
            #expect(abs(Double(size.width) / Double(size.height) - (box[2] - box[0] + 8) / (box[3] - box[1] + 8)) < 0.05)
            #expect(try await client.get("/documents/\(document.id)/figures/2/picture").status == 404)
        }
    }

    @Test(arguments: [
        ("author: Ann Lee", ["Ann Lee"]), ("author: [Ann Lee, \"Ben Roe\"]", ["Ann Lee", "Ben Roe"]),
        ("authors:\n  - Ann Lee\n  - name: Ben Roe\n    mail: b@x.org\ndate: 2026", ["Ann Lee", "Ben Roe"]),
    ])
    func `a note names its authors in all the ways of YAML`(fields: String, authors: [String]) {
        #expect(FrontMatter("---\ntitle: T\n\(fields)\n---\nText").authors == authors)
    }

    @Test func `a PDF that forbids copies, with an empty password, has its labels and figures`() async throws {
        let extractor = DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
        let document = try await extractor.extract(path: Fixture.path("Layouts/locked.pdf"), format: .pdf) { _, _ in }
        #expect(document.labels.label(of: 1) == "i")
        #expect(document.pages.flatMap(\.blocks).contains { $0.kind == .figure && $0.box != nil })
    }

    @Test func `a figure of a Word file can be seen, and only by its owner`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready("Layouts/figure.docx")
            let figures = try await stage.service.figures(document.id, user: stage.ann)
            #expect(figures.map(\.caption) == ["Figure 1: A red square"])
            let path = "/documents/\(document.id)/figures/1/picture"
            let picture = try await stage.client().get(path)
            #expect(picture.status == 200 && picture.headers["Content-Type"] == "image/png")
            #expect(picture.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(try await stage.client("ben").get(path).status == 404)
            #expect(try await stage.client().get("/documents/\(document.id)/figures/2/picture").status == 404)
        }
    }

    @Test func `the pages of a TIFF are shown one by one`() async throws {
        try await LibraryStage.with(.sqlite, languages: RecognitionLanguages()) { stage in
            let document = try await stage.ready("Layouts/kidney.tiff")
            for number in 1...2 {
                let picture = try await stage.client().get("/documents/\(document.id)/pages/\(number)/picture")
                #expect(picture.status == 200 && picture.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            }
            #expect(try await stage.client().get("/documents/\(document.id)/pages/3/picture").status == 404)
        }
    }
}
