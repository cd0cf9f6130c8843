import Manuscript

/// Word documents, transitional and strict.
enum WordReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        let package = try OfficePackage(bytes)
        let builder = ManuscriptBuilder()
        let walker = try WordWalker(package, into: builder)
        try walker.walk()
        var manuscript = builder.manuscript()
        package.properties(into: &manuscript)
        manuscript.title = walker.title ?? manuscript.title
        manuscript.language = manuscript.language ?? walker.styles.language
        return manuscript
    }
}

/// Goes through the body of a Word document.
final class WordWalker {
    let package: OfficePackage
    let builder: ManuscriptBuilder
    let part: String
    let styles: WordStyles
    let numbering: WordNumbering
    private let document: Node
    private let footnotes: [String: Node]
    private let endnotes: [String: Node]
    private let comments: [String: Node]
    private(set) var title: String?
    /// What the paragraph in hand holds besides its text: boxes, notes, charts. They stand below it.
    var attached: [Attachment] = []
    private var code: [String] = []
    private var chunkDepth: Int

    enum Attachment {
        case box(Node)
        case note(Node)
        case comment(Node)
        case diagram(Node)
        case chart(Node)
        /// By its name in the package, and what is said in its place.
        case picture(String, String)
    }

    /// - Parameter chunkDepth: how many documents this one stands in.
    init(_ package: OfficePackage, into builder: ManuscriptBuilder, chunkDepth: Int = 0) throws(ReadingFault) {
        guard let part = try package.main(), let document = try package.xml(part) else { throw .damaged }
        self.package = package
        self.builder = builder
        self.part = part
        self.document = document
        self.chunkDepth = chunkDepth
        func related(_ type: String) throws(ReadingFault) -> Node? {
            package.optionalXML(try package.related(to: part, type: type).first)
        }
        styles = WordStyles(try related("styles"))
        numbering = WordNumbering(try related("numbering"))
        footnotes = Self.byID(try related("footnotes"), "w:footnote")
        endnotes = Self.byID(try related("endnotes"), "w:endnote")
        comments = Self.byID(try related("comments"), "w:comment")
    }

    private static func byID(_ root: Node?, _ name: String) -> [String: Node] {
        Dictionary(
            (root?.all(name) ?? []).compactMap { node in node["id"].map { ($0, node) } }, uniquingKeysWith: { first, _ in first })
    }

    func walk() throws(ReadingFault) {
        guard let body = document.first("w:body") else { throw .damaged }
        try blocks(of: body)
        flushCode()
    }

    func footnote(_ id: String) -> Node? { footnotes[id] }
    func endnote(_ id: String) -> Node? { endnotes[id] }
    func comment(_ id: String) -> Node? { comments[id] }

    func blocks(of node: Node) throws(ReadingFault) {
        for child in node.elements {
            switch child.name {
            case "w:p": try paragraph(child)
            case "w:tbl":
                flushCode()
                try WordTables(self).add(child)
                try addAttached()
            case "w:altChunk":
                flushCode()
                try chunk(child)
            case "m:oMathPara", "m:oMath":
                var inline = InlineText()
                WordInline(self).add(child, to: &inline)
                builder.add(.text, inline)
            case "mc:AlternateContent": if let chosen = WordInline.choice(child) { try blocks(of: chosen) }
            case "w:sdt":
                // A table of contents that Word keeps up to date.
                let gallery = child.path("w:sdtPr", "w:docPartObj", "w:docPartGallery")?["val"]
                if gallery != "Table of Contents" { try blocks(of: child) }
            case "w:del", "w:moveFrom", "w:sectPr", "w:sdtPr": break
            default: try blocks(of: child)
            }
        }
    }

    // MARK: - Paragraphs

    private func paragraph(_ node: Node) throws(ReadingFault) {
        let properties = node.first("w:pPr")
        let style = properties?.first("w:pStyle")?["val"]
        if styles.isContents(style) { return }
        var inline = InlineText()
        let writer = WordInline(self, style: style)
        writer.addChildren(of: node, to: &inline)
        let marker = self.marker(properties, style: style, isBlank: inline.isBlank)
        let level =
            properties?.first("w:outlineLvl")?["val"].flatMap { Int($0) }.map { $0 < 9 ? $0 + 1 : nil }
            ?? styles.headingLevel(style)
        if inline.isBlank {
            // An empty line within code.
            if !code.isEmpty, styles.isCode(style) { code.append("") } else { flushCode() }
        } else if writer.isAllCode || styles.isCode(style), level == nil, marker == nil {
            code.append(inline.finishedLines())
        } else {
            flushCode()
            if styles.isCaption(style) { addPictures() }
            add(inline, style: style, level: level, marker: marker)
        }
        if !attached.isEmpty {
            flushCode()
            try addAttached()
        }
    }

    private func add(_ inline: InlineText, style: String?, level: Int?, marker: (text: String, level: Int)?) {
        if let level {
            var numbered = InlineText()
            if let marker, marker.text != "•" { numbered.add(marker.text + " ") }
            numbered.append(inline)
            builder.addHeading(numbered, level: max(1, level))
            if level == 0, title == nil { title = builder.paragraphs.last?.text }
        } else if let marker {
            builder.addItem(inline, marker: marker.text, level: marker.level)
        } else {
            builder.add(styles.isCaption(style) ? .caption : .text, inline)
        }
    }

    /// Counts the paragraph where it is numbered, by itself or by its style.
    private func marker(_ properties: Node?, style: String?, isBlank: Bool) -> (text: String, level: Int)? {
        let own = properties?.first("w:numPr")
        let inherited = styles.numbering(style)
        guard let numID = own?.first("w:numId")?["val"] ?? inherited?.numID, numID != "0" else { return nil }
        let level =
            own?.first("w:ilvl")?["val"].flatMap { Int($0) } ?? inherited?.level ?? numbering.level(ofStyle: style, in: numID) ?? 0
        if isBlank { return nil }
        return numbering.next(numID, level: level).map { ($0, level) }
    }

    /// The same of a paragraph within a table.
    func listMarker(_ properties: Node?, style: String?) -> String? { marker(properties, style: style, isBlank: false)?.text }

    func flushCode() {
        guard !code.isEmpty else { return }
        builder.addCode(code.joined(separator: "\n"))
        code = []
    }

    // MARK: - What hangs on a paragraph

    /// Pictures that stand in the paragraph which names them come before it.
    private func addPictures() {
        for case .picture(let name, let words) in attached { builder.addFigure(name, words: words) }
        attached.removeAll { if case .picture = $0 { true } else { false } }
    }

    func addAttached() throws(ReadingFault) {
        let pending = attached
        attached = []
        for each in pending {
            switch each {
            case .box(let node): try blocks(of: node)
            case .note(let node): try notes(node, prefix: "")
            case .comment(let node): try notes(node, prefix: (node["author"].map { $0 + ": " }) ?? "")
            case .diagram(let node): diagram(node)
            case .chart(let node): chart(node)
            case .picture(let name, let words): builder.addFigure(name, words: words)
            }
        }
        flushCode()
    }

    private func notes(_ node: Node, prefix: String) throws(ReadingFault) {
        for (index, paragraph) in node.all("w:p").enumerated() {
            var inline = InlineText()
            if index == 0 { inline.add(prefix) }
            WordInline(self).addChildren(of: paragraph, to: &inline)
            builder.add(.note, inline)
        }
    }

    private func diagram(_ node: Node) {
        guard let id = node["r:dm"], let target = try? package.relationships(of: part)[id]?.target,
            let data = package.optionalXML(target)
        else { return builder.leaveOut(.drawing) }
        DrawingText.addDiagram(data, to: builder)
    }

    private func chart(_ node: Node) {
        guard let id = node["r:id"], let target = try? package.relationships(of: part)[id]?.target,
            let chart = package.optionalXML(target)
        else { return builder.leaveOut(.drawing) }
        ChartReader.add(chart, to: builder)
    }

    /// A document in another form that stands within this one.
    private func chunk(_ node: Node) throws(ReadingFault) {
        guard let id = node["r:id"], let target = try package.relationships(of: part)[id]?.target, chunkDepth < 4,
            let bytes = try package.archive.content(target)
        else { return builder.leaveOut(.embedded) }
        switch target.lowercased().split(separator: ".").last ?? "" {
        case "docx", "docm", "dotx":
            guard let inner = try? OfficePackage(bytes),
                let walker = try? WordWalker(inner, into: builder, chunkDepth: chunkDepth + 1)
            else { return builder.leaveOut(.embedded) }
            try walker.walk()
        case "html", "htm", "xhtml":
            guard let page = try? HTMLReader.read(bytes) else { return builder.leaveOut(.embedded) }
            builder.add(page)
        case "mht", "mhtml", "eml":
            guard let message = try? MailReader.page(bytes) else { return builder.leaveOut(.embedded) }
            builder.add(message)
        case "txt":
            guard let text = try? TextReader.read(bytes) else { return builder.leaveOut(.embedded) }
            builder.add(text)
        default: builder.leaveOut(.embedded)
        }
    }
}
