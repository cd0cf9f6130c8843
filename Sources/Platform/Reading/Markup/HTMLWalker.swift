import Manuscript

/// Goes through a page in the order in which it is read, and makes paragraphs of it.
final class HTMLWalker {
    let builder: ManuscriptBuilder
    let page: HTMLPage
    private let frame: Boilerplate?
    private let folder: String?
    private var inline = InlineText()
    /// Notes that stand where they belong already.
    private var placedNotes: Set<ObjectIdentifier> = []
    /// What the next paragraph is: an item begins with its marker.
    var pendingMarker: String?
    var depth = 0

    /// - Parameter folder: where the page lies in a file that holds its pictures; nil where they are not there.
    init(_ builder: ManuscriptBuilder, page: HTMLPage, skipping frame: Boilerplate?, folder: String? = nil) {
        self.builder = builder
        self.page = page
        self.frame = frame
        self.folder = folder
    }

    func walk(_ root: Node) {
        blocks(of: root)
        flush()
    }

    // MARK: - Blocks

    func blocks(of node: Node) {
        for child in node.children { block(child) }
    }

    private func block(_ node: Node) {
        if node.isText { return HTMLInline(self).add(node, to: &inline) }
        if isLeftOut(node) || addFigures(node) { return }
        switch node.name {
        case "h1", "h2", "h3", "h4", "h5", "h6":
            flush()
            pendingMarker = nil
            HTMLInline(self).addChildren(of: node, to: &inline)
            let heading = take()
            builder.addHeading(heading, level: Int(String(node.name.dropFirst())) ?? 1)
            place(heading.notes)
        case "p", "address", "summary", "legend", "dt", "center":
            flush()
            blocks(of: node)
            flush()
        case "figcaption", "caption":
            flush()
            HTMLInline(self).addChildren(of: node, to: &inline)
            let caption = take()
            builder.add(.caption, caption)
            place(caption.notes)
        case "ul", "ol", "menu", "dir": list(node)
        case "table": table(node)
        case "pre", "xmp", "listing": code(node)
        case "math": formula(node)
        case "hr": flush()
        // The parser ends no head at an element that it does not know, such as `<main>`.
        case "head", "details", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "blockquote",
            "dl", "dd",
            "form",
            "fieldset", "body", "html", "li", "tbody", "tr", "td", "th", "thead", "tfoot", "dialog", "hgroup", "noframes", "search":
            flush()
            blocks(of: node)
            flush()
        case "span" where node["class"] == "lm-note": HTMLInline(self).add(node, to: &inline)
        case "span" where node["class"] == "math display":
            flush()
            HTMLInline(self).add(node, to: &inline)
            flush()
        case _ where HTMLInline.holdsBlocks(node): blocks(of: node)
        default: HTMLInline(self).add(node, to: &inline)
        }
    }

    /// Whether it is not for reading; says what was left out.
    func isLeftOut(_ node: Node) -> Bool {
        switch node.name {
        case "script":
            return !(node["type"]?.hasPrefix("math/tex") ?? false)
        case "style", "template", "noscript", "link", "meta", "title", "base", "param", "source", "track", "input",
            "button", "select",
            "textarea", "datalist", "progress", "meter":
            return true
        case "iframe", "object", "embed", "applet":
            builder.leaveOut(.embedded)
            return true
        case "svg", "canvas":
            if node["aria-hidden"] != "true" { builder.leaveOut(.drawing) }
            return true
        case "audio":
            builder.leaveOut(.audio)
            return true
        case "video":
            builder.leaveOut(.video)
            return true
        default: break
        }
        if placedNotes.contains(ObjectIdentifier(node)) { return true }
        if page.hides(node) {
            // The drawn twin of a formula, and signs of icon fonts, are no text that is missed.
            if node["aria-hidden"] != "true", node.text.contains(where: { !$0.isWhitespace }) { builder.leaveOut(.hidden) }
            return true
        }
        if let frame, frame.contains(node) {
            if node.text.contains(where: { !$0.isWhitespace }) { builder.leaveOut(.boilerplate) }
            return true
        }
        return false
    }

    /// Adds the pictures of an element that holds nothing else, but for what they are called.
    private func addFigures(_ node: Node) -> Bool {
        guard let folder, ["p", "div", "figure", "center", "section"].contains(node.name) else { return false }
        var (pictures, captions): ([Node], [Node]) = ([], [])
        var isAlone = true
        node.visit { each in
            switch each.name {
            case "": isAlone = isAlone && each.content.allSatisfy(\.isWhitespace)
            case "img", "image": pictures.append(each)
            case "figcaption": captions.append(each)
            case "table", "math", "video", "audio", "object", "iframe": isAlone = false
            default: break
            }
            return isAlone && each.name != "figcaption"
        }
        guard isAlone, !pictures.isEmpty else { return false }
        flush()
        for picture in pictures {
            guard let source = picture["src"] ?? picture["href"], !source.contains(":") else {
                builder.leaveOut(.picture)
                continue
            }
            builder.addFigure(OfficePackage.resolve(BookReader.unescaped(source), in: folder), words: picture["alt"] ?? "")
        }
        for caption in captions { block(caption) }
        return true
    }

    private func code(_ node: Node) {
        flush()
        let names = ((node["class"] ?? "") + " " + (node.first("code")?["class"] ?? "")).split(separator: " ")
        let language = names.map { $0.replacing("language-", with: "").replacing("lang-", with: "") }
            .first { !["sourceCode", "numberLines", "highlight", "code", "literal-block"].contains($0) }
        // A list's marker that code follows at once stands above it.
        if let marker = pendingMarker.take() { builder.add(.text, marker) }
        builder.addCode(Self.verbatim(node), language: language.map(String.init))
    }

    static func verbatim(_ node: Node) -> String {
        if node.isText { return node.content }
        if node.name == "br" { return "\n" }
        let kind = node["class"] ?? ""
        if ["lineno", "linenos", "gutter", "line-number", "linenodiv"].contains(where: kind.contains) { return "" }
        return node.children.map(verbatim).joined()
    }

    private func formula(_ node: Node) {
        guard node["display"] == "block" else { return HTMLInline(self).add(node, to: &inline) }
        flush()
        HTMLInline(self).add(node, to: &inline)
        flush()
    }

    // MARK: - Paragraphs

    /// Ends the paragraph in hand.
    func flush() {
        guard !inline.isBlank || !inline.notes.isEmpty else {
            inline = InlineText()
            return
        }
        let paragraph = take()
        if let marker = pendingMarker.take() {
            builder.addItem(paragraph, marker: marker, level: max(0, depth - 1))
        } else {
            builder.add(.text, paragraph)
        }
        place(paragraph.notes)
    }

    private func take() -> InlineText {
        defer { inline = InlineText() }
        return inline
    }

    /// Sets footnotes below the paragraph that calls them.
    func place(_ notes: [Node]) {
        for note in notes {
            let inner = ManuscriptBuilder()
            inner.page = builder.page
            let walker = HTMLWalker(inner, page: page, skipping: frame)
            walker.placedNotes = placedNotes
            walker.blocks(of: note)
            walker.flush()
            for paragraph in inner.paragraphs {
                let kind = paragraph.kind == .text || paragraph.kind == .item ? .note : paragraph.kind
                builder.add(kind, paragraph.text, formulas: paragraph.formulas ?? []) { $0.headRows = paragraph.headRows }
            }
        }
    }

    /// The note that a link leads to, once.
    func note(of link: Node) -> Node? {
        guard let address = link["href"], address.hasPrefix("#"), let note = page.notes[String(address.dropFirst())],
            placedNotes.insert(ObjectIdentifier(note)).inserted
        else { return nil }
        return note
    }
}

extension Optional {
    /// The value, which is then gone.
    mutating func take() -> Self {
        defer { self = nil }
        return self
    }
}
