import Manuscript

/// OpenDocument (ISO 26300): texts, presentations with a slide a page, spreadsheets with a sheet a page.
enum OpenDocumentReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        let archive = try Archive(bytes)
        if let manifest = try archive.content("META-INF/manifest.xml"),
            let root = try? MarkupParser.xml(manifest), root.deep("encryption-data") != nil || manifestSaysEncrypted(root)
        {
            throw .encrypted
        }
        guard let content = try archive.content("content.xml") else { throw .damaged }
        let root = try MarkupParser.xml(content)
        let styles = try archive.content("styles.xml").flatMap { try? MarkupParser.xml($0) }
        guard let body = root.first("office:body") else { throw .damaged }
        let builder = ManuscriptBuilder()
        let walker = OpenDocumentWalker(archive, styles: OpenDocumentStyles([styles, root].compactMap { $0 }), into: builder)
        var pages: Int?
        if let slides = body.first("office:presentation") ?? body.first("office:drawing") {
            let all = slides.all("draw:page")
            pages = all.count
            for (index, slide) in all.enumerated() {
                builder.page = index + 1
                walker.slide(slide)
            }
        } else if let sheets = body.first("office:spreadsheet") {
            let all = sheets.all("table:table")
            pages = all.count
            for (index, sheet) in all.enumerated() {
                builder.page = index + 1
                if all.count > 1, let name = sheet["name"] { builder.add(.heading, name) { $0.level = 1 } }
                SheetGrid.add(walker.grid(of: sheet), to: builder)
            }
        } else if let text = body.first("office:text") {
            walker.blocks(of: text)
        } else {
            throw .damaged
        }
        builder.page = nil
        var manuscript = builder.manuscript()
        manuscript.pageCount = pages
        properties(archive, into: &manuscript)
        manuscript.language = manuscript.language ?? styles.flatMap(usualLanguage)
        if manuscript.title == nil { manuscript.title = walker.title }
        return manuscript
    }

    /// That of paragraphs which say nothing else.
    private static func usualLanguage(_ styles: Node) -> String? {
        let usual = styles.deepAll("style:default-style").first { $0["family"] == "paragraph" }?.first("style:text-properties")
        guard let language = usual?["language"], language != "none", language != "zxx" else { return nil }
        return usual?["country"].map { $0 == "none" ? language : "\(language)-\($0)" } ?? language
    }

    private static func manifestSaysEncrypted(_ root: Node) -> Bool {
        root.elements.contains { entry in entry.elements.contains { $0.name.hasSuffix("encryption-data") } }
    }

    private static func properties(_ archive: Archive, into manuscript: inout Manuscript) {
        guard let bytes = try? archive.content("meta.xml"), let root = try? MarkupParser.xml(bytes) else { return }
        func value(_ name: String) -> String? {
            let text = root.deep(name)?.text.singleLine
            return text?.isEmpty == false ? text : nil
        }
        manuscript.title = value("dc:title")
        // Who wrote it first; the creator is who saved it last.
        manuscript.authors = (value("initial-creator") ?? value("dc:creator")).map { [$0] } ?? []
        manuscript.language = value("dc:language")
        manuscript.date = value("dc:date")
    }
}

/// The styles of an OpenDocument file that change what is read.
struct OpenDocumentStyles {
    struct ListLevel {
        var style = ListMarker.Style.bullet
        var prefix = ""
        var suffix = ""
        var start = 1
        /// How many levels' numbers are shown.
        var shown = 1
    }

    private var positions: [String: String] = [:]
    private var parents: [String: String] = [:]
    private var listOf: [String: String] = [:]
    private var monospaced: Set<String> = []
    private var hidden: Set<String> = []
    private var lists: [String: [Int: ListLevel]] = [:]
    private(set) var outline: [Int: ListLevel] = [:]

    init(_ roots: [Node]) {
        for root in roots {
            root.visit { node in
                switch node.name {
                case "style:style":
                    readStyle(node)
                    return false
                case "text:list-style":
                    if let name = node["name"] { lists[name] = Self.levels(of: node) }
                    return false
                case "text:outline-style":
                    outline = Self.levels(of: node)
                    return false
                default: return node.name != "office:body"
                }
            }
        }
    }

    private mutating func readStyle(_ node: Node) {
        guard let name = node["name"] else { return }
        if let parent = node["parent-style-name"] { parents[name] = parent }
        if let list = node["list-style-name"], !list.isEmpty { listOf[name] = list }
        guard let properties = node.first("style:text-properties") else { return }
        if let position = properties["text-position"] { positions[name] = position }
        if properties["display"] == "none" { hidden.insert(name) }
        let font = (properties["font-name"] ?? properties["font-family"] ?? "").lowercased()
        if ["courier", "consolas", "mono"].contains(where: font.contains) { monospaced.insert(name) }
    }

    private static func levels(of node: Node) -> [Int: ListLevel] {
        var levels: [Int: ListLevel] = [:]
        for child in node.elements {
            guard let number = Int(child["level"] ?? "") else { continue }
            var level = ListLevel()
            if child.name != "text:list-level-style-bullet", child.name != "text:list-level-style-image" {
                switch child["num-format"] {
                case "1": level.style = .decimal
                case "a": level.style = .lowerLetter
                case "A": level.style = .upperLetter
                case "i": level.style = .lowerRoman
                case "I": level.style = .upperRoman
                default: level.style = .none
                }
            }
            level.prefix = child["num-prefix"] ?? ""
            level.suffix = child["num-suffix"] ?? ""
            level.start = Int(child["start-value"] ?? "") ?? 1
            level.shown = Int(child["display-levels"] ?? "") ?? 1
            levels[number] = level
        }
        return levels
    }

    func list(_ name: String?) -> [Int: ListLevel]? { name.flatMap { lists[$0] } }

    func list(ofParagraph style: String?) -> String? { chain(style).lazy.compactMap { listOf[$0] }.first }

    /// `super`, `sub`, or nil.
    func position(_ style: String?) -> String? {
        guard let said = chain(style).lazy.compactMap({ positions[$0] }).first else { return nil }
        let first = said.split(separator: " ").first ?? ""
        if first == "super" || first == "sub" { return String(first) }
        let percent = Int(first.replacing("%", with: "")) ?? 0
        return percent > 0 ? "super" : percent < 0 ? "sub" : nil
    }

    func isCode(_ style: String?) -> Bool {
        chain(style).contains { monospaced.contains($0) || $0 == "Preformatted_20_Text" || $0 == "Source_20_Text" }
    }

    func isHidden(_ style: String?) -> Bool { chain(style).contains(where: hidden.contains) }

    /// Of what names a picture or a table, by the styles that LibreOffice gives it.
    func isCaption(_ style: String?) -> Bool {
        chain(style).contains { ["Caption", "Illustration", "Figure", "Drawing", "Table"].contains($0) }
    }

    func isTitle(_ style: String?) -> Bool { chain(style).contains("Title") }

    private func chain(_ style: String?) -> [String] {
        var result: [String] = []
        var next = style
        while let name = next, result.count < 20 {
            result.append(name)
            next = parents[name]
        }
        return result
    }
}
