/// The kinds of file that can be read. Told from the bytes, never from the name: only among plain texts does `.md` mean Markdown.
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

    package init?(mediaType: String) {
        guard let format = Self.allCases.first(where: { $0.mediaType == mediaType }) else { return nil }
        self = format
    }

    /// For the sentence that refuses another kind.
    package static let accepted = "PDF, Word (.docx), HTML, Markdown and plain text"

    /// How many bytes of each end `detect` wants to see.
    package static let sampleSize = 1 << 16

    /// - Parameters:
    ///   - head: the first `sampleSize` bytes, or all.
    ///   - tail: the last `sampleSize` bytes, or all.
    ///   - filename: as the browser gave it.
    package static func detect(head: [UInt8], tail: [UInt8], filename: String) -> DocumentFormat? {
        // Readers accept a PDF whose header comes within the first KB.
        if head.prefix(1024).contains(sequence: "%PDF-") { return .pdf }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            // The central directory, which names every member, is at the end of a zip.
            return tail.contains(sequence: "word/document.xml") && tail.contains(sequence: "[Content_Types].xml") ? .docx : nil
        }
        guard let encoding = TextEncoding.detect(head), TextEncoding.detect(tail, isTail: true, like: encoding) != nil else {
            return nil
        }
        let start = encoding.decode(Array(head.prefix(4096))).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if looksLikeHTML(start.prefix(2048).lowercased()) { return .html }
        let name = filename.lowercased()
        return name.hasSuffix(".md") || name.hasSuffix(".markdown") ? .markdown : .text
    }

    private static func looksLikeHTML(_ start: String) -> Bool {
        if ["<!doctype html", "<html", "<head", "<body", "<title", "<meta "].contains(where: start.hasPrefix) { return true }
        guard start.hasPrefix("<?xml") || start.hasPrefix("<!--") else { return false }
        return start.contains("<html") || start.contains("<!doctype html")
    }
}

extension Collection<UInt8> {
    /// Whether the ASCII text occurs in it.
    func contains(sequence text: String) -> Bool {
        let needle = Array(text.utf8)
        guard let first = needle.first, count >= needle.count else { return false }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first) {
            if self[found...].starts(with: needle) { return true }
            start = index(after: found)
        }
        return false
    }
}
