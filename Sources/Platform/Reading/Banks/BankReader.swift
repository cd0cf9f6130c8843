import Manuscript

/// The questions of a bank in XML: Moodle's, or QTI's, there also as a zip of many files.
///
/// Moodle's questions are parsed each by itself, so that one that is not well-formed costs no other.
enum BankReader {
    private static let mostFiles = 2_000
    private static let mostUnpacked = 64 << 20
    /// Elements within each other: what reads the trees recurses.
    private static let deepest = 60

    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> BankParts {
        if bytes.starts(with: [0x50, 0x4B]) { return BankParts(parts: try members(of: bytes)) }
        let questions = blocks(in: bytes)
        if questions.isEmpty { return BankParts(parts: [.init(path: "", line: 1, tree: try tree(bytes))]) }
        let declaration = Array(bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") })
        let head = declaration.starts(with: "<?xml".utf8) ? declaration + [UInt8(ascii: ">")] : []
        return BankParts(
            parts: questions.map { block in
                BankParts.Part(path: "", line: block.line, tree: try? tree(head + bytes[block.range]))
            })
    }

    private static func members(of bytes: [UInt8]) throws(ReadingFault) -> [BankParts.Part] {
        let archive = try Archive(bytes, allowance: mostUnpacked)
        var parts: [BankParts.Part] = []
        for member in archive.members where member.name.lowercased().hasSuffix(".xml") && !member.name.contains("__MACOSX") {
            if parts.count >= mostFiles { throw .tooLarge }
            let content = try archive.content(member)
            parts.append(.init(path: String(member.name.prefix(500)), line: 1, tree: try? tree(content)))
        }
        return parts
    }

    private static func tree(_ bytes: [UInt8]) throws(ReadingFault) -> MarkupTree {
        let node = try MarkupParser.xml(bytes)
        guard let tree = converted(node, isHTML: false, depth: 0) else { throw .tooLarge }
        return tree
    }

    /// - Parameter isHTML: whether the text within is a web page's.
    /// - Returns: nil if it is too deep.
    private static func converted(_ node: Node, isHTML: Bool, depth: Int) -> MarkupTree? {
        guard depth < deepest else { return nil }
        if node.isText { return MarkupTree(name: "", text: node.content) }
        if isHTML, node.name == "text" {
            return MarkupTree(name: "text", children: [MarkupTree(name: "", text: plain(node.text))])
        }
        let format = node["format"]
        let within = format.map { $0 == "html" || $0 == "moodle_auto_format" } ?? isHTML
        var children: [MarkupTree] = []
        for child in node.children {
            guard let tree = converted(child, isHTML: within, depth: depth + 1) else { return nil }
            children.append(tree)
        }
        let attributes = node.attributes.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        return MarkupTree(
            name: node.name, attributes: attributes.isEmpty ? nil : attributes, children: children.isEmpty ? nil : children)
    }

    /// What a web page says, a line for each paragraph.
    private static func plain(_ html: String) -> String {
        guard html.contains("<") || html.contains("&"), let root = try? MarkupParser.html(html) else { return html }
        var out = ""
        func breakLine() { if !out.isEmpty, out.last != "\n" { out += "\n" } }
        func walk(_ node: Node) {
            if node.isText {
                out += node.content
                return
            }
            switch node.name {
            case "script", "style", "head": return
            case "br": out += "\n"
            case "img": out += node["alt"].map { "[\($0)]" } ?? ""
            case "p", "div", "li", "tr", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote":
                breakLine()
                node.children.forEach(walk)
                breakLine()
            default: node.children.forEach(walk)
            }
        }
        walk(root)
        return out
    }

    // MARK: - Moodle's questions

    /// The stretches from `<question` to `</question>`, outside of comments and of text as it stands.
    private static func blocks(in bytes: [UInt8]) -> [(line: Int, range: Range<Int>)] {
        var found: [(line: Int, range: Range<Int>)] = []
        var (at, line) = (0, 1)
        var open: (line: Int, start: Int)?
        func starts(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard at + count <= bytes.count else { return false }
            return (0..<count).allSatisfy { bytes[at + $0] == text.utf8Start[$0] }
        }
        func skip(to text: StaticString) {
            while at < bytes.count, !starts(text) {
                if bytes[at] == UInt8(ascii: "\n") { line += 1 }
                at += 1
            }
        }
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "<"):
                if starts("<!--") {
                    skip(to: "-->")
                } else if starts("<![CDATA[") {
                    skip(to: "]]>")
                } else if starts("<question>") || starts("<question ") {
                    // One that was never closed ends where the next begins.
                    if let open { found.append((open.line, open.start..<at)) }
                    open = (line, at)
                } else if starts("</question>"), let begun = open {
                    found.append((begun.line, begun.start..<(at + "</question>".utf8.count)))
                    open = nil
                }
            default: break
            }
            at += 1
        }
        if let open { found.append((open.line, open.start..<bytes.count)) }
        return found
    }
}
