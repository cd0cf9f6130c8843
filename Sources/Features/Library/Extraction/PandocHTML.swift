/// Prints pandoc's tree as HTML for `lm-read`, so that HTML which stands within Markdown is read as what it is, with the rest.
///
/// What HTML has no words for is told by marks of ours: `<lm-soft>` is a line's end in the source, `lm-note` holds a footnote where it is
/// called, `data-delimiter` is the sign around a list's numbers.
struct PandocHTML {
    private var out = ""
    /// Whether the source's ends of lines may mean something.
    private var keepsLines = true

    static func page(_ tree: PandocTree, keepsLines: Bool = true) -> String {
        var printer = PandocHTML()
        printer.keepsLines = keepsLines
        let language = tree.language.map { " lang=\"\(escaped($0))\"" } ?? ""
        printer.out = "<!DOCTYPE html><html\(language)><head><meta charset=\"utf-8\">"
        if let title = tree.title { printer.out += "<title>\(escaped(title))</title>" }
        let fields = tree.authors.map { ("author", Optional($0)) } + [("date", tree.date), ("citation_doi", tree.doi)]
        for (name, value) in fields {
            if let value { printer.out += "<meta name=\"\(name)\" content=\"\(escaped(value))\">" }
        }
        printer.out += "</head><body>"
        printer.blocks(tree.blocks)
        return printer.out + "</body></html>"
    }

    // MARK: - Blocks

    private mutating func blocks(_ blocks: [PandocBlock]) {
        for block in blocks { self.block(block) }
    }

    private mutating func block(_ block: PandocBlock) {
        switch block {
        case .plain(let inlines): self.inlines(inlines)
        case .paragraph(let inlines): wrap("p") { $0.inlines(inlines) }
        case .lines(let lines):
            wrap("p") { printer in
                for (index, line) in lines.enumerated() {
                    if index > 0 { printer.out += "<br>" }
                    printer.inlines(line)
                }
            }
        case .code(let code, let language):
            // The parser takes the first line's end after the tag for none of the text.
            out += "<pre\(language.map { " class=\"\(Self.escaped($0))\"" } ?? "")><code>\n\(Self.escaped(code))</code></pre>"
        case .raw(let format, let text): raw(format, text)
        case .heading(let level, let inlines): wrap("h\(min(max(level, 1), 6))") { $0.inlines(inlines) }
        case .quote(let blocks): wrap("blockquote") { $0.blocks(blocks) }
        case .group(let blocks, let classes):
            wrap("div", classes.isEmpty ? "" : " class=\"\(Self.escaped(classes.joined(separator: " ")))\"") { $0.blocks(blocks) }
        case .list(let items, let numbers):
            let attributes = numbers.map { " start=\"\($0.first)\" type=\"\($0.type)\" data-delimiter=\"\($0.delimiter)\"" } ?? ""
            wrap(numbers == nil ? "ul" : "ol", attributes) { printer in
                for item in items { printer.wrap("li") { $0.blocks(item) } }
            }
        case .definitions(let entries):
            wrap("dl") { printer in
                for entry in entries {
                    printer.wrap("dt") { $0.inlines(entry.term) }
                    for definition in entry.definitions { printer.wrap("dd") { $0.blocks(definition) } }
                }
            }
        case .table(let table): self.table(table)
        case .rule: out += "<hr>"
        case .nothing: break
        }
    }

    private mutating func table(_ table: PandocBlock.Table) {
        wrap("table") { printer in
            if !table.caption.isEmpty { printer.wrap("caption") { $0.blocks(table.caption) } }
            for (cell, rows) in [("th", table.head), ("td", table.rows)] {
                for row in rows {
                    printer.wrap("tr") { printer in
                        for each in row {
                            let spans = " rowspan=\"\(each.rowSpan)\" colspan=\"\(each.columnSpan)\""
                            printer.wrap(cell, spans) { $0.blocks(each.blocks) }
                        }
                    }
                }
            }
        }
    }

    // MARK: - Within a line

    private mutating func inlines(_ inlines: [PandocInline]) {
        for inline in inlines { self.inline(inline) }
    }

    private mutating func inline(_ inline: PandocInline) {
        switch inline {
        case .text(let text): words(text)
        case .space: out += " "
        case .softBreak: out += keepsLines ? "<lm-soft></lm-soft>" : " "
        case .lineBreak: out += "<br>"
        case .group(let inlines): self.inlines(inlines)
        case .raised(let inlines): wrap("sup") { $0.inlines(inlines) }
        case .lowered(let inlines): wrap("sub") { $0.inlines(inlines) }
        case .quoted(let inlines, let isSingle):
            out += isSingle ? "‘" : "“"
            self.inlines(inlines)
            out += isSingle ? "’" : "”"
        case .code(let code): out += "<code>\(Self.escaped(code))</code>"
        case .math(let tex, let isDisplayed):
            out += "<span class=\"math \(isDisplayed ? "display" : "inline")\">\(Self.escaped(tex))</span>"
        case .image(let alternative):
            var inner = PandocHTML()
            inner.inlines(alternative)
            out += "<img alt=\"\(inner.out.replacing("\"", with: "&quot;").replacing("<lm-soft></lm-soft>", with: " "))\">"
        case .raw(let format, let text): raw(format, text)
        case .note(let blocks): wrap("span", " class=\"lm-note\"") { $0.blocks(blocks) }
        case .nothing: break
        }
    }

    /// `x^2^` and `H~2~O`. pandoc's own reading of them would take `2^10 to 2^20` for one that holds three words.
    private mutating func words(_ text: String) {
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "^" || $0 == "~" }) {
            let mark = rest[open]
            let inner = rest[rest.index(after: open)...].prefix { $0 != mark }
            let isShifted = (1...20).contains(inner.count) && inner.endIndex < rest.endIndex && open > rest.startIndex
            out += Self.escaped(String(rest[..<open]))
            if isShifted {
                wrap(mark == "^" ? "sup" : "sub") { $0.out += Self.escaped(String(inner)) }
                rest = rest[rest.index(after: inner.endIndex)...]
            } else {
                out.append(mark)
                rest = rest[rest.index(after: open)...]
            }
        }
        out += Self.escaped(String(rest))
    }

    private mutating func raw(_ format: String, _ text: String) {
        if format.hasPrefix("html") { out += text }
    }

    private mutating func wrap(_ tag: String, _ attributes: String = "", _ body: (inout PandocHTML) -> Void) {
        out += "<\(tag)\(attributes)>"
        body(&self)
        out += "</\(tag)>"
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 }) else { return text }
        return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
