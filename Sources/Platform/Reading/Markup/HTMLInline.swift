import Manuscript

/// What stands within a line of a page: words, raised and lowered text, readings, formulas, breaks.
struct HTMLInline {
    private let walker: HTMLWalker

    init(_ walker: HTMLWalker) { self.walker = walker }

    private static let blockNames: Set<String> = [
        "p", "div", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "dl",
        "figure", "hr",
        "details", "main", "aside",
    ]

    /// Whether an element of a line, such as a link, holds paragraphs.
    static func holdsBlocks(_ node: Node) -> Bool {
        var found = false
        node.visit { child in
            if blockNames.contains(child.name) { found = true }
            return !found && child.name != "math" && child.name != "svg"
        }
        return found
    }

    func addChildren(of node: Node, to inline: inout InlineText) {
        for child in node.children { add(child, to: &inline) }
    }

    func add(_ node: Node, to inline: inout InlineText) {
        if node.isText { return addText(node.content, to: &inline) }
        if walker.isLeftOut(node) { return }
        switch node.name {
        case "br": inline.addBreak()
        case "lm-soft": inline.addSoftBreak()
        case "wbr": break
        case "sup", "sub": addShifted(node, to: &inline)
        case "ruby": addRuby(node, to: &inline)
        case "math":
            if let tex = MathML.tex(node) { inline.addFormula(tex, isDisplayed: node["display"] == "block") }
        case "script":
            inline.addFormula(node.text, isDisplayed: node["type"]?.contains("mode=display") ?? false)
        case "img":
            walker.builder.leaveOut(.picture)
            // Words that stand for a picture are read to the blind as well.
            let words = (node["alt"] ?? "").singleLine
            if words.contains(" ") { inline.addCollapsing(words) }
        case "code", "kbd", "samp", "tt", "var": inline.add(HTMLWalker.verbatim(node).replacing("\n", with: " "))
        case "q":
            inline.addCollapsing("“")
            addChildren(of: node, to: &inline)
            inline.addCollapsing("”")
        case "a":
            if let note = walker.note(of: node) {
                inline.notes.append(note)
            } else if node["role"] != "doc-backlink", node["class"]?.contains("footnote-back") != true {
                addChildren(of: node, to: &inline)
            }
        case "span" where node["class"] == "lm-note": inline.notes.append(node)
        case "span" where node["class"]?.hasPrefix("math ") ?? false: addMarkedFormula(node, to: &inline)
        case "td", "th":
            inline.addCollapsing(" ")
            addChildren(of: node, to: &inline)
        case _ where Self.blockNames.contains(node.name) || node.name == "li":
            if !inline.isBlank { inline.addBreak() }
            addChildren(of: node, to: &inline)
            if !inline.isBlank { inline.addBreak() }
        default: addChildren(of: node, to: &inline)
        }
    }

    /// Formulas of MathJax stand in text between `\(` and `\)`, or `\[` and `\]`.
    private func addText(_ text: String, to inline: inout InlineText) {
        var rest = text[...]
        while let start = rest.firstRange(of: "\\(") ?? rest.firstRange(of: "\\[") {
            let isDisplayed = rest[start] == "\\["
            guard let end = rest[start.upperBound...].firstRange(of: isDisplayed ? "\\]" : "\\)") else { break }
            inline.addCollapsing(String(rest[..<start.lowerBound]))
            inline.addFormula(String(rest[start.upperBound..<end.lowerBound]), isDisplayed: isDisplayed)
            rest = rest[end.upperBound...]
        }
        inline.addCollapsing(String(rest))
    }

    /// pandoc writes `<span class="math inline">\(x\)</span>`.
    private func addMarkedFormula(_ node: Node, to inline: inout InlineText) {
        var tex = node.text.trimmingSpaces()
        for (open, close) in [("\\(", "\\)"), ("\\[", "\\]")] where tex.hasPrefix(open) && tex.hasSuffix(close) {
            tex = String(tex.dropFirst(2).dropLast(2))
        }
        inline.addFormula(tex, isDisplayed: node["class"]?.contains("display") ?? false)
    }

    private func addShifted(_ node: Node, to inline: inout InlineText) {
        var inner = InlineText()
        addChildren(of: node, to: &inner)
        inline.notes += inner.notes
        let (text, formulas) = inner.finished()
        guard formulas.isEmpty else {
            inline.add(text)
            return
        }
        inline.add(node.name == "sup" ? RaisedText.up(text, after: inline.last) : RaisedText.down(text))
    }

    /// The word stays whole, and its reading follows in brackets.
    private func addRuby(_ node: Node, to inline: inout InlineText) {
        var (base, reading) = ("", "")
        node.visit { child in
            if child.isText { base += child.content.singleLine }
            if child.name == "rt" || child.name == "rtc" { reading += child.text.singleLine }
            return child.name != "rt" && child.name != "rp" && child.name != "rtc"
        }
        inline.addRuby(base, reading: reading)
    }
}
