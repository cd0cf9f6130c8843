/// The files that notes go out as.
package enum NoteFormat: String, Sendable, Codable, CaseIterable {
    case markdown = "md"
    case html, pdf, docx
    /// The concept map, drawn.
    case svg

    var mediaType: String {
        switch self {
        case .markdown: "text/markdown; charset=utf-8"
        case .html: "text/html; charset=utf-8"
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .svg: "image/svg+xml"
        }
    }
}
