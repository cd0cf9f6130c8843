import Concurrency
import FoundationEssentials
import Manuscript
package import Sandbox

/// Reads a file's text. Everything is parsed by a program in the sandbox.
package struct DocumentExtractor: Sendable {
    /// What the sandbox must be allowed to run.
    package static let programs: Set<String> = [
        "pdfinfo", "pdftotext", "pdftohtml", "pdfimages", "pdfdetach", "qpdf", "pandoc", ManuscriptExtractor.program,
    ]

    /// The most that one of them needs.
    package static let needs = ManuscriptExtractor.limits

    /// Told how many pages of how many are read.
    package typealias Progress = @Sendable (_ done: Int, _ total: Int) async throws -> Void

    private let sandbox: Sandbox

    package init(sandbox: Sandbox) { self.sandbox = sandbox }

    /// - Throws: `ExtractionFailure` if the file is at fault; `SandboxFailure` or `LibraryFailure` if nothing can be read here, whatever the file; `CancellationError`.
    ///
    /// - Parameter works: what a LaTeX document cites, of the BibTeX files that it names.
    package func extract(
        path: String, format: DocumentFormat, citing works: LaTeXBibliography = LaTeXBibliography(), progress: @escaping Progress
    ) async throws -> ExtractedDocument {
        do {
            var document = try await read(path, format, works, progress)
            guard document.pages.contains(where: { $0.picture != nil || $0.text.contains { $0.isLetter || $0.isNumber } }) else {
                throw ExtractionFailure(.empty)
            }
            let size = try await BlockingPool.shared.run { try FileWindow(path: path).size }
            guard !Self.isInflated(document, fileSize: size) else { throw ExtractionFailure(.tooLarge) }
            document.title = document.title?.withoutNULs.singleLine
            if !(document.title.map(TellingTitle.isOne) ?? false) { document.title = document.heading }
            document.metadata.language = DocumentLanguage.of(document.pages, said: document.metadata.language)
            if document.metadata.doi == nil, format == .pdf, let first = document.pages.first {
                document.metadata.doi = DOI.ofPaper(firstPage: first.text)
            }
            return document
        } catch let failure as SandboxFailure {
            switch failure.reason {
            case .unavailable, .missing, .limited: throw failure
            case .memory, .processorTime, .wallClock, .output, .fileSize: throw ExtractionFailure(.tooLarge, underlying: failure)
            case .exited, .crashed: throw ExtractionFailure(.damaged, underlying: failure)
            }
        }
    }

    /// Whether a few bytes became megabytes of text, which nobody wrote: a row that is to be repeated two thousand million times. To make
    /// such a text searchable would take a worker for as long as a library.
    private static func isInflated(_ document: ExtractedDocument, fileSize: Int) -> Bool {
        let text = document.pages.reduce(0) { $0 + $1.text.utf8.count }
        return text > 2 << 20 && text / 100 > fileSize
    }

    /// The works of a BibTeX file; none where it cannot be read, which its own document says.
    func works(path: String) async throws -> LaTeXBibliography {
        do {
            let (_, text) = try await ManuscriptExtractor(sandbox: sandbox).decode(path: path, form: .bibtex)
            let copy = try await BlockingPool.shared.run { try ScratchText(text) }
            let csl = try await copy.use {
                try await PandocExtractor(sandbox: sandbox).run(path: $0, reader: "biblatex", writer: "csljson").bytes
            }
            return try await BlockingPool.shared.run { try LaTeXBibliography(csl: csl) }
        } catch is ExtractionFailure {
            return LaTeXBibliography()
        } catch is DecodingError {
            return LaTeXBibliography()
        } catch let failure as SandboxFailure {
            guard case .exited = failure.reason else { throw failure }
            return LaTeXBibliography()
        }
    }

    private func read(
        _ path: String, _ format: DocumentFormat, _ works: LaTeXBibliography, _ progress: @escaping Progress
    ) async throws -> ExtractedDocument {
        let reader = ManuscriptExtractor(sandbox: sandbox)
        switch format {
        case .pdf: return try await PDFExtractor(sandbox: sandbox).extract(path: path, progress: progress)
        case .docx: return try await reader.extract(path: path, form: .docx)
        case .pptx: return try await reader.extract(path: path, form: .pptx)
        case .xlsx: return try await reader.extract(path: path, form: .xlsx)
        case .odt: return try await reader.extract(path: path, form: .odt)
        case .odp: return try await reader.extract(path: path, form: .odp)
        case .ods: return try await reader.extract(path: path, form: .ods)
        case .epub: return try await reader.extract(path: path, form: .epub)
        case .png, .jpeg, .webp, .tiff: return try await BlockingPool.shared.run { try Self.picture(path) }
        case .csv, .tsv: return try await reader.extract(path: path, form: .csv)
        case .subrip, .webvtt: return try await reader.extract(path: path, form: .subtitles)
        case .mail: return try await reader.extract(path: path, form: .mail)
        case .html: return try await reader.extract(path: path, form: .html)
        case .text: return try await text(path)
        case .markdown: return try await markdown(path)
        case .latex: return try await LaTeXExtractor(sandbox: sandbox).extract(path: path, citing: works)
        case .notebook: return try await markup(path, reader: "ipynb")
        case .bibtex: return try await bibliography(path)
        case .rtf:
            var document = try await markup(path, reader: "rtf", form: .rtf)
            document.charset = nil
            return document
        }
    }

    /// A picture has pages to be read, and no text yet.
    private static func picture(_ path: String) throws -> ExtractedDocument {
        let count = try PictureFile.pageCount(FileWindow(path: path))
        let picture = PagePicture(reason: .noText, width: 0, height: 0)
        return ExtractedDocument(
            isPaged: count > 1,
            pages: (1...count).map { ExtractedPage(number: $0, text: "", headings: [], picture: picture) })
    }

    private func text(_ path: String) async throws -> ExtractedDocument {
        do {
            return try await ManuscriptExtractor(sandbox: sandbox).extract(path: path, form: .text)
        } catch let failure as SandboxFailure where failure.reason == .unavailable || failure.reason == .missing {
            let plain = try await BlockingPool.shared.run {
                let file = try FileWindow(path: path)
                return UnwalledText.extract(try file.read(at: 0, count: file.size))
            }
            guard let plain else { throw failure }
            return plain
        }
    }

    /// Formulas, footnotes and lists of many kinds; quotes and dashes stay as they are typed, or code would change.
    private static let markdownReader =
        "commonmark_x-smart-superscript-subscript-yaml_metadata_block"

    private func markdown(_ path: String) async throws -> ExtractedDocument {
        let (charset, text) = try await ManuscriptExtractor(sandbox: sandbox).decode(path: path, form: .markdown)
        let (matter, body) = try await BlockingPool.shared.run {
            let matter = FrontMatter(text)
            return (matter, try ScratchText(String(matter.body)))
        }
        var document = try await body.use {
            try await PandocExtractor(sandbox: sandbox).extract(path: $0, reader: Self.markdownReader)
        }
        document.charset = charset
        document.title = matter.title ?? document.title
        document.metadata =
            DocumentMetadata(
                authors: matter.authors, date: matter.date, language: matter.language, doi: matter.doi,
                address: nil
            ).completed(by: document.metadata)
        return document
    }

    /// One that pandoc takes for broken is shown as it is typed.
    private func bibliography(_ path: String) async throws -> ExtractedDocument {
        do {
            return try await markup(path, reader: "bibtex", form: .bibtex, arguments: ["--citeproc"])
        } catch let failure as SandboxFailure {
            guard case .exited = failure.reason else { throw failure }
            return try await text(path)
        }
    }

    /// pandoc reads UTF-8 alone.
    private func markup(
        _ path: String, reader: String, form: ReadingForm = .decode, arguments: [String] = []
    ) async throws -> ExtractedDocument {
        let (charset, text) = try await ManuscriptExtractor(sandbox: sandbox).decode(path: path, form: form)
        let copy = try await BlockingPool.shared.run { try ScratchText(text) }
        var document = try await copy.use {
            try await PandocExtractor(sandbox: sandbox).extract(path: $0, reader: reader, arguments: arguments)
        }
        document.charset = charset
        return document
    }
}
