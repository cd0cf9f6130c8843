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

enum PandocKeys: String, CodingKey {
    case kind = "t"
    case content = "c"
}

indirect enum PandocInline: Decodable {
    case text(String)
    case space
    case softBreak
    case lineBreak
    case group([PandocInline])
    case raised([PandocInline])
    case lowered([PandocInline])
    case quoted([PandocInline], isSingle: Bool)
    case code(String)
    case math(String, isDisplayed: Bool)
    case image([PandocInline])
    case raw(format: String, String)
    case note([PandocBlock])
    case nothing

    init(from decoder: any Decoder) throws {
        let node = try decoder.container(keyedBy: PandocKeys.self)
        func members() throws -> any UnkeyedDecodingContainer { try node.nestedUnkeyedContainer(forKey: .content) }
        func inlines() throws -> [PandocInline] { try node.decode([PandocInline].self, forKey: .content) }
        switch try node.decode(String.self, forKey: .kind) {
        case "Str": self = .text(try node.decode(String.self, forKey: .content))
        case "Space": self = .space
        case "SoftBreak": self = .softBreak
        case "LineBreak": self = .lineBreak
        case "Emph", "Underline", "Strong", "Strikeout", "SmallCaps": self = .group(try inlines())
        case "Superscript": self = .raised(try inlines())
        case "Subscript": self = .lowered(try inlines())
        case "Quoted":
            var parts = try members()
            let isSingle = try parts.decode(Kind.self).kind == "SingleQuote"
            self = .quoted(try parts.decode([PandocInline].self), isSingle: isSingle)
        case "Cite", "Link", "Span":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .group(try parts.decode([PandocInline].self))
        case "Image":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .image(try parts.decode([PandocInline].self))
        case "Code":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .code(try parts.decode(String.self))
        case "Math":
            var parts = try members()
            let isDisplayed = try parts.decode(Kind.self).kind == "DisplayMath"
            self = .math(try parts.decode(String.self), isDisplayed: isDisplayed)
        case "RawInline":
            var parts = try members()
            let format = try parts.decode(String.self)
            self = .raw(format: format, try parts.decode(String.self))
        case "Note": self = .note(try node.decode([PandocBlock].self, forKey: .content))
        default: self = .nothing
        }
    }

    /// The words alone.
    static func text(of inlines: [PandocInline]) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let text), .code(let text), .math(let text, _): text
            case .space, .softBreak, .lineBreak: " "
            case .group(let inner), .raised(let inner), .lowered(let inner), .quoted(let inner, _), .image(let inner):
                text(of: inner)
            case .raw, .note, .nothing: ""
            }
        }.joined()
    }
}

enum PandocBlock: Decodable {
    /// A paragraph that stands close, as in a tight list.
    case plain([PandocInline])
    case paragraph([PandocInline])
    case lines([[PandocInline]])
    case code(String, language: String?)
    case raw(format: String, String)
    case heading(Int, [PandocInline])
    case quote([PandocBlock])
    case group([PandocBlock], classes: [String])
    /// No numbers for bullets.
    case list([[PandocBlock]], numbers: Numbers?)
    case definitions([Definition])
    case table(Table)
    case rule
    case nothing

    struct Numbers {
        var first: Int
        /// As HTML says it: `1`, `a`, `A`, `i`, `I`.
        var type: String
        /// pandoc's word for the sign around the number.
        var delimiter: String
    }

    struct Definition: Decodable {
        let term: [PandocInline]
        let definitions: [[PandocBlock]]

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            term = try parts.decode([PandocInline].self)
            definitions = try parts.decode([[PandocBlock]].self)
        }
    }

    struct Table {
        var caption: [PandocBlock]
        var head: [[Cell]]
        /// Bodies and foot, row by row.
        var rows: [[Cell]]
    }

    /// `[attributes, alignment, row span, column span, blocks]`.
    struct Cell: Decodable {
        let rowSpan: Int
        let columnSpan: Int
        let blocks: [PandocBlock]

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            for _ in 0..<2 { _ = try parts.decode(Ignored.self) }
            rowSpan = try parts.decode(Int.self)
            columnSpan = try parts.decode(Int.self)
            blocks = try parts.decode([PandocBlock].self)
        }
    }

    init(from decoder: any Decoder) throws {
        let node = try decoder.container(keyedBy: PandocKeys.self)
        func members() throws -> any UnkeyedDecodingContainer { try node.nestedUnkeyedContainer(forKey: .content) }
        switch try node.decode(String.self, forKey: .kind) {
        case "Plain": self = .plain(try node.decode([PandocInline].self, forKey: .content))
        case "Para": self = .paragraph(try node.decode([PandocInline].self, forKey: .content))
        case "LineBlock": self = .lines(try node.decode([[PandocInline]].self, forKey: .content))
        case "CodeBlock":
            var parts = try members()
            let classes = try parts.decode(Attributes.self).classes
            self = .code(try parts.decode(String.self), language: classes.first)
        case "RawBlock":
            var parts = try members()
            let format = try parts.decode(String.self)
            self = .raw(format: format, try parts.decode(String.self))
        case "HorizontalRule": self = .rule
        case "Header":
            var parts = try members()
            let level = try parts.decode(Int.self)
            _ = try parts.decode(Ignored.self)
            self = .heading(level, try parts.decode([PandocInline].self))
        case "BlockQuote": self = .quote(try node.decode([PandocBlock].self, forKey: .content))
        case "Div":
            var parts = try members()
            let classes = try parts.decode(Attributes.self).classes
            self = .group(try parts.decode([PandocBlock].self), classes: classes)
        case "BulletList": self = .list(try node.decode([[PandocBlock]].self, forKey: .content), numbers: nil)
        case "OrderedList":
            var parts = try members()
            var attributes = try parts.nestedUnkeyedContainer()
            let first = try attributes.decode(Int.self)
            let style = try attributes.decode(Kind.self).kind
            let delimiter = try attributes.decode(Kind.self).kind
            let types = ["LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"]
            self = .list(
                try parts.decode([[PandocBlock]].self),
                numbers: Numbers(first: first, type: types[style] ?? "1", delimiter: delimiter))
        case "DefinitionList": self = .definitions(try node.decode([Definition].self, forKey: .content))
        case "Table":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            let caption = try parts.decode(Caption.self).blocks
            _ = try parts.decode(Ignored.self)
            let head = try parts.decode(Section.self).rows
            var rows: [[Cell]] = []
            for body in try parts.decode([Body].self) { rows += body.rows }
            rows += try parts.decode(Section.self).rows
            self = .table(Table(caption: caption, head: head, rows: rows))
        default: self = .nothing
        }
    }

    /// `[short caption or null, blocks]`.
    private struct Caption: Decodable {
        let blocks: [PandocBlock]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            blocks = try parts.decode([PandocBlock].self)
        }
    }

    /// `[attributes, rows]`: a table's head or foot.
    private struct Section: Decodable {
        let rows: [[Cell]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            rows = try parts.decode([Row].self).map(\.cells)
        }
    }

    /// `[attributes, number of head columns, head rows, rows]`.
    private struct Body: Decodable {
        let rows: [[Cell]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            _ = try parts.decode(Ignored.self)
            rows = try (parts.decode([Row].self) + parts.decode([Row].self)).map(\.cells)
        }
    }

    /// `[attributes, cells]`; a cell is `[attributes, alignment, row span, column span, blocks]`.
    private struct Row: Decodable {
        let cells: [Cell]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            cells = try parts.decode([Cell].self)
        }
    }
}

/// A node of which only the kind matters.
private struct Kind: Decodable {
    let kind: String
    private enum Keys: String, CodingKey { case kind = "t" }
    init(from decoder: any Decoder) throws { kind = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .kind) }
}

/// `[identifier, classes, other attributes]`.
private struct Attributes: Decodable {
    let classes: [String]
    init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        _ = try parts.decode(Ignored.self)
        classes = try parts.decode([String].self)
    }
}

/// A member that is passed over whatever it is.
private struct Ignored: Decodable {
    init(from decoder: any Decoder) throws {}
}
