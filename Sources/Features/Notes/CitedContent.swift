import LanguageModels

/// Markdown, and what its `[n]` stand for.
package struct CitedContent: Sendable, Hashable, Codable {
    package var text: String
    package var citations: [NoteCitation]

    package init(_ text: String = "", _ citations: [NoteCitation] = []) {
        self.text = text
        self.citations = citations
    }

    /// Without citations that the text does not show.
    var trimmed: CitedContent {
        var shown: Set<Int> = []
        _ = CitationMarkers.replaced(in: text) { number, _ in if let number = Int(number) { shown.insert(number) } }
        return CitedContent(text, citations.filter { shown.contains($0.number) })
    }

    /// The text with each `[n]` that stands for something as `number` says. One that stands for nothing is text, and remains it.
    func renumbered(_ number: (NoteCitation) -> Int) -> String {
        let known = Dictionary(citations.map { ($0.number, $0) }) { first, _ in first }
        return CitationMarkers.replaced(in: text) { marker, out in
            if let citation = Int(marker).flatMap({ known[$0] }) { out += "[\(number(citation))]" } else { out += "\\[\(marker)]" }
        }
    }
}
