/// pandoc's JSON syntax tree (pandoc-types 1.22), reduced to what has text. A node is `{"t": kind, "c": content}`; content is an array
/// whose members depend on the kind. The decoder's own depth limit bounds the recursion.
struct PandocTree: Decodable {
    let title: String?
    let blocks: [PandocBlock]

    private enum Keys: String, CodingKey { case meta, blocks }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        blocks = try container.decode([PandocBlock].self, forKey: .blocks)
        let meta = try? container.decode([String: MetaValue].self, forKey: .meta)
        let plain = meta?["title"]?.text.singleLine
        title = plain?.isEmpty == false ? plain : nil
    }
}

/// A value of the document's metadata; only text is of use.
private struct MetaValue: Decodable {
    var text = ""

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: PandocKeys.self)
        switch try container.decode(String.self, forKey: .kind) {
        case "MetaString": text = try container.decode(String.self, forKey: .content)
        case "MetaInlines":
            var walker = PandocWalker()
            walker.walk([.paragraph(try container.decode([PandocInline].self, forKey: .content))])
            text = walker.paragraphs.first?.text ?? ""
        default: break
        }
    }
}

enum PandocKeys: String, CodingKey {
    case kind = "t"
    case content = "c"
}

enum PandocInline: Decodable {
    case text(String)
    case space
    case lineBreak
    case group([PandocInline])
    case quoted([PandocInline], isSingle: Bool)
    case note([PandocBlock])
    case nothing

    init(from decoder: any Decoder) throws {
        let node = try decoder.container(keyedBy: PandocKeys.self)
        func members() throws -> any UnkeyedDecodingContainer { try node.nestedUnkeyedContainer(forKey: .content) }
        switch try node.decode(String.self, forKey: .kind) {
        case "Str": self = .text(try node.decode(String.self, forKey: .content))
        case "Space", "SoftBreak": self = .space
        case "LineBreak": self = .lineBreak
        case "Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps":
            self = .group(try node.decode([PandocInline].self, forKey: .content))
        case "Quoted":
            var parts = try members()
            let isSingle = try parts.decode(Kind.self).kind == "SingleQuote"
            self = .quoted(try parts.decode([PandocInline].self), isSingle: isSingle)
        case "Cite", "Link", "Image", "Span":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .group(try parts.decode([PandocInline].self))
        case "Code", "Math":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .text(try parts.decode(String.self))
        case "Note": self = .note(try node.decode([PandocBlock].self, forKey: .content))
        default: self = .nothing
        }
    }
}

enum PandocBlock: Decodable {
    case paragraph([PandocInline])
    case lines([[PandocInline]])
    case code(String)
    case heading(Int, [PandocInline])
    case group([PandocBlock])
    /// `first` is the number of the first item, nil for bullets.
    case list([[PandocBlock]], first: Int?)
    case definitions([Definition])
    case table(Table)
    case nothing

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
        /// Head, bodies and foot, row by row.
        var rows: [[[PandocBlock]]]
    }

    init(from decoder: any Decoder) throws {
        let node = try decoder.container(keyedBy: PandocKeys.self)
        func members() throws -> any UnkeyedDecodingContainer { try node.nestedUnkeyedContainer(forKey: .content) }
        switch try node.decode(String.self, forKey: .kind) {
        case "Plain", "Para": self = .paragraph(try node.decode([PandocInline].self, forKey: .content))
        case "LineBlock": self = .lines(try node.decode([[PandocInline]].self, forKey: .content))
        case "CodeBlock":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .code(try parts.decode(String.self))
        case "Header":
            var parts = try members()
            let level = try parts.decode(Int.self)
            _ = try parts.decode(Ignored.self)
            self = .heading(level, try parts.decode([PandocInline].self))
        case "BlockQuote": self = .group(try node.decode([PandocBlock].self, forKey: .content))
        case "Div":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            self = .group(try parts.decode([PandocBlock].self))
        case "BulletList": self = .list(try node.decode([[PandocBlock]].self, forKey: .content), first: nil)
        case "OrderedList":
            var parts = try members()
            var attributes = try parts.nestedUnkeyedContainer()
            let first = try attributes.decode(Int.self)
            self = .list(try parts.decode([[PandocBlock]].self), first: first)
        case "DefinitionList": self = .definitions(try node.decode([Definition].self, forKey: .content))
        case "Table":
            var parts = try members()
            _ = try parts.decode(Ignored.self)
            let caption = try parts.decode(Caption.self).blocks
            _ = try parts.decode(Ignored.self)
            var rows = try parts.decode(Section.self).rows
            for body in try parts.decode([Body].self) { rows += body.rows }
            rows += try parts.decode(Section.self).rows
            self = .table(Table(caption: caption, rows: rows))
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
        let rows: [[[PandocBlock]]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            rows = try parts.decode([Row].self).map(\.cells)
        }
    }

    /// `[attributes, number of head columns, head rows, rows]`.
    private struct Body: Decodable {
        let rows: [[[PandocBlock]]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            _ = try parts.decode(Ignored.self)
            rows = try (parts.decode([Row].self) + parts.decode([Row].self)).map(\.cells)
        }
    }

    /// `[attributes, cells]`; a cell is `[attributes, alignment, row span, column span, blocks]`.
    private struct Row: Decodable {
        let cells: [[PandocBlock]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            cells = try parts.decode([Cell].self).map(\.blocks)
        }
    }

    private struct Cell: Decodable {
        let blocks: [PandocBlock]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            for _ in 0..<4 { _ = try parts.decode(Ignored.self) }
            blocks = try parts.decode([PandocBlock].self)
        }
    }
}

/// A node of which only the kind matters.
private struct Kind: Decodable {
    let kind: String
    private enum Keys: String, CodingKey { case kind = "t" }
    init(from decoder: any Decoder) throws { kind = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .kind) }
}

/// A member that is passed over whatever it is.
private struct Ignored: Decodable {
    init(from decoder: any Decoder) throws {}
}
