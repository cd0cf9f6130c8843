import Manuscript

/// Electronic books (EPUB 2 and 3): the chapters in their order.
enum BookReader {
    static func read(_ bytes: [UInt8]) throws(ReadingFault) -> Manuscript {
        let archive = try Archive(bytes)
        guard let container = try archive.content("META-INF/container.xml"),
            let path = try MarkupParser.xml(container).deep("rootfile")?["full-path"], let content = try archive.content(path)
        else { throw .damaged }
        let root = try MarkupParser.xml(content)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let protected = try protectedMembers(archive)
        var items: [String: Node] = [:]
        for item in root.deepAll("opf:item") { if let id = item["id"] { items[id] = item } }
        let contents = BookContents(archive, items: items, spine: root.deep("opf:spine"), folder: folder)
        let builder = ManuscriptBuilder()
        var read = 0
        for reference in root.deepAll("opf:itemref") {
            guard let item = reference["idref"].flatMap({ items[$0] }), let target = item["href"] else { continue }
            // The contents, which the headings say again.
            if item["properties"]?.split(separator: " ").contains("nav") == true { continue }
            let name = OfficePackage.resolve(unescaped(target), in: folder)
            if protected.contains(name) { throw .encrypted }
            guard let chapter = try? archive.content(name),
                let page = try? HTMLReader.read(chapter, folder: name.lastIndex(of: "/").map { String(name[...$0]) } ?? "")
            else {
                builder.leaveOut(.unknown)
                continue
            }
            read += 1
            builder.add(contents.completing(page, of: name))
        }
        guard read > 0 else { throw .damaged }
        var manuscript = builder.manuscript()
        describe(root.first("opf:metadata"), in: &manuscript)
        return manuscript
    }

    private static func describe(_ metadata: Node?, in manuscript: inout Manuscript) {
        func values(_ name: String) -> [String] {
            (metadata?.deepAll("dc:" + name) ?? []).map { $0.text.singleLine }.filter { !$0.isEmpty }
        }
        manuscript.title = values("title").first
        manuscript.authors = values("creator")
        manuscript.language = values("language").first
        manuscript.date = values("date").first
        manuscript.doi = values("identifier").first { $0.lowercased().contains("doi") }
    }

    /// Members under copy protection. Fonts that are only scrambled are none of it.
    private static func protectedMembers(_ archive: Archive) throws(ReadingFault) -> Set<String> {
        guard let bytes = try archive.content("META-INF/encryption.xml"), let root = try? MarkupParser.xml(bytes) else { return [] }
        var names: Set<String> = []
        root.visit { node in
            if node.name.hasSuffix("CipherReference"), let name = node["URI"] { names.insert(unescaped(name)) }
            return true
        }
        return names
    }

    /// The member's name behind an address within the book.
    static func unescaped(_ address: String) -> String {
        let path = address.prefix { $0 != "#" }
        return String(decoding: MailWords.percentDecoded(String(path)), as: UTF8.self)
    }
}
