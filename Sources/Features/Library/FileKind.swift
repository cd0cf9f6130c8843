/// What a file is, told from its bytes, never from its name: only among plain texts does `.md` mean Markdown. A text that is named as a
/// file of another kind is refused: it is what a failed download leaves, not what its student believes to have.
struct FileKind: Equatable {
    /// How many bytes of each end are looked at.
    static let sampleSize = 1 << 16

    let format: DocumentFormat
    /// Of a text, as its ends tell it.
    let encoding: TextEncoding?

    /// nil if it is none that can be read. Blocks.
    /// - Parameter filename: as the browser gave it.
    /// - Throws: also if a text is named as a file of another kind.
    init?(path: String, filename: String) throws(LibraryFailure) {
        let file = try FileWindow(path: path)
        let head = try file.read(at: 0, count: Self.sampleSize)
        if Self.isZip(head) {
            guard let directory = try ZipDirectory(of: file), directory.isWordDocument else { return nil }
            self.init(.docx)
        } else if file.size == head.count {
            self.init(head: head, isWhole: true, tail: nil, filename: filename)
            try refuseMisnamed(filename)
        } else {
            let tail = try file.read(at: file.size - Self.sampleSize, count: Self.sampleSize)
            self.init(head: head, isWhole: false, tail: tail, filename: filename)
            try refuseMisnamed(filename)
        }
    }

    /// Refuses what the beginning alone rules out. A zip tells what it is at its end.
    static func screen(head: [UInt8], filename: String) throws(LibraryFailure) {
        if isZip(head) { return }
        guard let kind = FileKind(head: head, isWhole: false, tail: nil, filename: filename) else { throw .unknownType }
        try kind.refuseMisnamed(filename)
    }

    /// Endings of files that are never plain text.
    private static let binaryEndings: Set<String> = [
        "pdf", "docx", "doc", "odt", "pages", "epub", "pptx", "ppt", "odp", "key", "xlsx", "xls", "ods", "djvu", "zip", "7z",
        "gz", "png", "jpg", "jpeg", "gif", "webp", "heic", "tiff", "mp3", "m4a", "wav", "ogg", "flac", "mp4", "mov", "webm", "mkv",
    ]

    private func refuseMisnamed(_ filename: String) throws(LibraryFailure) {
        guard format == .html || format == .markdown || format == .text, let dot = filename.lastIndex(of: ".") else { return }
        let ending = filename[filename.index(after: dot)...].lowercased()
        if Self.binaryEndings.contains(ending) { throw .misnamed(filename, ending: ending, isWebPage: format == .html) }
    }

    private init?(head: [UInt8], isWhole: Bool, tail: [UInt8]?, filename: String) {
        // Readers accept a PDF whose header comes within the first KB.
        if head.prefix(1024).contains(sequence: "%PDF-") {
            self.init(.pdf)
            return
        }
        guard let start = TextEncoding.detect(head, isCut: !isWhole),
            let end = tail.map({ TextEncoding.detect($0, isTail: true, like: start) }) ?? start
        else { return nil }
        let opening = start.decode(Array(head.prefix(4096))).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let name = filename.lowercased()
        let isMarkdown = name.hasSuffix(".md") || name.hasSuffix(".markdown")
        // What is ASCII at its beginning may show only later that it is no UTF-8.
        self.init(
            Self.looksLikeHTML(opening.prefix(2048).lowercased()) ? .html : isMarkdown ? .markdown : .text,
            encoding: start == .utf8 ? end : start)
    }

    private init(_ format: DocumentFormat, encoding: TextEncoding? = nil) {
        self.format = format
        self.encoding = encoding
    }

    private static func isZip(_ head: [UInt8]) -> Bool { head.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

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
