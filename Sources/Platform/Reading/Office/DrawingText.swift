import Manuscript

/// Text of shapes, the same in all office files that are Open XML (ECMA-376, part 1, 21.1.2).
enum DrawingText {
    /// A paragraph's runs, breaks and formulas.
    static func add(_ paragraph: Node, to inline: inout InlineText) {
        for child in paragraph.elements {
            switch child.name {
            case "a:r", "a:fld":
                let properties = child.first("a:rPr")
                let font = properties?.first("a:sym")?["typeface"] ?? properties?.first("a:latin")?["typeface"] ?? ""
                let text = SymbolFont.mapped(child.first("a:t")?.text ?? "", font: font)
                switch properties?["baseline"].flatMap({ Int($0.replacing("%", with: "000")) }) ?? 0 {
                case 1...: inline.add(RaisedText.up(text, after: inline.last))
                case ..<0: inline.add(RaisedText.down(text))
                default: inline.add(text)
                }
            case "a:br": inline.addBreak()
            case "m:oMath": inline.addFormula(OfficeMath.tex(child), isDisplayed: false)
            case "m:oMathPara":
                for formula in child.all("m:oMath") { inline.addFormula(OfficeMath.tex(formula), isDisplayed: false) }
            case "a:pPr", "a:endParaRPr": break
            // A formula stands within `a14:m`, and that within a choice.
            case "mc:AlternateContent": if let chosen = WordInline.choice(child) { add(chosen, to: &inline) }
            default: add(child, to: &inline)
            }
        }
    }

    /// All text of a diagram, point by point.
    static func addDiagram(_ data: Node, to builder: ManuscriptBuilder) {
        for point in data.deepAll("dgm:pt") where point["type"] ?? "node" == "node" || point["type"] == "asst" {
            for paragraph in point.deepAll("a:p") {
                var inline = InlineText()
                add(paragraph, to: &inline)
                if !inline.isBlank { builder.addItem(inline, marker: "•", level: 0) }
            }
        }
    }
}
