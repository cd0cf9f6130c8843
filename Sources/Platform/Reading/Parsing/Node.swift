/// An element of XML or HTML, or a stretch of text.
final class Node {
    /// Of an element, with the prefix that `Namespaces` gives; empty for text.
    let name: String
    /// By local name; those of the relationships' namespace as `r:id`.
    let attributes: [String: String]
    private(set) var children: [Node] = []
    private(set) var content: String

    init(_ name: String, _ attributes: [String: String] = [:]) {
        self.name = name
        self.attributes = attributes
        content = ""
    }

    init(text: String) {
        name = ""
        attributes = [:]
        content = text
    }

    var isText: Bool { name.isEmpty }

    subscript(_ attribute: String) -> String? { attributes[attribute] }

    func append(_ node: Node) { children.append(node) }

    func append(text: String) {
        if let last = children.last, last.isText { last.content += text } else { children.append(Node(text: text)) }
    }

    /// The elements within it.
    var elements: some Sequence<Node> { children.lazy.filter { !$0.isText } }

    func first(_ name: String) -> Node? { children.first { $0.name == name } }

    func all(_ name: String) -> [Node] { children.filter { $0.name == name } }

    /// Down through first children: `path("w:pPr", "w:numPr")`.
    func path(_ names: String...) -> Node? { names.reduce(self as Node?) { $0?.first($1) } }

    /// The first element of a name anywhere below, in document order.
    func deep(_ name: String) -> Node? {
        var found: Node?
        visit { node in
            if found == nil, node.name == name { found = node }
            return found == nil
        }
        return found
    }

    /// All elements of a name below, outermost first; none within another.
    func deepAll(_ name: String) -> [Node] {
        var found: [Node] = []
        visit { node in
            if node.name == name { found.append(node) }
            return node.name != name
        }
        return found
    }

    /// Goes through all that is below in document order; below a node only where `enter` says so.
    func visit(_ enter: (Node) -> Bool) {
        for child in children where enter(child) { child.visit(enter) }
    }

    /// All text below.
    var text: String {
        var out = content
        for child in children { out += child.text }
        return out
    }
}
