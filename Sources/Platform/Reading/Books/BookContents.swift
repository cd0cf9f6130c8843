import Manuscript

/// A book's own table of contents (EPUB 3 `nav`, EPUB 2 NCX): names the chapters whose pages have no headings.
struct BookContents {
    private struct Entry {
        let title: String
        /// From 1.
        let level: Int
    }

    /// The first entry that leads to each member.
    private var entries: [String: Entry] = [:]

    init(_ archive: Archive, items: [String: Node], spine: Node?, folder: String) {
        let nav = items.values.first { $0["properties"]?.split(separator: " ").contains("nav") == true }
        let ncx = spine?["toc"].flatMap { items[$0] } ?? items.values.first { $0["media-type"] == "application/x-dtbncx+xml" }
        for item in [nav, ncx].compactMap({ $0 }) where entries.isEmpty {
            guard let target = item["href"] else { continue }
            let name = OfficePackage.resolve(BookReader.unescaped(target), in: folder)
            guard let bytes = (try? archive.content(name)) ?? nil, let root = try? MarkupParser.xml(bytes) else { continue }
            let base = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
            if let list = Self.contents(in: root) {
                readList(list, level: 1, base)
            } else if let map = root.first("navMap") ?? root.deep("navMap") {
                readPoints(map, level: 1, base)
            }
        }
    }

    /// The page with the name that the contents give it, where it begins without a heading of its own.
    func completing(_ page: Manuscript, of name: String) -> Manuscript {
        guard let entry = entries[name], !page.paragraphs.isEmpty,
            !page.paragraphs.prefix(4).contains(where: { $0.kind == .heading })
        else { return page }
        var page = page
        let key = Self.key(entry.title)
        // Its name may stand there as a paragraph that only looks like a heading.
        if let at = page.paragraphs.prefix(4).firstIndex(where: { $0.kind == .text && Self.key($0.text) == key }) {
            page.paragraphs[at].kind = .heading
            page.paragraphs[at].text = page.paragraphs[at].text.singleLine
            page.paragraphs[at].level = entry.level
        } else {
            var heading = Manuscript.Paragraph(.heading, entry.title)
            heading.level = entry.level
            page.paragraphs.insert(heading, at: 0)
        }
        return page
    }

    private static func key(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

    /// The list under `<nav epub:type="toc">`.
    private static func contents(in root: Node) -> Node? {
        let navs = root.deepAll("nav")
        return (navs.first { $0["type"] == "toc" || $0["role"] == "doc-toc" } ?? navs.first)?.deep("ol")
    }

    private mutating func readList(_ list: Node, level: Int, _ base: String) {
        for item in list.all("li") {
            if let link = item.first("a") ?? item.first("span")?.first("a") { put(link["href"], link.text, level, base) }
            if let inner = item.first("ol") { readList(inner, level: level + 1, base) }
        }
    }

    private mutating func readPoints(_ node: Node, level: Int, _ base: String) {
        for point in node.all("navPoint") {
            put(point.first("content")?["src"], point.first("navLabel")?.text ?? "", level, base)
            readPoints(point, level: level + 1, base)
        }
    }

    private mutating func put(_ address: String?, _ title: String, _ level: Int, _ base: String) {
        let title = title.singleLine
        guard let address, !title.isEmpty else { return }
        let name = OfficePackage.resolve(BookReader.unescaped(address), in: base)
        if entries[name] == nil { entries[name] = Entry(title: title, level: min(level, 6)) }
    }
}
