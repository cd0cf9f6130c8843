/// A paragraph, or what stands in the place of one.
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
            for _ in 0..<2 { _ = try parts.decode(PandocPart.Ignored.self) }
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
            let classes = try parts.decode(PandocPart.Attributes.self).classes
            self = .code(try parts.decode(String.self), language: classes.first)
        case "RawBlock":
            var parts = try members()
            let format = try parts.decode(String.self)
            self = .raw(format: format, try parts.decode(String.self))
        case "HorizontalRule": self = .rule
        case "Header":
            var parts = try members()
            let level = try parts.decode(Int.self)
            _ = try parts.decode(PandocPart.Ignored.self)
            self = .heading(level, try parts.decode([PandocInline].self))
        case "BlockQuote": self = .quote(try node.decode([PandocBlock].self, forKey: .content))
        case "Div":
            var parts = try members()
            let classes = try parts.decode(PandocPart.Attributes.self).classes
            self = .group(try parts.decode([PandocBlock].self), classes: classes)
        case "BulletList": self = .list(try node.decode([[PandocBlock]].self, forKey: .content), numbers: nil)
        case "OrderedList":
            var parts = try members()
            var attributes = try parts.nestedUnkeyedContainer()
            let first = try attributes.decode(Int.self)
            let style = try attributes.decode(PandocPart.Kind.self).kind
            let delimiter = try attributes.decode(PandocPart.Kind.self).kind
            let types = ["LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"]
            self = .list(
                try parts.decode([[PandocBlock]].self),
                numbers: Numbers(first: first, type: types[style] ?? "1", delimiter: delimiter))
        case "DefinitionList": self = .definitions(try node.decode([Definition].self, forKey: .content))
        case "Table":
            var parts = try members()
            _ = try parts.decode(PandocPart.Ignored.self)
            let caption = try parts.decode(Caption.self).blocks
            _ = try parts.decode(PandocPart.Ignored.self)
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
            _ = try parts.decode(PandocPart.Ignored.self)
            blocks = try parts.decode([PandocBlock].self)
        }
    }

    /// `[attributes, rows]`: a table's head or foot.
    private struct Section: Decodable {
        let rows: [[Cell]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(PandocPart.Ignored.self)
            rows = try parts.decode([Row].self).map(\.cells)
        }
    }

    /// `[attributes, number of head columns, head rows, rows]`.
    private struct Body: Decodable {
        let rows: [[Cell]]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(PandocPart.Ignored.self)
            _ = try parts.decode(PandocPart.Ignored.self)
            rows = try (parts.decode([Row].self) + parts.decode([Row].self)).map(\.cells)
        }
    }

    /// `[attributes, cells]`; a cell is `[attributes, alignment, row span, column span, blocks]`.
    private struct Row: Decodable {
        let cells: [Cell]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(PandocPart.Ignored.self)
            cells = try parts.decode([Cell].self)
        }
    }
}
