/// A concept map laid out as SVG: terms, and lines that say how they are related.
package enum ConceptDrawing {
    /// - Parameter link: where a line leads, such as to its sentence; nil for nowhere.
    package static func svg(_ map: ConceptMap, link: (ConceptMap.Relation) -> String? = { _ in nil }) -> String {
        let layout = ConceptLayout(map)
        let (width, height) = (Int(layout.width), Int(layout.height))
        let title = escaped("Concept map: \(map.terms[0])")
        let summary = escaped(map.relations.map { "\(map.terms[$0.from]) \($0.label) \(map.terms[$0.to])" }.joined(separator: "; "))
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="t d" \
            font-family="system-ui, sans-serif" font-size="17"><title id="t">\(title)</title><desc id="d">\(summary)</desc>\
            <rect width="\(width)" height="\(height)" fill="#ffffff"/>\
            <defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">\
            <path d="M0 0L10 5L0 10z" fill="#5b6472"/></marker></defs>
            """
        for relation in map.relations {
            let (from, to) = (layout.places[relation.from], layout.places[relation.to])
            let (start, end) = (edge(from, towards: to), edge(to, towards: from))
            var drawn =
                "<line x1=\"\(n(start.x))\" y1=\"\(n(start.y))\" x2=\"\(n(end.x))\" y2=\"\(n(end.y))\" stroke=\"#5b6472\" stroke-width=\"1.5\" marker-end=\"url(#a)\"/>"
            if !relation.label.isEmpty {
                let (x, y) = ((start.x + end.x) / 2, (start.y + end.y) / 2)
                drawn += text(relation.label, x, y - 4, size: 13, fill: "#39414d", halo: true)
            }
            out += link(relation).map { "<a href=\"\(escaped($0))\">\(drawn)</a>" } ?? drawn
        }
        for (number, term) in map.terms.enumerated() {
            let (place, half) = (layout.places[number], layout.places[number].halfWidth)
            let fill = number == 0 ? "#1f5f4a" : "#e6f2ec"
            out +=
                "<rect x=\"\(n(place.x - half))\" y=\"\(n(place.y - 21))\" width=\"\(n(half * 2))\" height=\"42\" rx=\"21\" fill=\"\(fill)\" stroke=\"#1f5f4a\"/>"
            out += text(term, place.x, place.y + 6, size: 17, fill: number == 0 ? "#ffffff" : "#14352a", halo: false)
        }
        return out + "</svg>"
    }

    /// Where a line from the middle of a pill leaves it.
    private static func edge(_ place: ConceptLayout.Place, towards other: ConceptLayout.Place) -> (x: Double, y: Double) {
        let (dx, dy) = (other.x - place.x, other.y - place.y)
        let scale = min(dx == 0 ? .infinity : (place.halfWidth + 4) / abs(dx), dy == 0 ? .infinity : 25 / abs(dy))
        return scale.isFinite ? (place.x + dx * scale, place.y + dy * scale) : (place.x, place.y)
    }

    private static func text(_ words: String, _ x: Double, _ y: Double, size: Int, fill: String, halo: Bool) -> String {
        let outline = halo ? " stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\"" : ""
        return
            "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(size)\" text-anchor=\"middle\" fill=\"\(fill)\"\(outline)>\(escaped(ConceptLayout.shown(words)))</text>"
    }

    private static func n(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    package static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
