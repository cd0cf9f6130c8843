/// The styles of a Word file: which are headings, which are code, which number what they set.
struct WordStyles {
    struct Style {
        var name = ""
        var basedOn: String?
        /// From 0.
        var outlineLevel: Int?
        var numID: String?
        var numLevel: Int?
        var isMonospaced: Bool?
        var isHidden: Bool?
        var position: String?
    }

    private var styles: [String: Style] = [:]
    private(set) var defaultParagraph: String?
    /// Of what says nothing else.
    private(set) var language: String?

    init(_ root: Node?) {
        guard let root else { return }
        language = root.path("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")?["val"]
        for node in root.all("w:style") {
            guard let id = node["styleId"] else { continue }
            var style = Style()
            style.name = node.first("w:name")?["val"]?.lowercased() ?? ""
            style.basedOn = node.first("w:basedOn")?["val"]
            let paragraph = node.first("w:pPr")
            style.outlineLevel = paragraph?.first("w:outlineLvl")?["val"].flatMap { Int($0) }
            style.numID = paragraph?.path("w:numPr", "w:numId")?["val"]
            style.numLevel = paragraph?.path("w:numPr", "w:ilvl")?["val"].flatMap { Int($0) }
            let run = node.first("w:rPr")
            style.isMonospaced = run?.first("w:rFonts").map(Self.isMonospaced)
            style.isHidden = run?.first("w:vanish").map(Self.isOn)
            style.position = run?.first("w:vertAlign")?["val"]
            styles[id] = style
            if node["type"] == "paragraph", node["default"] == "1" { defaultParagraph = id }
        }
    }

    /// From 1; 0 for the document's title; nil for what is no heading.
    func headingLevel(_ id: String?) -> Int? {
        for style in chain(id) {
            if style.name == "title" { return 0 }
            if style.name.hasPrefix("heading "), let level = Int(style.name.dropFirst(8)) { return level }
            if let level = style.outlineLevel { return level < 9 ? level + 1 : nil }
        }
        return nil
    }

    func numbering(_ id: String?) -> (numID: String, level: Int?)? {
        var level: Int?
        for style in chain(id) {
            level = level ?? style.numLevel
            if let numID = style.numID { return (numID, level) }
        }
        return nil
    }

    func isCode(_ id: String?) -> Bool {
        for style in chain(id) {
            if ["source code", "html preformatted", "code", "verbatim", "preformatted text", "listing"].contains(style.name) {
                return true
            }
            if let isMonospaced = style.isMonospaced { return isMonospaced }
        }
        return false
    }

    func isCaption(_ id: String?) -> Bool { chain(id).contains { $0.name == "caption" } }

    /// Tables of contents say again what the headings say.
    func isContents(_ id: String?) -> Bool {
        chain(id).contains { $0.name.hasPrefix("toc ") || $0.name == "table of figures" }
    }

    func isHidden(_ id: String?) -> Bool { chain(id).lazy.compactMap(\.isHidden).first ?? false }

    func position(_ id: String?) -> String? { chain(id).lazy.compactMap(\.position).first }

    static func isMonospaced(_ fonts: Node) -> Bool {
        let name = (fonts["ascii"] ?? fonts["hAnsi"] ?? "").lowercased()
        return ["courier", "consolas", "mono", "menlo", "monaco", "lucida console", "source code", "fira code"].contains(
            where: name.contains)
    }

    /// A switch is on unless it says otherwise.
    static func isOn(_ node: Node) -> Bool { !["0", "false", "off", "none"].contains(node["val"] ?? "1") }

    /// A style and those that it is based on.
    private func chain(_ id: String?) -> [Style] {
        var result: [Style] = []
        var next = id ?? defaultParagraph
        while let id = next, let style = styles[id], result.count < 20 {
            result.append(style)
            next = style.basedOn
        }
        return result
    }
}
