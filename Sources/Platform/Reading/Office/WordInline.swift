import Manuscript

/// What stands in a paragraph of a Word file: runs, fields, formulas, readings; boxes and notes are handed to the walker.
final class WordInline {
    private let walker: WordWalker
    private let style: String?
    /// Whether all letters so far are set in a font of equal widths.
    private var plainLetters = 0
    private var codeLetters = 0
    /// Nested fields: what each is told to do, and whether its result has begun.
    private var fields: [(instruction: String, hasResult: Bool)] = []

    init(_ walker: WordWalker, style: String? = nil) {
        self.walker = walker
        self.style = style
    }

    var isAllCode: Bool { codeLetters > 0 && plainLetters == 0 }

    func addChildren(of node: Node, to inline: inout InlineText) {
        for child in node.elements { add(child, to: &inline) }
    }

    func add(_ node: Node, to inline: inout InlineText) {
        switch node.name {
        case "w:r": run(node, to: &inline)
        case "m:oMath": inline.addFormula(OfficeMath.tex(node), isDisplayed: false)
        case "m:oMathPara":
            let formulas = node.all("m:oMath").map(OfficeMath.tex).filter { !$0.isEmpty }
            if !inline.isBlank { inline.addBreak() }
            inline.addFormula(formulas.joined(separator: " \\\\ "), isDisplayed: true)
        case "w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:proofErr", "w:bookmarkStart", "w:bookmarkEnd": break
        case "w:commentReference":
            if let comment = node["id"].flatMap({ walker.comment($0) }) { walker.attached.append(.comment(comment)) }
        case "mc:AlternateContent": if let chosen = Self.choice(node) { addChildren(of: chosen, to: &inline) }
        case "w:ruby": ruby(node, to: &inline)
        case "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:customXml", "w:dir",
            "w:bdo":
            addChildren(of: node, to: &inline)
        default: content(node, RunStyle(), to: &inline)
        }
    }

    /// What this reader understands of the versions that a file offers: the first that says something.
    static func choice(_ node: Node) -> Node? {
        let choices = node.all("mc:Choice") + node.all("mc:Fallback")
        return choices.first {
            $0.deep("w:t") != nil || $0.deep("m:t") != nil || $0.deep("c:chart") != nil || $0.deep("dgm:relIds") != nil
        }
            ?? choices.first
    }

    private struct RunStyle {
        var font = ""
        var position: String?
        var isCode = false
        var isCaps = false
    }

    private func run(_ node: Node, to inline: inout InlineText) {
        let properties = node.first("w:rPr")
        let runStyle = properties?.first("w:rStyle")?["val"]
        var look = RunStyle()
        if properties?.first("w:vanish").map(WordStyles.isOn)
            ?? (runStyle.map { walker.styles.isHidden($0) } ?? walker.styles.isHidden(style))
        {
            if node.all("w:t").contains(where: { $0.text.contains { !$0.isWhitespace } }) { walker.builder.leaveOut(.hidden) }
            return
        }
        if let fonts = properties?.first("w:rFonts") {
            look.font = fonts["ascii"] ?? fonts["hAnsi"] ?? ""
            look.isCode = WordStyles.isMonospaced(fonts)
        } else {
            look.isCode = walker.styles.isCode(runStyle ?? style)
        }
        look.position = properties?.first("w:vertAlign")?["val"] ?? runStyle.flatMap { walker.styles.position($0) }
        // Raised by hand, and made smaller.
        if look.position == nil, let raise = properties?.first("w:position")?["val"].flatMap({ Int($0) }), abs(raise) >= 4,
            properties?.first("w:sz")?["val"].flatMap({ Int($0) }) ?? 99 <= 20
        {
            look.position = raise > 0 ? "superscript" : "subscript"
        }
        look.isCaps = properties?.first("w:caps").map(WordStyles.isOn) ?? false
        for child in node.elements { content(child, look, to: &inline) }
    }

    private func content(_ node: Node, _ look: RunStyle, to inline: inout InlineText) {
        switch node.name {
        case "w:fldChar": field(node, to: &inline)
        case "w:instrText": if !fields.isEmpty { fields[fields.count - 1].instruction += node.text }
        case "w:t":
            guard isShown else { break }
            let text = SymbolFont.mapped(look.isCaps ? node.text.uppercased() : node.text, font: look.font)
            let letters = text.reduce(0) { $0 + ($1.isWhitespace ? 0 : 1) }
            if look.isCode { codeLetters += letters } else { plainLetters += letters }
            switch look.position {
            case "superscript": inline.add(RaisedText.up(text, after: inline.last))
            case "subscript": inline.add(RaisedText.down(text))
            default: inline.add(text)
            }
        case "w:tab", "w:ptab": if isShown { inline.add("\t") }
        case "w:br", "w:cr": if isShown { inline.addBreak() }
        case "w:noBreakHyphen": inline.add("-")
        case "w:sym":
            if let code = node["char"], let letter = SymbolFont.character(code, font: node["font"] ?? "") {
                inline.add(String(letter))
            }
        case "w:footnoteReference":
            if let note = node["id"].flatMap({ walker.footnote($0) }) { walker.attached.append(.note(note)) }
        case "w:endnoteReference":
            if let note = node["id"].flatMap({ walker.endnote($0) }) { walker.attached.append(.note(note)) }
        case "w:commentReference", "w:ruby", "mc:AlternateContent", "m:oMath", "m:oMathPara": add(node, to: &inline)
        case "w:drawing": drawing(node, to: &inline)
        case "w:pict", "w:object": picture(node, to: &inline)
        default: break
        }
    }

    /// The text of a field's instruction is none of the document's.
    private var isShown: Bool { fields.allSatisfy(\.hasResult) }

    private func field(_ node: Node, to inline: inout InlineText) {
        switch node["fldCharType"] {
        case "begin": fields.append(("", false))
        case "separate": if !fields.isEmpty { fields[fields.count - 1].hasResult = true }
        case "end":
            guard let field = fields.popLast() else { break }
            if !field.hasResult, isShown { equation(field.instruction, to: &inline) }
        default: break
        }
    }

    /// Older files set a reading over a word by `EQ \o(\s\up 9(reading),word)`.
    private func equation(_ instruction: String, to inline: inout InlineText) {
        let text = instruction.trimmingSpaces()
        guard text.hasPrefix("EQ") || text.hasPrefix("eq"), let raised = text.firstRange(of: "\\up") else { return }
        let rest = text[raised.upperBound...]
        guard let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")"),
            let separator = rest[close...].firstIndex(where: { $0 == "," || $0 == ";" })
        else { return }
        let word = rest[rest.index(after: separator)...].prefix { $0 != ")" }
        inline.addRuby(word.trimmingSpaces(), reading: String(rest[rest.index(after: open)..<close]))
    }

    private func ruby(_ node: Node, to inline: inout InlineText) {
        func plain(_ name: String) -> String { node.first(name)?.deepAll("w:t").map(\.text).joined() ?? "" }
        inline.addRuby(plain("w:rubyBase"), reading: plain("w:rt"))
        plainLetters += 1
    }

    private func drawing(_ node: Node, to inline: inout InlineText) {
        let boxes = node.deepAll("w:txbxContent")
        for box in boxes { walker.attached.append(.box(box)) }
        for diagram in node.deepAll("dgm:relIds") { walker.attached.append(.diagram(diagram)) }
        for chart in node.deepAll("c:chart") { walker.attached.append(.chart(chart)) }
        let isPicture = node.deep("a:blip") != nil
        // Words that stand for a picture are read to the blind as well.
        if isPicture { pictures(node.deepAll("a:blip").map { $0["r:embed"] }, words: node.deep("docPr")?["descr"] ?? "") }
        if !isPicture, boxes.isEmpty, node.deep("dgm:relIds") == nil, node.deep("c:chart") == nil, node.deep("wps:wsp") == nil {
            walker.builder.leaveOut(.drawing)
        }
    }

    private func picture(_ node: Node, to inline: inout InlineText) {
        let boxes = node.deepAll("w:txbxContent")
        for box in boxes { walker.attached.append(.box(box)) }
        for art in node.deepAll("v:textpath") { if let text = art["string"] { inline.add(text) } }
        if node.name == "w:object" {
            walker.builder.leaveOut(.embedded)
        } else if boxes.isEmpty, let picture = node.deep("v:imagedata") {
            pictures([picture["r:id"]], words: picture["title"] ?? "")
        }
    }

    private func pictures(_ ids: [String?], words: String) {
        let relationships = (try? walker.package.relationships(of: walker.part)) ?? [:]
        for id in ids {
            guard let target = id.flatMap({ relationships[$0] }), !target.isOutside else {
                walker.builder.leaveOut(.picture)
                continue
            }
            walker.attached.append(.picture(target.target, words))
        }
    }
}
