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
        let builder = ManuscriptBuilder()
        var read = 0
        for reference in root.deepAll("opf:itemref") {
            guard let item = reference["idref"].flatMap({ items[$0] }), let target = item["href"] else { continue }
            // The contents, which the headings say again.
            if item["properties"]?.split(separator: " ").contains("nav") == true { continue }
            let name = OfficePackage.resolve(unescaped(target), in: folder)
            if protected.contains(name) { throw .encrypted }
            guard let chapter = try? archive.content(name), let page = try? HTMLReader.read(chapter) else {
                builder.leaveOut(.unknown)
                continue
            }
            read += 1
            builder.add(page)
        }
        guard read > 0 else { throw .damaged }
        var manuscript = builder.manuscript()
        let metadata = root.first("opf:metadata")
        func value(_ name: String) -> String? {
            let text = metadata?.deep("dc:" + name)?.text.singleLine
            return text?.isEmpty == false ? text : nil
        }
        manuscript.title = value("title")
        manuscript.author = value("creator")
        manuscript.language = value("language")
        manuscript.date = value("date")
        return manuscript
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

    private static func unescaped(_ address: String) -> String {
        let path = address.prefix { $0 != "#" }
        return String(decoding: MailWords.percentDecoded(String(path)), as: UTF8.self)
    }
}
