/// The kinds of file that can be read. `FileKind` tells which one a file is.
package enum DocumentFormat: String, Sendable, CaseIterable {
    case pdf, docx, html, markdown, text

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .html: "text/html"
        case .markdown: "text/markdown"
        case .text: "text/plain"
        }
    }

    /// Without the dot.
    package var fileExtension: String {
        switch self {
        case .markdown: "md"
        case .text: "txt"
        case .pdf, .docx, .html: rawValue
        }
    }

    package init?(mediaType: String) {
        guard let format = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = format
    }

    /// For the sentence that refuses another kind.
    package static let accepted = "PDF, Word (.docx), HTML, Markdown and plain text"
}
