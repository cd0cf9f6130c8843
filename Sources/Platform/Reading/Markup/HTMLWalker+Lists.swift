/// Lists, whose markers are part of what they say: an answer key points at “B)”.
extension HTMLWalker {
    func list(_ node: Node) {
        flush()
        depth += 1
        defer { depth -= 1 }
        let isOrdered = node.name == "ol"
        var number = node["start"].flatMap { Int($0.trimmingSpaces()) } ?? 1
        let isReversed = isOrdered && node["reversed"] != nil
        if isReversed, node["start"] == nil { number = node.all("li").count }
        let style = Self.style(of: node)
        for child in node.children {
            if child.isText || child.name != "li" {
                // Lists that stand between items instead of within them, as some programs write them.
                if child.name == "ul" || child.name == "ol" { list(child) } else { blocks(of: wrapper(child)) }
                continue
            }
            if isLeftOut(child) { continue }
            if let value = child["value"].flatMap({ Int($0.trimmingSpaces()) }) { number = value }
            flush()
            pendingMarker = isOrdered && style != .none ? ListMarker.text(number, style: style, frame: Self.frame(of: node)) : "•"
            blocks(of: child)
            flush()
            pendingMarker = nil
            number += isReversed ? -1 : 1
        }
        flush()
    }

    private func wrapper(_ node: Node) -> Node {
        let wrapper = Node("div")
        wrapper.append(node)
        return wrapper
    }

    private static func style(of node: Node) -> ListMarker.Style {
        switch node["type"] {
        case "A": return .upperLetter
        case "a": return .lowerLetter
        case "I": return .upperRoman
        case "i": return .lowerRoman
        default: break
        }
        let style = (node["style"] ?? "").lowercased()
        for (word, kind) in [
            ("upper-alpha", ListMarker.Style.upperLetter), ("upper-latin", .upperLetter), ("lower-alpha", .lowerLetter),
            ("lower-latin", .lowerLetter), ("upper-roman", .upperRoman), ("lower-roman", .lowerRoman), ("lower-greek", .lowerGreek),
            ("none", .none),
        ] where style.contains("list-style") && style.contains(word) {
            return kind
        }
        return .decimal
    }

    /// What pandoc knew of the signs around the number, handed on by our filter.
    private static func frame(of node: Node) -> ListMarker.Frame {
        switch node["data-delimiter"] {
        case "OneParen": .closed
        case "TwoParens": .enclosed
        default: .dotted
        }
    }
}
