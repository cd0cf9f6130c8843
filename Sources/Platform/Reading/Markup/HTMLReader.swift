import Manuscript

/// Web pages, and what pandoc makes of Markdown and other markup.
enum HTMLReader {
    /// - Parameter folder: where the page lies in a file that holds its pictures; nil where they are not there.
    static func read(_ bytes: [UInt8], folder: String? = nil) throws(ReadingFault) -> Manuscript {
        let declared = declaredCharset(bytes)
        guard let charset = Charset.detect(bytes, declared: declared) else { throw .damaged }
        var manuscript = try read(charset.decode(bytes), folder: folder)
        manuscript.charset = charset.label
        return manuscript
    }

    static func read(_ text: String, folder: String? = nil) throws(ReadingFault) -> Manuscript {
        let root = try MarkupParser.html(text.normalisedLineEnds)
        let page = HTMLPage(root)
        let builder = ManuscriptBuilder()
        HTMLWalker(builder, page: page, skipping: Boilerplate(in: root), folder: folder).walk(root)
        if builder.isEmpty {
            // It frames nothing: what looked like a frame is the page.
            let whole = ManuscriptBuilder()
            HTMLWalker(whole, page: page, skipping: nil, folder: folder).walk(root)
            return page.completing(whole.manuscript())
        }
        return page.completing(builder.manuscript())
    }

    /// `<meta charset=…>` or the older form, which stand among the first bytes; in XML, its first line.
    private static func declaredCharset(_ bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(4096).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self).lowercased()
        for mark in ["charset=", "encoding="] {
            var rest = head[...]
            while let found = rest.firstRange(of: mark) {
                rest = rest[found.upperBound...]
                let value = rest.drop { $0 == "\"" || $0 == "'" || $0 == " " }.prefix {
                    $0.isLetter || $0.isNumber || "-_:.".contains($0)
                }
                if !value.isEmpty { return String(value) }
            }
        }
        return nil
    }
}

/// What the page says of itself, and what its own style sheet hides.
struct HTMLPage {
    private var title: String?
    private var authors: [String] = []
    private var date: String?
    private var language: String?
    private var doi: String?
    private var address: String?
    /// Classes and ids that are set not to be shown.
    private(set) var hiddenClasses: Set<String> = []
    private(set) var hiddenIDs: Set<String> = []
    /// Notes at the end of the page by their ids, to be set where they belong.
    private(set) var notes: [String: Node] = [:]

    init(_ root: Node) {
        language = root["lang"]
        var graphTitle: String?
        root.visit { node in
            switch node.name {
            case "html": if language == nil { language = node["lang"] ?? node["xml:lang"] }
            case "title": if title == nil { title = node.text.singleLine }
            case "meta":
                let key = (node["name"] ?? node["property"] ?? node["itemprop"] ?? "").lowercased()
                let value = (node["content"] ?? "").singleLine
                guard !value.isEmpty else { break }
                switch key {
                case "author", "article:author", "citation_author", "dc.creator", "dcterms.creator":
                    if !value.contains("://"), !authors.contains(value) { authors.append(value) }
                case "citation_doi", "prism.doi", "bepress_citation_doi": doi = doi ?? value
                case "dc.identifier", "dcterms.identifier": if value.contains("10.") { doi = doi ?? value }
                case "og:url": address = address ?? value
                case "date", "article:published_time", "citation_publication_date", "datepublished", "dc.date", "dcterms.date":
                    if date == nil { date = value }
                case "og:title", "citation_title": if graphTitle == nil { graphTitle = value }
                default: break
                }
            case "link": if node["rel"]?.lowercased() == "canonical", let place = node["href"] { address = place }
            case "style": readStyle(node.text)
            case "svg": return false
            default: break
            }
            return true
        }
        // What a page is called in the window mostly has the site's name behind it.
        if let graphTitle, title?.hasPrefix(graphTitle) ?? true { title = graphTitle }
        if title?.isEmpty == true { title = nil }
        findNotes(in: root)
    }

    func completing(_ manuscript: Manuscript) -> Manuscript {
        var manuscript = manuscript
        manuscript.title = title
        manuscript.authors = authors
        manuscript.doi = doi
        manuscript.address = address.flatMap { $0.hasPrefix("http") ? $0 : nil }
        manuscript.date = date
        manuscript.language = language
        return manuscript
    }

    func hides(_ node: Node) -> Bool {
        if node["hidden"] != nil || node["aria-hidden"] == "true" { return true }
        if let style = node["style"], Self.hides(style) { return true }
        if let id = node["id"], hiddenIDs.contains(id) { return true }
        if !hiddenClasses.isEmpty, let names = node["class"] {
            return names.split(whereSeparator: \.isWhitespace).contains { hiddenClasses.contains(String($0)) }
        }
        return false
    }

    private static func hides(_ style: String) -> Bool {
        let style = style.lowercased().filter { !$0.isWhitespace }
        return style.contains("display:none") || style.contains("visibility:hidden") || style.contains("font-size:0;")
            || style.hasSuffix("font-size:0") || style.contains("font-size:0px") || style.contains("opacity:0;")
            || style.hasSuffix("opacity:0")
    }

    /// Rules of one class or id; conditions on the window's size or on print may hold or not, and are passed over.
    private mutating func readStyle(_ sheet: String) {
        var rest = sheet[...]
        var depth = 0
        var selector = ""
        while let at = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            if rest[at] == "}" {
                depth = max(0, depth - 1)
                rest = rest[rest.index(after: at)...]
                continue
            }
            selector = rest[..<at].trimmingSpaces()
            rest = rest[rest.index(after: at)...]
            if selector.hasPrefix("@") {
                depth += 1
                continue
            }
            let end = rest.firstIndex(of: "}") ?? rest.endIndex
            if depth == 0, Self.hides(String(rest[..<end])) {
                for each in selector.split(separator: ",") {
                    let name = each.trimmingSpaces().split(separator: "*/").last.map(String.init)?.trimmingSpaces() ?? ""
                    let plain = name.dropFirst()
                    guard !plain.isEmpty, plain.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
                        continue
                    }
                    if name.hasPrefix(".") { hiddenClasses.insert(String(plain)) }
                    if name.hasPrefix("#") { hiddenIDs.insert(String(plain)) }
                }
            }
            rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
        }
    }

    private mutating func findNotes(in root: Node) {
        root.visit { node in
            guard Self.isNotes(node) else { return true }
            node.visit { each in
                let holds = ["li", "p", "div", "aside", "dd"].contains(each.name)
                if holds, let id = each["id"] { notes[id] = each }
                return !holds || each["id"] == nil
            }
            if node.name == "aside" || node["epub:type"] == "footnote", let id = node["id"] { notes[id] = node }
            return false
        }
    }

    private static func isNotes(_ node: Node) -> Bool {
        let kind =
            ((node["class"] ?? "") + " " + (node["role"] ?? "") + " " + (node["epub:type"] ?? "") + " " + (node["type"] ?? ""))
            .lowercased()
        return ["footnotes", "endnotes", "doc-footnote", "doc-endnotes", "doc-endnote"].contains(where: kind.contains)
            || node["epub:type"] == "footnote"
    }
}
