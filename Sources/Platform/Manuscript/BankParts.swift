/// A file of questions as it is parsed in the sandbox: each question's markup as a tree, or that it could not be parsed.
package struct BankParts: Sendable, Codable {
    package struct Part: Sendable, Codable {
        /// Within an archive.
        package var path: String
        /// In the file, from 1.
        package var line: Int
        /// nil if it is not well-formed.
        package var tree: MarkupTree?

        package init(path: String, line: Int, tree: MarkupTree?) {
            self.path = path
            self.line = line
            self.tree = tree
        }
    }

    package var parts: [Part]

    package init(parts: [Part]) { self.parts = parts }
}

/// An element of markup, or a stretch of text.
package struct MarkupTree: Sendable, Codable, Hashable {
    /// Empty for text.
    package var name: String
    package var text: String?
    /// Names and values in turn.
    package var attributes: [String]?
    package var children: [MarkupTree]?

    package init(name: String, text: String? = nil, attributes: [String]? = nil, children: [MarkupTree]? = nil) {
        self.name = name
        self.text = text
        self.attributes = attributes
        self.children = children
    }

    package subscript(_ attribute: String) -> String? {
        guard let attributes,
            let at = stride(from: 0, to: attributes.count - 1, by: 2).first(where: { attributes[$0] == attribute })
        else { return nil }
        return attributes[at + 1]
    }

    package func all(_ name: String) -> [MarkupTree] { (children ?? []).filter { $0.name == name } }
    package func first(_ name: String) -> MarkupTree? { children?.first { $0.name == name } }

    /// All elements of a name below, outermost first; none within another.
    package func deepAll(_ name: String) -> [MarkupTree] {
        (children ?? []).flatMap { $0.name == name ? [$0] : $0.deepAll(name) }
    }

    /// All text below.
    package var allText: String { (text ?? "") + (children ?? []).map(\.allText).joined() }
}
