/// The kinds of file that can be read. `FileKind` tells which one a file is.
package enum DocumentFormat: String, Sendable, CaseIterable {
    case pdf, docx, pptx, xlsx, odt, odp, ods, epub, html, markdown, latex, notebook, rtf, csv, tsv, subrip, webvtt, mail, bibtex,
        text
    /// Pictures, whose words text recognition reads.
    case png, jpeg, webp, tiff

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .epub: "application/epub+zip"
        case .html: "text/html"
        case .markdown: "text/markdown"
        case .latex: "application/x-tex"
        case .notebook: "application/x-ipynb+json"
        case .rtf: "application/rtf"
        case .csv: "text/csv"
        case .tsv: "text/tab-separated-values"
        case .subrip: "application/x-subrip"
        case .webvtt: "text/vtt"
        case .mail: "message/rfc822"
        case .bibtex: "application/x-bibtex"
        case .text: "text/plain"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .webp: "image/webp"
        case .tiff: "image/tiff"
        }
    }

    /// Without the dot.
    package var fileExtension: String {
        switch self {
        case .markdown: "md"
        case .latex: "tex"
        case .notebook: "ipynb"
        case .subrip: "srt"
        case .webvtt: "vtt"
        case .mail: "eml"
        case .bibtex: "bib"
        case .text: "txt"
        case .pdf, .docx, .pptx, .xlsx, .odt, .odp, .ods, .epub, .html, .rtf, .csv, .tsv, .png, .webp, .tiff: rawValue
        case .jpeg: "jpg"
        }
    }

    /// Whether its bytes are characters, so that a character set is told with them.
    package var isText: Bool {
        switch self {
        case .html, .markdown, .latex, .notebook, .csv, .tsv, .subrip, .webvtt, .bibtex, .text: true
        case .pdf, .docx, .pptx, .xlsx, .odt, .odp, .ods, .epub, .rtf, .mail, .png, .jpeg, .webp, .tiff: false
        }
    }

    /// Whether it is a picture.
    package var isPicture: Bool { [.png, .jpeg, .webp, .tiff].contains(self) }

    package init?(mediaType: String) {
        guard let format = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = format
    }

    /// For the sentence that refuses another kind.
    package static let accepted =
        "PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, web pages, Markdown, LaTeX, notebooks, RTF, tables (CSV), subtitles, mail, "
        + "BibTeX, plain text and pictures (PNG, JPEG, WebP, TIFF)"
}
