import Glibc

/// A concept map laid out as SVG: the topic in the middle, the terms around it, and lines that say how they are related.
enum ConceptDrawing {
    private static let width = 960.0
    private static let height = 720.0

    static func svg(_ map: ConceptMap) -> String {
        let places = places(map.terms.count)
        let title = escaped("Concept map: \(map.terms[0])")
        let summary = escaped(map.relations.map { "\(map.terms[$0.from]) \($0.label) \(map.terms[$0.to])" }.joined(separator: "; "))
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" aria-labelledby="t d" \
            font-family="system-ui, sans-serif" font-size="17"><title id="t">\(title)</title><desc id="d">\(summary)</desc>\
            <rect width="\(Int(width))" height="\(Int(height))" fill="#ffffff"/>\
            <defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">\
            <path d="M0 0L10 5L0 10z" fill="#5b6472"/></marker></defs>
            """
        for relation in map.relations {
            let (from, to) = (places[relation.from], places[relation.to])
            let (start, end) = (edge(from, map.terms[relation.from], towards: to), edge(to, map.terms[relation.to], towards: from))
            out +=
                "<line x1=\"\(n(start.x))\" y1=\"\(n(start.y))\" x2=\"\(n(end.x))\" y2=\"\(n(end.y))\" stroke=\"#5b6472\" stroke-width=\"1.5\" marker-end=\"url(#a)\"/>"
            guard !relation.label.isEmpty else { continue }
            let (x, y) = ((start.x + end.x) / 2, (start.y + end.y) / 2)
            out += text(relation.label, x, y - 4, size: 13, fill: "#39414d", halo: true)
        }
        for (number, term) in map.terms.enumerated() {
            let (place, half) = (places[number], halfWidth(term))
            let fill = number == 0 ? "#1f5f4a" : "#e6f2ec"
            out +=
                "<rect x=\"\(n(place.x - half))\" y=\"\(n(place.y - 21))\" width=\"\(n(half * 2))\" height=\"42\" rx=\"21\" fill=\"\(fill)\" stroke=\"#1f5f4a\"/>"
            out += text(term, place.x, place.y + 6, size: 17, fill: number == 0 ? "#ffffff" : "#14352a", halo: false)
        }
        return out + "</svg>"
    }

    private static func places(_ count: Int) -> [(x: Double, y: Double)] {
        let around = (0..<max(0, count - 1)).map { number -> (x: Double, y: Double) in
            let angle = 2 * Double.pi * Double(number) / Double(max(1, count - 1)) - Double.pi / 2
            return (width / 2 + 360 * cos(angle), height / 2 + 290 * sin(angle))
        }
        return [(width / 2, height / 2)] + around
    }

    private static func halfWidth(_ term: String) -> Double { min(190, Double(shown(term).count) * 4.8 + 22) }

    /// Where a line from the middle of a pill leaves it.
    private static func edge(_ place: (x: Double, y: Double), _ term: String, towards other: (x: Double, y: Double)) -> (
        x: Double, y: Double
    ) {
        let (dx, dy) = (other.x - place.x, other.y - place.y)
        let scale = min(dx == 0 ? .infinity : (halfWidth(term) + 4) / abs(dx), dy == 0 ? .infinity : 25 / abs(dy))
        return scale.isFinite ? (place.x + dx * scale, place.y + dy * scale) : place
    }

    private static func shown(_ term: String) -> String { term.count > 36 ? term.prefix(35) + "…" : term }

    private static func text(_ words: String, _ x: Double, _ y: Double, size: Int, fill: String, halo: Bool) -> String {
        let outline = halo ? " stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\"" : ""
        return
            "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(size)\" text-anchor=\"middle\" fill=\"\(fill)\"\(outline)>\(escaped(shown(words)))</text>"
    }

    private static func n(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
