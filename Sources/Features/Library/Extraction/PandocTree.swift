/// pandoc's JSON syntax tree (pandoc-types 1.22), reduced to what has text. A node is `{"t": kind, "c": content}`; content is an array
/// whose members depend on the kind. The decoder's own depth limit bounds the recursion.
struct PandocTree: Decodable {
    var title: String?
    var authors: [String] = []
    var date: String?
    var doi: String?
    var language: String?
    /// With the abstract first, which pandoc takes for a description.
    let blocks: [PandocBlock]

    private enum Keys: String, CodingKey { case meta, blocks }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let meta = try? container.decode([String: MetaValue].self, forKey: .meta)
        blocks = (meta?["abstract"]?.blocks ?? []) + (try container.decode([PandocBlock].self, forKey: .blocks))
        func value(_ name: String) -> String? {
            let plain = meta?[name]?.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return plain?.isEmpty == false ? plain : nil
        }
        (title, date, language) = (value("title"), value("date"), value("lang"))
        authors = meta?["author"]?.texts ?? []
        // A list of one work is that work's description.
        guard let works = meta?["references"]?.members, works.count == 1, let work = works.first?.fields else { return }
        func field(_ name: String) -> String? { work[name].map(\.text).flatMap { $0.isEmpty ? nil : $0 } }
        title = title ?? field("title")
        date = date ?? field("issued")
        doi = field("DOI") ?? field("doi")
        let names = (work["author"]?.members ?? []).map { name in
            ["given", "family", "literal"].compactMap { name.fields[$0]?.text }.joined(separator: " ")
        }
        if authors.isEmpty { authors = names }
    }
}

/// A value of the document's metadata.
private struct MetaValue: Decodable {
    var text = ""
    var members: [MetaValue] = []
    var fields: [String: MetaValue] = [:]
    var blocks: [PandocBlock] = []

    /// Of a list each member's text.
    var texts: [String] { members.isEmpty ? [text].filter { !$0.isEmpty } : members.map(\.text).filter { !$0.isEmpty } }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: PandocKeys.self)
        switch try container.decode(String.self, forKey: .kind) {
        case "MetaString": text = try container.decode(String.self, forKey: .content)
        case "MetaInlines": text = PandocInline.text(of: try container.decode([PandocInline].self, forKey: .content))
        case "MetaBlocks": blocks = try container.decode([PandocBlock].self, forKey: .content)
        case "MetaList":
            members = try container.decode([MetaValue].self, forKey: .content)
            text = members.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ")
        case "MetaMap": fields = try container.decode([String: MetaValue].self, forKey: .content)
        default: break
        }
    }
}
