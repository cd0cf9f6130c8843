import Manuscript

/// Goes through the text of an OpenDocument file.
final class OpenDocumentWalker {
    private let archive: Archive
    private let styles: OpenDocumentStyles
    let builder: ManuscriptBuilder
    private(set) var title: String?
    private var code: [String] = []
    private var outline: [Int: Int] = [:]
    /// The numbers of lists that later ones go on from, by style and level.
    private var lastNumbers: [String: Int] = [:]
    /// Boxes, notes and comments of the paragraph in hand; they stand below it.
    private var attached: [(node: Node, isNote: Bool)] = []
    /// Pictures of the paragraph in hand: their names in the file, and what is said in their place.
    private var pictures: [(name: String, words: String)] = []
    private var objectDepth = 0

    init(_ archive: Archive, styles: OpenDocumentStyles, into builder: ManuscriptBuilder) {
        self.archive = archive
        self.styles = styles
        self.builder = builder
    }

    func blocks(of node: Node) {
        for child in node.elements { block(child) }
        flushCode()
    }

    func block(_ node: Node) {
        switch node.name {
        case "text:h": heading(node, marker: nil)
        case "text:p": paragraph(node)
        case "text:list":
            flushCode()
            list(node, style: nil, levels: [])
        case "table:table":
            flushCode()
            table(node)
        case "text:tracked-changes", "text:table-of-content", "text:sequence-decls", "office:forms", "text:illustration-index",
            "text:table-index", "text:soft-page-break", "presentation:notes":
            break
        case "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:g", "draw:a", "draw:polygon", "draw:path",
            "draw:line",
            "draw:connector":
            flushCode()
            var inline = InlineText()
            shape(node, to: &inline)
            builder.add(.text, inline)
            addAttached()
        default: for child in node.elements { block(child) }
        }
    }

    // MARK: - Paragraphs

    private func heading(_ node: Node, marker: String?) {
        flushCode()
        let level = max(1, Int(node["outline-level"] ?? "") ?? 1)
        var inline = InlineText()
        if let marker = marker ?? outlineNumber(level), marker != "•" { inline.add(marker + " ") }
        inlines(of: node, to: &inline)
        builder.addHeading(inline, level: level)
        addAttached()
    }

    private func outlineNumber(_ level: Int) -> String? {
        outline[level] = (outline[level] ?? (styles.outline[level]?.start ?? 1) - 1) + 1
        for deeper in outline.keys where deeper > level { outline[deeper] = nil }
        guard let settings = styles.outline[level], settings.style != .none, settings.style != .bullet else { return nil }
        return number(settings, level: level) {
            outline[$0] ?? 1
        } style: {
            styles.outline[$0]?.style ?? .decimal
        }
    }

    private func number(
        _ settings: OpenDocumentStyles.ListLevel, level: Int, _ count: (Int) -> Int, style: (Int) -> ListMarker.Style
    ) -> String {
        let first = max(1, level - settings.shown + 1)
        let digits = (first...level).map { ListMarker.digits(count($0), style: style($0)) }.joined(separator: ".")
        return (settings.prefix + digits + settings.suffix).trimmingSpaces()
    }

    private func paragraph(_ node: Node) {
        let style = node["style-name"]
        if styles.isHidden(style) {
            if node.text.contains(where: { !$0.isWhitespace }) { builder.leaveOut(.hidden) }
            return
        }
        var inline = InlineText()
        inlines(of: node, to: &inline)
        if styles.isCode(style), !inline.isBlank || !code.isEmpty {
            code.append(inline.finishedLines())
        } else {
            flushCode()
            if styles.isTitle(style), !inline.isBlank {
                builder.addHeading(inline, level: 1)
                title = title ?? builder.paragraphs.last?.text
            } else {
                let isCaption = styles.isCaption(style)
                if isCaption { addPictures() }
                builder.add(isCaption ? .caption : .text, inline)
            }
        }
        addAttached()
    }

    private func flushCode() {
        if !code.isEmpty { builder.addCode(code.joined(separator: "\n")) }
        code = []
    }

    private func addPictures() {
        for picture in pictures { builder.addFigure(picture.name, words: picture.words) }
        pictures = []
    }

    func addAttached() {
        addPictures()
        let pending = attached
        attached = []
        for each in pending {
            guard each.isNote else {
                blocks(of: each.node)
                continue
            }
            for paragraph in each.node.deepAll("text:p") {
                var inline = InlineText()
                inlines(of: paragraph, to: &inline)
                builder.add(.note, inline)
            }
        }
    }

    // MARK: - Lists

    private func list(_ node: Node, style: String?, levels: [Int]) {
        let name = node["style-name"] ?? style
        let depth = levels.count + 1
        let settings = styles.list(name)?[depth] ?? OpenDocumentStyles.ListLevel()
        let key = "\(name ?? "")/\(depth)"
        let goesOn = node["continue-numbering"] == "true" || node["continue-list"] != nil
        var number = goesOn ? lastNumbers[key] ?? settings.start - 1 : settings.start - 1
        for item in node.elements where item.name == "text:list-item" || item.name == "text:list-header" {
            var marker: String?
            if item.name == "text:list-item" {
                number = Int(item["start-value"] ?? "") ?? number + 1
                marker = self.marker(settings, name: name, depth: depth, levels: levels + [number])
            }
            for child in item.elements {
                if child.name == "text:list" {
                    list(child, style: name, levels: levels + [number])
                } else if child.name == "text:h" {
                    heading(child, marker: marker.take())
                } else if child.name == "text:p", let text = marker {
                    var inline = InlineText()
                    inlines(of: child, to: &inline)
                    if !inline.isBlank {
                        builder.addItem(inline, marker: text, level: depth - 1)
                        marker = nil
                    }
                    addAttached()
                } else {
                    block(child)
                }
            }
        }
        lastNumbers[key] = number
    }

    private func marker(_ settings: OpenDocumentStyles.ListLevel, name: String?, depth: Int, levels: [Int]) -> String? {
        if settings.style == .bullet { return "•" }
        if settings.style == .none { return nil }
        let list = styles.list(name)
        return number(settings, level: depth) {
            levels.indices.contains($0 - 1) ? levels[$0 - 1] : 1
        } style: {
            list?[$0]?.style ?? .decimal
        }
    }

    // MARK: - Within a line

    func inlines(of node: Node, to inline: inout InlineText) {
        for child in node.children {
            if child.isText {
                inline.addCollapsing(child.content)
                continue
            }
            switch child.name {
            case "text:s": inline.add(String(repeating: " ", count: min(max(Int(child["c"] ?? "") ?? 1, 1), 200)))
            case "text:tab": inline.add("\t")
            case "text:line-break": inline.addBreak()
            case "text:span": span(child, to: &inline)
            case "text:note": if let body = child.first("text:note-body") { attached.append((body, true)) }
            case "office:annotation": attached.append((child, true))
            case "text:ruby":
                let (base, reading) = (child.first("text:ruby-base")?.text ?? "", child.first("text:ruby-text")?.text ?? "")
                inline.addRuby(base, reading: reading)
            case "draw:frame", "draw:custom-shape", "draw:rect", "draw:g", "draw:ellipse", "draw:a": shape(child, to: &inline)
            case "text:bookmark", "text:bookmark-start", "text:bookmark-end", "office:annotation-end", "text:change",
                "text:change-start",
                "text:change-end", "text:reference-mark":
                break
            default: inlines(of: child, to: &inline)
            }
        }
    }

    private func span(_ node: Node, to inline: inout InlineText) {
        let style = node["style-name"]
        if styles.isHidden(style) {
            if node.text.contains(where: { !$0.isWhitespace }) { builder.leaveOut(.hidden) }
            return
        }
        guard let position = styles.position(style) else { return inlines(of: node, to: &inline) }
        var inner = InlineText()
        inlines(of: node, to: &inner)
        let text = inner.finished().text
        inline.add(position == "super" ? RaisedText.up(text, after: inline.last) : RaisedText.down(text))
    }

    private func shape(_ node: Node, to inline: inout InlineText) {
        if let object = node.first("draw:object") { return self.object(object, to: &inline) }
        if let box = node.first("draw:text-box") {
            attached.append((box, false))
        } else if let table = node.first("table:table") {
            self.table(table)
        } else if let image = node.first("draw:image") {
            let words = (node.first("svg:desc") ?? node.first("desc"))?.text ?? ""
            if let name = image["href"], !name.contains(":") {
                pictures.append((name.hasPrefix("./") ? String(name.dropFirst(2)) : name, words))
            } else {
                builder.leaveOut(.picture)
                if words.contains(" ") { inline.add(words.singleLine) }
            }
        } else if node.first("draw:object-ole") != nil {
            builder.leaveOut(.embedded)
        } else if node.first("draw:plugin") != nil {
            builder.leaveOut(.video)
        } else {
            let holder = Node("office:text")
            for child in node.elements where child.name.hasPrefix("text:") || child.name.hasPrefix("draw:") { holder.append(child) }
            if holder.children.isEmpty { return }
            attached.append((holder, false))
        }
    }

    /// Formulas and charts are documents of their own in the same file.
    private func object(_ node: Node, to inline: inout InlineText) {
        let inside = node.first("math:math")
        let path = (node["href"] ?? "").replacing("./", with: "")
        guard objectDepth < 3 else { return builder.leaveOut(.embedded) }
        let root = inside ?? (try? archive.content(path + "/content.xml")).flatMap { $0.flatMap { try? MarkupParser.xml($0) } }
        guard let root else { return builder.leaveOut(.embedded) }
        if root.name == "math:math" {
            if let tex = MathML.tex(root) { inline.addFormula(tex, isDisplayed: false) }
            return
        }
        // A chart keeps its numbers in a table.
        if let table = root.deep("table:table") {
            objectDepth += 1
            self.table(table)
            objectDepth -= 1
        } else {
            builder.leaveOut(.drawing)
        }
    }
}
