/// Markdown as its writer meant it: code that stands there without a fence gets one, or its comments would be headings and its stars and
/// angle brackets marks.
enum MarkdownSource {
    static func prepared(_ text: String) -> String {
        let lines = text.normalisedLineEnds.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.contains(where: mayBeCode) else { return text.normalisedLineEnds }
        var out: [Substring] = []
        var paragraph: [Substring] = []
        var fence: Substring?
        func close() {
            let isCode = !paragraph.isEmpty && !startsBlock(paragraph[0]) && CodeLines.isCode(paragraph.map(String.init))
            if isCode { out.append("```") }
            out += paragraph
            if isCode { out.append("```") }
            paragraph = []
        }
        for line in lines {
            let mark = line.drop { $0 == " " }.prefix { $0 == "`" || $0 == "~" }
            if let open = fence {
                out.append(line)
                if mark.count >= open.count, mark.first == open.first,
                    line.drop(while: { $0 == " " }).dropFirst(mark.count).allSatisfy(\.isWhitespace)
                {
                    fence = nil
                }
            } else if mark.count >= 3 {
                close()
                fence = mark
                out.append(line)
            } else if line.allSatisfy(\.isWhitespace) {
                close()
                out.append(line)
            } else {
                paragraph.append(line)
            }
        }
        close()
        return out.joined(separator: "\n")
    }

    private static func mayBeCode(_ line: Substring) -> Bool {
        line.hasSuffix(";") || line.hasSuffix("{") || line.hasSuffix(":") || line.contains("(") || line.contains("=")
    }

    /// What Markdown has a mark for already: lists, quotes, tables, HTML, and code that is indented.
    private static func startsBlock(_ line: Substring) -> Bool {
        if line.hasPrefix("    ") || line.hasPrefix("\t") { return true }
        let text = line.drop { $0 == " " }
        guard let first = text.first else { return false }
        if ">|<$[".contains(first) { return true }
        if "-*+".contains(first), text.dropFirst().first == " " { return true }
        let digits = text.prefix { $0.isNumber }
        return !digits.isEmpty && [".", ")"].contains(text.dropFirst(digits.count).first)
    }
}
