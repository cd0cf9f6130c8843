/// The two members of a node.
enum PandocKeys: String, CodingKey {
    case kind = "t"
    case content = "c"
}

/// Members of nodes.
enum PandocPart {
    /// A node of which only the kind matters.
    struct Kind: Decodable {
        let kind: String
        private enum Keys: String, CodingKey { case kind = "t" }
        init(from decoder: any Decoder) throws {
            kind = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .kind)
        }
    }

    /// `[identifier, classes, other attributes]`.
    struct Attributes: Decodable {
        let classes: [String]
        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            _ = try parts.decode(Ignored.self)
            classes = try parts.decode([String].self)
        }
    }

    /// A member that is passed over whatever it is.
    struct Ignored: Decodable {
        init(from decoder: any Decoder) throws {}
    }
}
