@testable import Library
import Sandbox
import Testing

/// Pages that are laid out in ways that readers of PDFs get wrong; see `Fixtures/Layouts`.
@Suite(.timeLimit(.minutes(3)))
struct PDFLayoutTests {
    func extract(_ name: String) async throws -> ExtractedDocument {
        try await DocumentExtractor(sandbox: Sandbox(programs: DocumentExtractor.programs))
            .extract(path: Fixture.path("Layouts/\(name).pdf"), format: .pdf) { _, _ in }
    }

    func text(_ name: String) async throws -> String { try await extract(name).pages.map(\.text).joined(separator: "\n\n") }

    @Test func `first lines that differ in figures stay`() async throws {
        let pages = try await extract("lab").pages
        #expect(pages.map { $0.text.hasPrefix("Sample 10\($0.number): haemoglobin") } == [true, true, true, true])
        #expect(pages[1].text.contains("haemoglobin 9.8"))
    }

    @Test func `a page of one line keeps it`() async throws {
        let pages = try await extract("vouchers").pages
        #expect(pages.map(\.text)[2] == "Voucher 1002 is worth 12 pounds.")
    }

    @Test func `a page of figures alone is text`() async throws {
        let text = try await text("figures")
        #expect(text.contains("2 | 317.50"))
    }

    @Test(arguments: [
        (
            "table",
            "Reservoir | Capacity (million litres) | Depth (m) | Year opened\nAshford | 1,250 | 18 | 1931\nBrinley | 3,480 | 42 | 1957"
        ),
        ("planets", "Planet | Diameter (km) | Moons | Found by\nMercury | 4,879 | 0 | the ancients"),
        ("planets", "\nNeptune | 49,244 | 16 | Galle and d'Arrest, after Le Verrier"),
        (
            "enzymes",
            "\nPepsin | stomach | Splits proteins into shorter chains at the acid pH of the stomach\nLipase | pancreas | Splits fats"
        ),
        ("words", "German | English\nder Hund | dog\ndie Katze | cat"),
        ("twocolumns", "Group | Size | Mean\nControl | 24 | 3.1\nTreated | 26 | 4.7\nWashed | 25 | 3.3"),
    ])
    func `a row of a table stays a row`(name: String, rows: String) async throws {
        let text = try await text(name)
        #expect(text.contains(rows), "\(text)")
        let page = try #require(try await extract(name).pages.first)
        let block = try #require(page.blocks.first)
        let written = Array(page.text.unicodeScalars)[block.start..<block.end].split(separator: "\n")
        #expect(block.kind == .table && block.headRows == 1)
        #expect(written.count >= 4 && written.allSatisfy { $0.contains("|") })
    }

    @Test func `text in columns is no table`() async throws {
        let (index, slide, columns) = (try await text("index"), try await text("slide"), try await text("twocolumns"))
        #expect(!index.contains(" | "))
        #expect(!slide.contains(" | "))
        #expect(columns.split(separator: "\n").filter { $0.contains(" | ") }.count == 4)
    }

    @Test(arguments: [
        ("he", "הכבד מסנן את הדם ומייצר מרה."), ("hebrew", "הלב מזרים את הדם (ראו איור 12) אל כל חלקי הגוף."),
        ("hebrew", "ו-William Harvey תיאר את מחזור הדם בשנת 1628."),
        ("arabic", "القلب يضخ الدم إلى جميع أجزاء الجسم (انظر الشكل 12). يحتوي الإنسان على حوالي 5.5 لترات من الدم"),
    ])
    func `text that runs from right to left is read so`(name: String, sentence: String) async throws {
        let text = try await text(name)
        #expect(text.contains(sentence), "\(text)")
    }

    @Test func `text that was drawn twice is read once`() async throws {
        let text = try await text("bold")
        #expect(text.hasPrefix("The anterior cruciate ligament stops the shin from sliding forward."))
    }

    @Test(arguments: ["stamped", "paper", "axis"])
    func `writing across or up the page is no heading and no title, and is kept whole`(name: String) async throws {
        let document = try await extract(name)
        let page = try #require(document.pages.first)
        let aside =
            ["stamped": "DRAFT COPY", "paper": "arXiv:2101.09999v2 [cs.CL] 12 Mar 2021", "axis": "January sales"][name] ?? ""
        #expect(page.text.hasSuffix(aside), "\(page.text)")
        #expect(document.title?.contains(aside) != true)
        #expect(!page.headings.contains { $0.title.contains(aside) || $0.title.count < 3 })
        if name == "paper" { #expect(document.title == "Finding Passages with Two Small Encoders") }
        if name == "axis" { #expect(page.text.contains("\n\nAccuracy (%)\n\n")) }
    }

    @Test func `a page whose text stands on its side is read upright`() async throws {
        let text = try await text("rot")
        #expect(text == "This table was turned by ninety degrees. It says that the crater is 800 metres wide.")
    }

    @Test func `exponents and marks of footnotes are told from figures`() async throws {
        let text = try await text("exponents")
        for part in [
            "6.022 × 10²³ per mole", "3 × 10⁻¹¹ g", "πr²", "water is H2O", "xⁿ⁺¹ grows", "a note.⁴", "e^kt is", "the 4th of",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test func `numbers of lines do not stand in sentences`() async throws {
        let text = try await text("manuscript")
        #expect(
            text.contains(
                "blood through the body. It beats some seventy times in a minute, day and night, and drives five litres"))
    }

    @Test func `words at ends of lines are joined, and keep hyphens of their own`() async throws {
        let text = try await text("draft")
        for part in [
            "keeps the well-known rule of long-term effects, while consequence and development lose theirs.",
            "In 1914–1918 the front",
            "https://example.org/a-very-long-path for", "The pre- and post-test scores", "X-rays were", "Jean-Paul cells and/or of",
            "their fullness, which was higher in all",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test func `the words after slanted writing are there, and the writing of every page is none of the text`() async throws {
        let pages = try await extract("draft").pages
        #expect(pages.map { String($0.text.prefix(14)) } == ["Hyphenation ke", "Reed is cut in"])
        #expect(!pages.contains { $0.text.contains("DRAFT") })
    }

    @Test func `a table that lies on its side stands below its name`() async throws {
        let text = try await text("lying")
        #expect(text.hasPrefix("Table 4: Lead along the river\n\nStation | Depth (m) | Lead (mg/l)\nWeir | 2.4 | 3.2"), "\(text)")
    }

    @Test func `program code keeps its lines`() async throws {
        let text = try await text("program")
        #expect(
            text.contains(
                "int a = 5;      // the first\nfor (int i = 0; i < n; i++) {\n    sum += a * i;\n}"))
    }

    @Test func `text under wrong characters is left out, and its page is to be read from its picture`() async throws {
        let page = try #require(try await extract("shifted").pages.first)
        #expect(page.text.isEmpty)
        #expect(page.picture?.reason == .garbled)
    }

    @Test func `garbled text is told from abbreviations, code and other languages`() {
        let sound = [
            "The methylphenidate hydrochloride was dissolved in trifluoromethyl sulfoxide; phosphoenolpyruvate carboxykinase was absent.",
            "for (int i = 0; i < n; i++) { ptr = malloc(sizeof(struct node)); memcpy(dst, src, len); strncpy(buf, str, 16); printf(fmt); }",
            "Wszystkie przedsiębiorstwa mogą korzystać z pomocy publicznej zgodnie z przepisami. Szczęście przychodzi niespodziewanie.",
            "Genir pawb yn rhydd ac yn gydradd â'i gilydd mewn urddas a hawliau. Fe'u cynysgaeddir â rheswm a chydwybod, a dylai pawb",
            "DNA RNA mRNA ATP NADPH FADH2 cAMP HPLC HTTP HTTPS SQL JSON XML HTML CSS TCP UDP POSIX UTF8 ASCII GNSS GLONASS BTRFS NTFS",
            "Фотосинтез — это процесс, при котором растения производят глюкозу из углекислого газа и воды под действием света.",
        ]
        for text in sound { #expect(!GarbledText.isOne([text]), "\(text)") }
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        for shift in [2, 3, 5, 9, 12, 18] {
            let shifted = String(
                "the dancers left the stage before the curtain fell and nobody in the hall had seen the ghost that evening".map {
                    letter in
                    letters.firstIndex(of: letter).map { letters[($0 + shift) % 26] } ?? letter
                })
            #expect(GarbledText.isOne([shifted]), "\(shifted)")
        }
        #expect(GarbledText.isOne([String(repeating: "\u{E041}\u{E042} ", count: 30)]))
    }

    @Test func `pages without text, and what is beside it, are told`() async throws {
        let document = try await extract("mixed")
        #expect(document.pages.map { $0.picture?.reason } == [nil, .noText, .noText])
        #expect(PDFAttachments.names("2 embedded files\n1: notes.docx\n2: a: b.pdf\n") == ["notes.docx", "a: b.pdf"])
        #expect(PDFAttachments.names("0 embedded files\n").isEmpty)
        let listed = PDFImage.list(
            """
            page   num  type   width height color comp bpc  enc interp  object ID x-ppi y-ppi size ratio
            --------------------------------------------------------------------------------------------
               1     0 image    1240  1754  gray    1   8  jpeg   no        12  0   150   150  112K 5.3%
               1     1 smask     640   480  gray    1   8  image  no        13  0    72    72  8.0K 2.6%
               2     2 image     100   200  rgb     3   8  image  no   [inline]     100   100   59K 100%
            """)
        #expect(listed.map(\.page) == [1, 2])
        #expect(listed.map(\.object) == [12, -1])
        #expect(listed.last?.area == 2)
    }

    @Test func `notes of music are no words`() {
        let xml = """
            <pdf2xml><page number="1"><fontspec id="0" size="30" family="UZONGY+Emmentaler-20"/><fontspec id="1" size="16" family="C059"/>
            <text top="150" left="150" width="60" height="45" font="0">h h</text>
            <text top="165" left="300" width="60" height="16" font="1">h minor</text></page></pdf2xml>
            """
        var runs = PDFLayout.runs(fromXML: Array(xml.utf8)).pages[0]
        func word(_ text: String, _ left: Double, _ right: Double, top: Double, bottom: Double) -> PDFWord {
            PDFWord(text: text, box: PDFBox(left: left, top: top, right: right, bottom: bottom))
        }
        let notes = [word("h", 100, 108, top: 100, bottom: 130), word("h", 132, 140, top: 100, bottom: 130)]
        // As one tool has it where the other has two.
        let chord = [word("hh", 101, 130, top: 98, bottom: 128)]
        let words = [word("h", 200, 208, top: 110, bottom: 120), word("minor", 212, 240, top: 110, bottom: 120)]
        var page = PDFPage(width: 600, height: 800, lines: [notes + words, chord].compactMap { PDFLine($0, block: 1) })
        MusicSigns.remove(from: &page, runs: &runs)
        #expect(page.hasMusic && runs.count == 1)
        #expect(page.lines.map { $0.words.map(\.text) } == [["h", "minor"]])
    }
}
