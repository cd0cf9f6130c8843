import Concurrency
import FoundationEssentials
import Manuscript
import Sandbox

/// PDF by poppler: `pdfinfo` for the frame, `pdftotext -bbox-layout` for lines in reading order, `pdftohtml -xml` for fonts and outline.
struct PDFExtractor {
    /// Pages that one run of a tool reads: enough to make its start cheap, few enough to bound its output.
    private static let batch = 50
    private static let mostPages = 10_000
    private static let inside = "document.pdf"

    let sandbox: Sandbox

    func extract(path: String, progress: @escaping DocumentExtractor.Progress) async throws -> ExtractedDocument {
        let info = try await information(path)
        guard info.pageCount > 0 else { throw ExtractionFailure(.damaged) }
        guard info.pageCount <= Self.mostPages else { throw ExtractionFailure(.tooLarge) }

        var pages: [PDFPage] = []
        var outline: [PDFOutlineEntry] = []
        var images: [PDFImage] = []
        var isBroken = false
        for first in stride(from: 1, through: info.pageCount, by: Self.batch) {
            let last = min(info.pageCount, first + Self.batch - 1)
            try await progress(first - 1, info.pageCount)
            let range = ["-f", "\(first)", "-l", "\(last)"]
            // A page that takes longer than this is made to.
            let seconds = 30 + 2 * (last - first + 1)
            async let boxes = run(
                "pdftotext", ["-bbox-layout", "-nodiag"] + range + [Self.inside, "-"], path: path, seconds: seconds)
            // Some publishers' files say that their text is not to be copied. The text of what a student has is read for the student
            // alone, as it is read to the blind; `pdftotext` reads it anyway.
            async let fonts = run(
                "pdftohtml", ["-q", "-nodrm", "-xml", "-i", "-stdout"] + range + [Self.inside], path: path, seconds: seconds)
            async let drawn = listing("pdfimages", ["-list"] + range + [Self.inside], path: path, seconds: seconds)
            let (told, styled) = (try await boxes, try await fonts.bytes)
            let boxed = told.bytes
            isBroken = isBroken || Self.speaksOfLoss(told.diagnostics)
            let (read, entries) = await BlockingPool.shared.run { Self.read(boxed, styled, count: last - first + 1) }
            pages += read
            images += PDFImage.list(try await drawn)
            if outline.isEmpty { outline = entries }
        }
        let attachments = PDFAttachments.names(try await listing("pdfdetach", ["-list", Self.inside], path: path))
        try await progress(info.pageCount, info.pageCount)

        let (laidOut, entries, shown) = (pages, outline, PDFPictures(images, pages: pages))
        let frame = try await frame(path, pages: laidOut, shown, isLocked: info.isLocked)
        let extracted = await BlockingPool.shared.run {
            var text = PDFText(pages: laidOut, outline: entries, drawn: frame.pages).extracted()
            for index in text.indices {
                guard var picture = shown.pages[index] else { continue }
                if picture.reason == .garbled {
                    picture.layer = text[index].text
                    text[index] = ExtractedPage(number: index + 1, text: "", headings: [])
                }
                text[index].picture = picture
            }
            return text
        }
        let firstHeading = extracted.prefix(2).flatMap(\.headings).filter { TellingTitle.isTelling(heading: $0.title) }
            .min { $0.level < $1.level }?.title
        var notes: [ReadingNote] = []
        if shown.count > 0 { notes.append(ReadingNote(.pictures, pages: shown.beside, count: shown.count)) }
        if isBroken { notes.append(ReadingNote(.parts, count: 1)) }
        let music = laidOut.indices.filter { laidOut[$0].hasMusic }
        if !music.isEmpty { notes.append(ReadingNote(.drawings, pages: music.map { $0 + 1 })) }
        if !attachments.isEmpty { notes.append(ReadingNote(.attachments, names: attachments)) }
        let told = DocumentMetadata(
            authors: frame.authors, date: frame.date, language: frame.language, doi: frame.doi, address: nil)
        var document = ExtractedDocument(
            title: [info.title, frame.title].compactMap { $0 }.first(where: TellingTitle.isOne), heading: firstHeading,
            metadata: told.completed(by: info.metadata), isPaged: true, pages: extracted, notes: notes)
        let runs = frame.labels.map { PageLabels.Run(page: $0.page, prefix: $0.prefix, style: $0.style, start: $0.start) }
        document.labels = PageLabels(runs, count: extracted.count)
        return document
    }

    /// Whether poppler tells of something that it did not read, and goes on all the same: a page that is not there, a text that cannot be
    /// unpacked. It grumbles about much else that costs nothing.
    private static func speaksOfLoss(_ diagnostics: String) -> Bool {
        let signs = [
            "Kid object", "in flate stream", "Weird page contents", "Failed to parse page", "Too few (", "Unexpected end of",
        ]
        return signs.contains(where: diagnostics.contains)
    }

    /// What the file says beside its text, and what is drawn on the pages that have a caption or a picture: no others are looked at.
    ///
    /// - Parameter isLocked: whether it is encrypted, with an empty password.
    private func frame(_ path: String, pages: [PDFPage], _ pictures: PDFPictures, isLocked: Bool) async throws -> PDFFrame {
        var wanted = pictures.beside
        for (index, page) in pages.enumerated() where page.lines.contains(where: { PDFCaption.mayBegin($0.text) }) {
            wanted.insert(index + 1)
        }
        let list = wanted.sorted().map(String.init).joined(separator: " ")
        let choice = try await BlockingPool.shared.run { try ScratchText(list) }
        return try await choice.use { choice in
            do {
                guard isLocked else { return try await frame(path, wanted: choice) }
                let open = try await run("qpdf", ["--decrypt", Self.inside, "-"], path: path).bytes
                let copy = try await BlockingPool.shared.run { try ScratchText(bytes: open) }
                return try await copy.use { try await frame($0, wanted: choice) }
            } catch let failure as SandboxFailure {
                switch failure.reason {
                case .unavailable, .missing, .limited: throw failure
                default: return PDFFrame()
                }
            } catch is ExtractionFailure {
                // The text is there without it.
                return PDFFrame()
            }
        }
    }

    private func frame(_ path: String, wanted: String) async throws -> PDFFrame {
        let told = try await ManuscriptExtractor(sandbox: sandbox).run(path: path, form: .pdf, wanted: wanted)
        return try JSONDecoder().decode(PDFFrame.self, from: Data(told))
    }

    /// What a tool lists, or nothing where it fails: no reason to leave the text unread.
    private func listing(_ program: String, _ arguments: [String], path: String, seconds: Int = 30) async throws -> String {
        do {
            return try await run(program, arguments, path: path, seconds: seconds).text
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .unavailable, .missing, .limited: throw failure
            default: return ""
            }
        }
    }

    /// What both tools say of `count` pages.
    private static func read(_ boxes: [UInt8], _ fonts: [UInt8], count: Int) -> ([PDFPage], [PDFOutlineEntry]) {
        var pages = PDFLayout.pages(fromBoundingBoxes: boxes)
        let (runs, outline) = PDFLayout.runs(fromXML: fonts)
        // A page that the tool passed over still counts, or all later page numbers would be wrong.
        while pages.count < count { pages.append(PDFPage(width: 0, height: 0, lines: [])) }
        for index in pages.indices {
            var runs = index < runs.count ? runs[index] : []
            MusicSigns.remove(from: &pages[index], runs: &runs)
            PDFLayout.apply(runs, to: &pages[index])
            pages[index] = PDFArrangement.arranged(pages[index], runs: runs)
        }
        return (Array(pages.prefix(count)), outline)
    }

    private struct Information {
        var pageCount = 0
        var title: String?
        var metadata = DocumentMetadata()
        var isLocked = false
    }

    private func information(_ path: String) async throws -> Information {
        let output: Sandbox.Output
        do {
            output = try await run("pdfinfo", ["-enc", "UTF-8", "-isodates", Self.inside], path: path)
        } catch let failure as SandboxFailure {
            guard case .exited = failure.reason else { throw failure }
            throw ExtractionFailure(
                failure.diagnostics.contains("ncorrect password") ? .encrypted : .damaged, underlying: failure)
        }
        var information = Information()
        var (authors, date): ([String], String?) = ([], nil)
        for line in output.text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingSpaces()
            switch line[..<colon] {
            case "Pages": information.pageCount = Int(value) ?? 0
            case "Encrypted": information.isLocked = value.hasPrefix("yes")
            case "Title": information.title = value
            case "Author": authors.append(value)
            case "CreationDate": date = value
            default: break
            }
        }
        information.metadata = DocumentMetadata(authors: authors, date: date, language: nil, doi: nil, address: nil)
        return information
    }

    private func run(_ program: String, _ arguments: [String], path: String, seconds: Int = 30) async throws -> Sandbox.Output {
        var limits = SandboxLimits(
            memory: 1 << 30, processorSeconds: seconds, wallClock: .seconds(2 * seconds), output: 128 << 20)
        limits.processes = 2  // bubblewrap's and the tool's: poppler starts none
        return try await sandbox.run(SandboxCommand(program, arguments, limits: limits).reading(path, as: Self.inside))
    }
}
