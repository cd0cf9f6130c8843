import Ambient
import Database
import DatabaseTesting
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
@testable import Library
import Passages
import Testing

/// Scanned pages; see `Fixtures/Layouts/make.py`. Tesseract reads them in the sandbox.
@Suite(.timeLimit(.minutes(5)))
struct RecognitionTests {
    @Test(arguments: Dialect.allCases)
    func `a scanned page among others is read, found, and its words have places`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            let document = try await stage.ready("mixed.pdf", bytes: Fixture.bytes("Layouts/mixed.pdf"))
            #expect(document.status == .completed, "\(String(describing: document.problem))")
            #expect(document.notes.map(\.kind) == [.recognisedPages])
            #expect(document.notes.first?.pages == [.init(first: 2, last: 2)])
            let pages = try await stage.service.pages(document.id, offset: 0, limit: 10, user: stage.ann).pages
            #expect(pages[1].text.contains("Each kidney has about a million nephrons"))
            #expect(pages[2].text.isEmpty)
            let found = try await stage.service.search(
                "How many nephrons has each kidney?", mode: .hybrid, limit: 3, in: nil, user: stage.ann)
            #expect(found.first?.text.contains("million nephrons") == true)

            let words = try await stage.client().get("/documents/\(document.id)/pages/2/words")
            #expect(words.status == 200)
            let view = try words.json(WordsView.self)
            let word = try #require(view.lines.flatMap(\.words).first { $0.text.hasPrefix("nephrons") })
            // Its line is drawn at 220 of 1754 points from the top, and it begins after some 32 letters of 13 points.
            #expect(word.top > 98 && word.bottom < 128 && word.left > 200 && word.right < 400, "\(word)")
            #expect(abs(view.width - 595) < 2 && abs(view.height - 842) < 2)
            #expect(view.confidence ?? 0 > 80)
            #expect(try await stage.client().get("/documents/\(document.id)/pages/1/words").status == 404)
            #expect(try await stage.client("ben").get("/documents/\(document.id)/pages/2/words").status == 404)
        }
    }

    @Test(arguments: ["kidney.png", "kidney.tiff"])
    func `a picture is read, page by page`(name: String) async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready(name, bytes: Fixture.bytes("Layouts/\(name)"))
            #expect(document.status == .completed, "\(String(describing: document.problem))")
            #expect(document.format.isPicture)
            let pages = try await stage.service.pages(document.id, offset: 0, limit: 5, user: stage.ann).pages
            #expect(pages.count == (name == "kidney.tiff" ? 2 : 1))
            #expect(pages.last?.text.contains("about a million nephrons") == true)
            let words: WordsView = try await stage.client().get("/documents/\(document.id)/pages/\(pages.count)/words").json()
            #expect(words.width == 595)
            #expect(
                words.lines.flatMap(\.words).allSatisfy { $0.left >= 0 && $0.right <= words.width && $0.bottom <= words.height })
            let file = try await stage.client().get("/documents/\(document.id)/file")
            #expect(file.headers["Content-Type"] == document.format.mediaType)
        }
    }

    @Test func `a formula that cannot be made out is told and marked`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready("formula.pdf", bytes: Fixture.bytes("Layouts/formula.pdf"))
            #expect(document.notes.map(\.kind) == [.recognisedPages, .unreadRegions])
            #expect(document.notes.last?.message == "A formula or drawing on page 1 could not be read: it is marked there.")
            let page = try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ann).pages[0]
            let box = try #require(page.blocks.first { $0.kind == .figure }?.box)
            // It is drawn from 500 to 610 of 2339 points from the top, in the middle.
            #expect(box[1] > 160 && box[3] < 232 && box[0] > 150 && box[2] < 450 && box[2] - box[0] > 100, "\(box)")
        }
    }

    @Test func `a formula among lines of prose is told apart, code and tables are not`() {
        func line(_ text: String, _ row: Int, left: Double = 70, confidence: Int = 95) -> RecognisedPage.Line {
            var at = left
            let words = text.split(separator: " ").map { word in
                defer { at += Double(word.count + 1) * 6 }
                return RecognisedPage.Word(
                    text: String(word), box: [at, Double(row * 16), at + Double(word.count) * 6, Double(row * 16 + 10)],
                    confidence: confidence)
            }
            return RecognisedPage.Line(block: row, words: words)
        }
        let prose = (0..<8).map { line("The kidney filters the blood of the whole body", $0) }
        func found(_ text: String, confidence: Int = 95) -> Set<Int> {
            FormulaLine.all(in: prose + [line(text, 8, left: 200, confidence: confidence)])
        }
        for formula in ["a? + b? = c?", "f(x) = [ e~* dx", "E = mc2", "y = 2k + V"] {
            #expect(found(formula, confidence: formula.hasPrefix("y") ? 60 : 95) == [8], "\(formula)")
        }
        for text in ["n = 12", "The rate is given by x = a? here", "Why does the kidney work?", "p < 0.05"] {
            #expect(found(text).isEmpty, "\(text)")
        }
        let code = (8..<13).map { line("x[\($0)] = y[\($0)] * 2", $0) }
        #expect(FormulaLine.all(in: prose + prose + code).isEmpty)
        // In a row of a table others stand beside it.
        #expect(FormulaLine.all(in: prose + [line("x2 = 4", 8), line("x2 = 5", 8, left: 300)]).isEmpty)
        var page = RecognisedPage(width: 595, height: 842, language: "eng", lines: prose + [line("E = mc2", 8, left: 200)])
        #expect(page.laidOut.lines.last?.text == "[formula, read uncertainly: E = mc2]")
        #expect(page.unsureRegions.count == 1)
        page.lines[8] = line("f v8nl dx", 8, left: 200)
        page.unread = [[190, 120, 300, 150]]
        #expect(page.laidOut.lines.count == 8 && page.unsureRegions == page.unread)
    }

    @Test(arguments: ["png", "clear"])
    func `a picture's own unread parts are marked`(name: String) async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready("drawn-\(name).png", bytes: Fixture.bytes("Layouts/drawn-\(name).png"))
            #expect(document.notes.map(\.kind) == [.recognisedPages, .unreadRegions])
            let page = try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ann).pages[0]
            let box = try #require(page.blocks.first { $0.kind == .figure }?.box)
            // A ring from 300 to 500 of 1000 points across and from 330 to 480 down, on a page of 595.
            #expect(abs(box[0] - 178) < 12 && abs(box[2] - 298) < 12 && abs(box[1] - 196) < 12 && abs(box[3] - 286) < 12, "\(box)")
        }
    }

    @Test func `the language of a scan is found out`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready("niere.pdf", bytes: Fixture.bytes("Layouts/niere.pdf"))
            let text = try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ann).pages[0].text
            #expect(text.contains("zurück") && text.contains("für die Müdigkeit der Füße"), "\(text)")
        }
    }

    @Test func `a page that was scanned on its side is read`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready("side.pdf", bytes: Fixture.bytes("Layouts/side.pdf"))
            let text = try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ann).pages[0].text
            #expect(text.contains("about a million nephrons"), "\(text)")
        }
    }

    @Test func `text under wrong characters is read from its picture`() async throws {
        try await LibraryStage.with(.sqlite) { stage in
            let document = try await stage.ready("shifted.pdf", bytes: Fixture.bytes("Layouts/shifted.pdf"))
            #expect(document.status == .completed)
            let text = try await stage.service.pages(document.id, offset: 0, limit: 1, user: stage.ann).pages[0].text
            #expect(text.contains("dancers left the stage"), "\(text)")
            #expect(document.notes.map(\.kind) == [.recognisedPages])
        }
    }

    @Test func `text that only looks garbled is kept where the picture says the same`() {
        let words = ["GENE", "ACGT", "TTAG", "CCGA"]
        let seen = RecognisedPage(
            width: 100, height: 100, language: "eng",
            lines: [.init(block: 1, words: words.map { .init(text: $0, box: [0, 0, 10, 10], confidence: 90) })])
        for (layer, isKept) in [("GENE ACGT TTAG CCGA, 5 of 12", true), ("*(1( $&*7 77$* &&*$", false)] {
            let picture = PagePicture(reason: .garbled, width: 100, height: 100, layer: layer)
            let text = PictureText([(1, picture, seen)], pages: [ExtractedPage(number: 1, text: "", headings: [])])
            #expect(text.pages.map(\.text) == [isKept ? layer : "GENE ACGT TTAG CCGA"])
            #expect(text.notes(unsure: 50, figures: nil).map(\.kind) == (isKept ? [] : [.recognisedPages]))
        }
    }

    @Test func `without text recognition a document says which pages were not read, and one of such pages alone fails`()
        async throws
    {
        try await LibraryStage.with(.sqlite, languages: RecognitionLanguages(installed: [])) { stage in
            let mixed = try await stage.ready("mixed.pdf", bytes: Fixture.bytes("Layouts/mixed.pdf"))
            #expect(mixed.status == .completed)
            #expect(mixed.notes == [ReadingNote(.unreadPages, pages: [2])])
            #expect(mixed.notes.first?.message == "Page 2 is a picture whose words could not be read.")
            let scan = try await stage.ready("niere.pdf", bytes: Fixture.bytes("Layouts/niere.pdf"))
            #expect(scan.status == .failed)
            #expect(scan.problem?.code == "no_recognition")
            // It is installed, and the program starts anew.
            let later = try LibraryStage(
                database: stage.database, folder: stage.folder, embedder: stage.embedder, uploadLimit: 4 << 20)
            #expect(try await later.service.readUnreadPages() == 2)
            #expect(try await later.service.readUnreadPages() == 0)
            // What was read of it serves meanwhile.
            #expect(try await later.service.document(mixed.id, user: stage.ann).status == .completed)
            let words = try await later.service.pages(mixed.id, offset: 0, limit: 1, user: stage.ann).pages[0].text.split(
                separator: " ")
            let served = try await later.service.search(String(words[2]), mode: .keyword, limit: 1, in: nil, user: stage.ann)
            #expect(served.first?.documentID == mixed.id)
            try await later.worker.drain()
            #expect(try await later.service.readUnreadPages() == 0)
            let read = try await later.service.document(mixed.id, user: stage.ann)
            #expect(read.status == .completed && read.notes.map(\.kind) == [.recognisedPages])
            #expect(try await later.service.document(scan.id, user: stage.ann).status == .completed)
            let found = try await later.service.search("glomerulus", mode: .keyword, limit: 1, in: nil, user: stage.ann)
            #expect(found.first?.documentID == mixed.id && found.first?.page == 2)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `pages that are read are not read again`(_ dialect: Dialect) async throws {
        try await withDatabase(dialect, migrations: LibraryStage.migrations) { database in
            let store = PictureStore()
            let (document, user) = (try await Self.document(in: database), LibraryStage.annID)
            let picture = PagePicture(reason: .noText, width: 595, height: 842)
            let pages = (1...3).map { ExtractedPage(number: $0, text: "", headings: [], picture: $0 == 2 ? nil : picture) }
            let read = RecognisedPage(
                width: 595, height: 842, language: "eng",
                lines: [.init(block: 1, words: [.init(text: "Ärzte", box: [1, 2, 3.5, 4], confidence: 91)])])
            try await database.transaction(as: .system) { transaction in
                try await store.add(pages, of: document, user: user, in: transaction)
                try await store.save([(1, read)], of: document, in: transaction)
            }
            try await database.read(as: .system) { transaction in
                let count = try await store.count(of: document, in: transaction)
                #expect(count.total == 2 && count.done == 1)
                #expect(try await store.waiting(of: document, limit: 5, in: transaction).map(\.number) == [3])
                #expect(try await store.all(of: document, in: transaction).first?.page == read)
                #expect(try await store.result(1, of: document, user: user, in: transaction) == read)
                #expect(try await store.result(1, of: document, user: LibraryStage.benID, in: transaction) == nil)
                #expect(try await store.result(3, of: document, user: user, in: transaction) == nil)
            }
        }
    }

    private static func document(in database: any Database) async throws -> DocumentID {
        let notes = [ReadingNote(.attachments, names: ["a.docx"])]
        let document = Document(
            id: DocumentID(UUID()), userID: LibraryStage.annID, title: "Scan", isTitleChosen: false, filename: "scan.pdf",
            format: .pdf,
            size: 1, sha256: "00", status: .processing, progress: .init(.recognising), isPaged: true,
            revision: 0, createdAt: Date(timeIntervalSince1970: 0),
            updatedAt: Date(timeIntervalSince1970: 0))
        let found = try await database.transaction(as: .system) { transaction in
            _ = try await DocumentStore().insert(document, in: transaction)
            try await DocumentStore().setNotes(notes, of: document.id, now: document.updatedAt, in: transaction)
            return try await DocumentStore().find(document.id, in: transaction)
        }
        #expect(found?.notes == notes)
        return document.id
    }
}
