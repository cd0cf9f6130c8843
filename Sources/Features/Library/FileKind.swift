/// What a file is, told from its bytes; only among texts, which are all alike, does the name decide: `.md` means Markdown. A text that is
/// named as a file of another kind is refused: it is what a failed download leaves, not what its student believes to have.
struct FileKind: Equatable {
    /// How many bytes of each end are looked at.
    static let sampleSize = 1 << 16

    let format: DocumentFormat
    /// Of a text, where its ends tell it.
    let encoding: TextEncoding?

    /// nil if it is none that can be read. Blocks.
    /// - Parameter filename: as the browser gave it.
    /// - Throws: also if a text is named as a file of another kind, or it is of a kind that a student can make readable.
    init?(path: String, filename: String) throws(LibraryFailure) {
        let file = try FileWindow(path: path)
        let head = try file.read(at: 0, count: Self.sampleSize)
        if Self.isZip(head) {
            guard let directory = try ZipDirectory(of: file), let format = directory.format(head: head) else { return nil }
            self.init(format)
        } else if head.starts(with: CompoundFile.signature) {
            throw CompoundFile.refusal(
                head: head, tail: try file.read(at: max(0, file.size - Self.sampleSize), count: Self.sampleSize))
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
        if isZip(head) || head.starts(with: CompoundFile.signature) { return }
        guard let kind = FileKind(head: head, isWhole: false, tail: nil, filename: filename) else { throw .unknownType }
        try kind.refuseMisnamed(filename)
    }

    /// Endings of files that are never plain text.
    private static let binaryEndings: Set<String> = [
        "pdf", "docx", "doc", "odt", "pages", "epub", "pptx", "ppt", "odp", "key", "xlsx", "xls", "ods", "djvu", "zip", "7z",
        "gz", "png", "jpg", "jpeg", "gif", "webp", "heic", "tiff", "mp3", "m4a", "wav", "ogg", "flac", "mp4", "mov", "webm", "mkv",
    ]

    /// What a text is by its name.
    private static let textEndings: [String: DocumentFormat] = [
        "md": .markdown, "markdown": .markdown, "mkd": .markdown, "rmd": .markdown, "qmd": .markdown,
        "html": .html, "htm": .html, "xhtml": .html, "tex": .latex, "latex": .latex, "ltx": .latex, "csv": .csv, "tsv": .tsv,
        "tab": .tsv, "srt": .subrip, "vtt": .webvtt, "eml": .mail, "mht": .mail, "mhtml": .mail, "bib": .bibtex,
    ]

    private func refuseMisnamed(_ filename: String) throws(LibraryFailure) {
        guard format == .html || format == .markdown || format == .text else { return }
        if let ending = Self.ending(of: filename), Self.binaryEndings.contains(ending) {
            throw .misnamed(filename, ending: ending, isWebPage: format == .html)
        }
    }

    private static func ending(of filename: String) -> String? {
        filename.lastIndex(of: ".").map { filename[filename.index(after: $0)...].lowercased() }
    }

    private init?(head: [UInt8], isWhole: Bool, tail: [UInt8]?, filename: String) {
        // Readers accept a PDF whose header comes within the first KB.
        if head.prefix(1024).contains(sequence: "%PDF-") {
            self.init(.pdf)
            return
        }
        if let picture = PictureFile.format(head: head) {
            self.init(picture)
            return
        }
        if head.starts(with: Array("{\\rtf".utf8)) {
            self.init(.rtf)
            return
        }
        guard let start = TextEncoding.detect(head, isCut: !isWhole),
            let end = tail.map({ TextEncoding.detect($0, isTail: true, like: start) }) ?? start
        else { return nil }
        let opening = start.roughly(Array(head.prefix(4096))).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        // What is ASCII at its beginning may show only later that it is no UTF-8.
        self.init(Self.format(of: opening.prefix(2048).lowercased(), filename: filename), encoding: start == .utf8 ? end : start)
    }

    private init(_ format: DocumentFormat, encoding: TextEncoding? = nil) {
        self.format = format
        self.encoding = encoding
    }

    private static func isZip(_ head: [UInt8]) -> Bool { head.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    private static func format(of start: String, filename: String) -> DocumentFormat {
        let ending = ending(of: filename) ?? ""
        if start.hasPrefix("webvtt") { return .webvtt }
        if ending == "ipynb", start.hasPrefix("{") { return .notebook }
        if let named = textEndings[ending], named != .markdown, named != .html { return named }
        if looksLikeHTML(start) { return .html }
        if start.hasPrefix("\\documentclass") { return .latex }
        return textEndings[ending] ?? .text
    }

    private static func looksLikeHTML(_ start: String) -> Bool {
        if ["<!doctype html", "<html", "<head", "<body", "<title", "<meta "].contains(where: start.hasPrefix) { return true }
        guard start.hasPrefix("<?xml") || start.hasPrefix("<!--") else { return false }
        return start.contains("<html") || start.contains("<!doctype html")
    }
}

extension Collection<UInt8> {
    /// Whether the ASCII text occurs in it.
    func contains(sequence text: String) -> Bool { contains(bytes: Array(text.utf8)) }

    func contains(bytes needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        var start = startIndex
        while let found = self[start...].firstIndex(of: first) {
            if self[found...].starts(with: needle) { return true }
            start = index(after: found)
        }
        return false
    }
}
