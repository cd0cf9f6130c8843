import FoundationEssentials

/// Plain text in UTF-8 where no wall stands: cut at empty lines and no more, which needs no parser.
enum UnwalledText {
    /// nil if it is not well-formed.
    static func extract(_ bytes: [UInt8]) -> ExtractedDocument? {
        guard let text = String(validating: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self) else {
            return nil
        }
        var parts = PartBuilder()
        var lines: [Substring] = []
        let all: [Substring] = text.split(omittingEmptySubsequences: false) { $0.isNewline } + [""]
        for line in all {
            if !line.allSatisfy(\.isWhitespace) {
                lines.append(line)
            } else if !lines.isEmpty {
                parts.add(lines.joined(separator: "\n"))
                lines = []
            }
        }
        return ExtractedDocument(title: nil, isPaged: false, pages: parts.finish(), charset: "utf-8")
    }
}
