/// A formula of MathML as TeX.
enum MathML {
    /// nil if it says nothing.
    static func tex(_ node: Node) -> String? {
        var written: String?
        node.visit { child in
            let encoding = child["encoding"]?.lowercased() ?? ""
            if local(child) == "annotation", encoding.contains("tex") { written = child.text.trimmingSpaces() }
            return written == nil
        }
        if let written, !written.isEmpty { return unwrapped(written) }
        // Wikipedia keeps the source here.
        if let text = node["alttext"]?.trimmingSpaces(), !text.isEmpty { return unwrapped(text) }
        let tex = children(of: node).trimmingSpaces()
        return tex.isEmpty ? nil : tex
    }

    private static func unwrapped(_ tex: String) -> String {
        guard tex.hasPrefix("{\\displaystyle "), tex.hasSuffix("}") else { return tex }
        return String(tex.dropFirst("{\\displaystyle ".count).dropLast()).trimmingSpaces()
    }

    private static func local(_ node: Node) -> String {
        node.name.hasPrefix("math:") ? String(node.name.dropFirst(5)) : node.name
    }

    private static func children(of node: Node) -> String { node.elements.map(one).filter { !$0.isEmpty }.joined(separator: " ") }

    private static func one(_ node: Node) -> String {
        let parts = Array(node.elements)
        func part(_ index: Int) -> String { parts.indices.contains(index) ? TeX.group(one(parts[index])) : "{}" }
        switch local(node) {
        case "mi":
            let text = node.text.trimmingSpaces()
            if text.count > 1 { return TeX.functions.contains(text) ? "\\\(text)" : "\\mathrm{\(TeX.escaped(text))}" }
            return TeX.symbols(text)
        case "mn", "mo", "ms": return TeX.symbols(node.text.trimmingSpaces())
        case "mtext": return "\\text{\(TeX.escaped(node.text.singleLine))}"
        case "mspace": return "\\,"
        case "mfrac": return "\\frac\(part(0))\(part(1))"
        case "msqrt": return "\\sqrt{\(children(of: node))}"
        case "mroot": return "\\sqrt[\(parts.count > 1 ? one(parts[1]) : "")]\(part(0))"
        case "msup": return "\(base(parts))^\(part(1))"
        case "msub": return "\(base(parts))_\(part(1))"
        case "msubsup": return "\(base(parts))_\(part(1))^\(part(2))"
        case "munder": return under(parts)
        case "mover": return over(parts)
        case "munderover":
            return isLarge(parts) ? "\(base(parts))_\(part(1))^\(part(2))" : "\\overset\(part(2)){\\underset\(part(1))\(part(0))}"
        case "mfenced":
            let (open, close) = (node["open"] ?? "(", node["close"] ?? ")")
            let inside = parts.map(one).joined(separator: (node["separators"] ?? ",").prefix(1) + " ")
            return "\\left\(TeX.fence(open)) \(inside) \\right\(TeX.fence(close))"
        case "mtable":
            let rows = parts.map { row in row.elements.map { children(of: $0) }.joined(separator: " & ") }
            return "\\begin{matrix} \(rows.joined(separator: " \\\\ ")) \\end{matrix}"
        case "mphantom", "annotation", "annotation-xml", "maction", "none", "mprescripts": return ""
        case "menclose": return "\\boxed{\(children(of: node))}"
        default:
            if parts.isEmpty { return TeX.symbols(node.text.trimmingSpaces()) }
            return children(of: node)
        }
    }

    private static func base(_ parts: [Node]) -> String {
        guard let first = parts.first else { return "{}" }
        let text = one(first)
        return text.count <= 1 || text.hasPrefix("\\") && !text.contains(" ") ? text : TeX.group(text)
    }

    /// Whether limits stand above and below it by themselves.
    private static func isLarge(_ parts: [Node]) -> Bool {
        guard let first = parts.first else { return false }
        let text = first.text.trimmingSpaces()
        return TeX.large.contains(text) || ["lim", "max", "min", "sup", "inf", "argmax", "argmin"].contains(text)
    }

    private static func under(_ parts: [Node]) -> String {
        guard parts.count > 1 else { return parts.first.map(one) ?? "" }
        if isLarge(parts) { return "\(base(parts))_\(TeX.group(one(parts[1])))" }
        let mark = parts[1].text.trimmingSpaces()
        if mark == "_" || mark == "\u{332}" || mark == "¯" { return "\\underline\(TeX.group(one(parts[0])))" }
        return "\\underset\(TeX.group(one(parts[1])))\(TeX.group(one(parts[0])))"
    }

    private static func over(_ parts: [Node]) -> String {
        guard parts.count > 1 else { return parts.first.map(one) ?? "" }
        if isLarge(parts) { return "\(base(parts))^\(TeX.group(one(parts[1])))" }
        if let accent = TeX.accent(parts[1].text.trimmingSpaces()) { return "\\\(accent)\(TeX.group(one(parts[0])))" }
        return "\\overset\(TeX.group(one(parts[1])))\(TeX.group(one(parts[0])))"
    }
}
