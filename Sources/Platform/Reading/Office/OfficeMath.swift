/// A formula of an office file (ECMA-376, part 1, 22.1) as TeX.
enum OfficeMath {
    static func tex(_ node: Node) -> String {
        TeX.joined(node.elements.map(one)).trimmingSpaces()
    }

    private static func one(_ node: Node) -> String {
        switch node.name {
        case "m:r": return run(node)
        case "m:t": return TeX.symbols(node.text)
        case "m:f": return fraction(node)
        case "m:sSup": return "\(base(node))^\(group(node, "m:sup"))"
        case "m:sSub": return "\(base(node))_\(group(node, "m:sub"))"
        case "m:sSubSup": return "\(base(node))_\(group(node, "m:sub"))^\(group(node, "m:sup"))"
        case "m:sPre": return "{}_\(group(node, "m:sub"))^\(group(node, "m:sup"))\(group(node, "m:e"))"
        case "m:rad":
            let degree = inner(node, "m:deg")
            return degree.isEmpty ? "\\sqrt\(group(node, "m:e"))" : "\\sqrt[\(degree)]\(group(node, "m:e"))"
        case "m:nary": return nary(node)
        case "m:d": return delimited(node)
        case "m:func": return TeX.joined([function(inner(node, "m:fName")), group(node, "m:e")])
        case "m:limLow": return limit(node, sign: "_", otherwise: "\\underset")
        case "m:limUpp": return limit(node, sign: "^", otherwise: "\\overset")
        case "m:acc":
            let mark = node.path("m:accPr", "m:chr")?["val"] ?? "\u{302}"
            return "\\\(TeX.accent(mark) ?? "hat")\(group(node, "m:e"))"
        case "m:bar":
            return (node.path("m:barPr", "m:pos")?["val"] == "top" ? "\\overline" : "\\underline") + group(node, "m:e")
        case "m:groupChr":
            let isAbove = node.path("m:groupChrPr", "m:pos")?["val"] == "top"
            let sign = node.path("m:groupChrPr", "m:chr")?["val"] ?? "⏟"
            if sign == "⏟" || sign == "⏞" { return (isAbove ? "\\overbrace" : "\\underbrace") + group(node, "m:e") }
            return "\\\(isAbove ? "over" : "under")set{\(TeX.symbols(sign))}\(group(node, "m:e"))"
        case "m:borderBox": return "\\boxed\(group(node, "m:e"))"
        case "m:phant": return "\\phantom\(group(node, "m:e"))"
        case "m:m":
            let rows = node.all("m:mr").map { row in row.all("m:e").map(tex).joined(separator: " & ") }
            return "\\begin{matrix} \(rows.joined(separator: " \\\\ ")) \\end{matrix}"
        case "m:eqArr":
            let rows = node.all("m:e").map { tex($0).replacing("\\&", with: "&") }
            return "\\begin{aligned} \(rows.joined(separator: " \\\\ ")) \\end{aligned}"
        case "w:r": return TeX.symbols(node.all("w:t").map(\.text).joined())
        case "w:br": return " \\\\ "
        case _ where node.name.hasSuffix("Pr") || node.name == "w:del": return ""
        default: return tex(node)
        }
    }

    private static func inner(_ node: Node, _ name: String) -> String { node.first(name).map(tex) ?? "" }

    private static func group(_ node: Node, _ name: String) -> String { TeX.group(inner(node, name)) }

    /// What a sign is raised at: braced unless it is one sign.
    private static func base(_ node: Node) -> String {
        let text = inner(node, "m:e")
        let isCommand = text.hasPrefix("\\") && text.dropFirst().allSatisfy { $0.isLetter }
        return text.count == 1 || isCommand ? text : TeX.group(text)
    }

    private static func run(_ node: Node) -> String {
        let text = node.all("m:t").map(\.text).joined()
        let properties = node.first("m:rPr")
        if properties?.first("m:nor") != nil { return "\\text{\(TeX.escaped(text))}" }
        let word = text.trimmingSpaces()
        if TeX.functions.contains(word) { return "\\\(word)" }
        let tex = TeX.symbols(text)
        switch properties?.first("m:scr")?["val"] {
        case "double-struck": return "\\mathbb{\(tex)}"
        case "script": return "\\mathcal{\(tex)}"
        case "fraktur": return "\\mathfrak{\(tex)}"
        default: break
        }
        if properties?.first("m:sty")?["val"] == "b" { return "\\mathbf{\(tex)}" }
        // Upright letters in a row are one name.
        if properties?.first("m:sty")?["val"] == "p", word.count > 1, word.allSatisfy(\.isLetter) { return "\\mathrm{\(tex)}" }
        return tex
    }

    private static func fraction(_ node: Node) -> String {
        switch node.path("m:fPr", "m:type")?["val"] {
        case "lin": return "\(group(node, "m:num"))/\(group(node, "m:den"))"
        case "noBar": return "\\binom\(group(node, "m:num"))\(group(node, "m:den"))"
        default: return "\\frac\(group(node, "m:num"))\(group(node, "m:den"))"
        }
    }

    private static func nary(_ node: Node) -> String {
        let sign = TeX.symbols(node.path("m:naryPr", "m:chr")?["val"] ?? "∫")
        let (below, above) = (inner(node, "m:sub"), inner(node, "m:sup"))
        let limits = (below.isEmpty ? "" : "_{\(below)}") + (above.isEmpty ? "" : "^{\(above)}")
        return TeX.joined([sign + limits, limits.isEmpty ? "" : " ", inner(node, "m:e")])
    }

    private static func delimited(_ node: Node) -> String {
        let properties = node.first("m:dPr")
        let (open, close) = (properties?.first("m:begChr")?["val"] ?? "(", properties?.first("m:endChr")?["val"] ?? ")")
        let bar = TeX.symbols(properties?.first("m:sepChr")?["val"] ?? "|")
        let parts = node.all("m:e").map(tex)
        // A fraction without a bar in brackets is a binomial, which has brackets of its own.
        if open == "(", close == ")", parts.count == 1, parts[0].hasPrefix("\\binom"),
            node.first("m:e")?.elements.map({ $0 }).count == 1
        {
            return parts[0]
        }
        return "\\left\(TeX.fence(open)) \(parts.joined(separator: " \(bar) ")) \\right\(TeX.fence(close))"
    }

    private static func function(_ name: String) -> String {
        let word = name.replacing("\\mathrm{", with: "").replacing("}", with: "")
        return TeX.functions.contains(word) ? "\\\(word)" : name
    }

    private static func limit(_ node: Node, sign: String, otherwise: String) -> String {
        let (text, bound) = (inner(node, "m:e"), group(node, "m:lim"))
        let word = text.replacing("\\mathrm{", with: "").replacing("}", with: "").replacing("\\", with: "").trimmingSpaces()
        if ["lim", "max", "min", "sup", "inf", "limsup", "liminf"].contains(word) { return "\\\(word)\(sign)\(bound)" }
        return text.hasPrefix("\\underbrace") || text.hasPrefix("\\overbrace")
            ? text + sign + bound : otherwise + bound + TeX.group(text)
    }
}
