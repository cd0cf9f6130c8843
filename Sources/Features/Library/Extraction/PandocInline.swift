/// What stands within a line.
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
            let isSingle = try parts.decode(PandocPart.Kind.self).kind == "SingleQuote"
            self = .quoted(try parts.decode([PandocInline].self), isSingle: isSingle)
        case "Cite", "Link", "Span":
            var parts = try members()
            _ = try parts.decode(PandocPart.Ignored.self)
            self = .group(try parts.decode([PandocInline].self))
        case "Image":
            var parts = try members()
            _ = try parts.decode(PandocPart.Ignored.self)
            self = .image(try parts.decode([PandocInline].self))
        case "Code":
            var parts = try members()
            _ = try parts.decode(PandocPart.Ignored.self)
            self = .code(try parts.decode(String.self))
        case "Math":
            var parts = try members()
            let isDisplayed = try parts.decode(PandocPart.Kind.self).kind == "DisplayMath"
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
