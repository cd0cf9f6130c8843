/// Markdown as its writer meant it: code that stands there without a fence gets one, or its comments would be headings and its stars and
/// angle brackets marks.
enum MarkdownSource {
    static func prepared(_ text: String) -> String {
        let lines = text.normalisedLineEnds.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.contains(where: { mayBeCode($0) || mayBeRow($0) || $0.contains("\\begin{") }) else {
            return text.normalisedLineEnds
        }
        var out: [Substring] = []
        var paragraph: [Substring] = []
        var fence: Substring?
        func close() {
            defer { paragraph = [] }
            if let formula = formula(paragraph) {
                out.append(formula[...])
                return
            }
            guard let first = paragraph.first, !startsBlock(first) else {
                out += paragraph
                return
            }
            let typed = paragraph.map(String.init)
            if CodeLines.isCode(typed) {
                out.append("```")
                out += paragraph
                out.append("```")
            } else if !paragraph.contains(where: { startsBlock($0) || $0.hasPrefix("#") || $0.contains("|") }),
                let table = TypedTable(typed)
            {
                out.append(Self.marked(table)[...])
            } else {
                out += paragraph
            }
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

    /// An equation of LaTeX that stands without dollars.
    private static func formula(_ lines: [Substring]) -> String? {
        let text = lines.joined(separator: "\n").trimmingSpaces()
        let kinds: [String: String?] = [
            "equation": nil, "align": "aligned", "gather": "gathered", "eqnarray": "aligned", "multline": "gathered",
        ]
        for (name, inner) in kinds {
            for name in [name, name + "*"] {
                let (open, close) = ("\\begin{\(name)}", "\\end{\(name)}")
                guard text.hasPrefix(open), text.hasSuffix(close) else { continue }
                let body = text.dropFirst(open.count).dropLast(close.count).trimmingSpaces()
                return "$$\n" + (inner.map { "\\begin{\($0)}\n\(body)\n\\end{\($0)}" } ?? body) + "\n$$"
            }
        }
        return nil
    }

    /// A table with the marks of one. One without a head takes those of HTML: Markdown knows none such.
    private static func marked(_ table: TypedTable) -> String {
        func line(_ row: [TableCell]) -> String { "| " + row.map { $0.escaped().text }.joined(separator: " | ") + " |" }
        guard table.headRows == 1, let head = table.rows.first else {
            let rows = table.rows.map { row in "<tr>" + row.map { "<td>\($0.text.inMarkup)</td>" }.joined() + "</tr>" }
            return "\n<table>\n\(rows.joined(separator: "\n"))\n</table>\n"
        }
        let rule = "|" + String(repeating: "---|", count: head.count)
        return (["", line(head), rule] + table.rows.dropFirst().map(line) + [""]).joined(separator: "\n")
    }

    private static func mayBeRow(_ line: Substring) -> Bool {
        line.contains("\t") || line.contains("  ") || line.count { $0 == ":" } > 1 || line.count { $0 == ";" || $0 == "," } > 1
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

extension String {
    fileprivate var inMarkup: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
