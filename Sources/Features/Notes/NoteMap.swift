import Passages
import Questions
import Summaries

/// A concept map as a note keeps it: laid out, each line with the sentence that it rests on.
package struct NoteMap: Sendable, Hashable, Codable {
    package struct Term: Sendable, Hashable, Codable {
        package var name: String
        /// Of its middle.
        package var x: Double
        package var y: Double
        package var width: Double
    }

    package struct Relation: Sendable, Hashable, Codable {
        /// Places in `terms`.
        package var from: Int
        package var to: Int
        package var label: String
        package var citation: NoteCitation
    }

    package var width: Double
    package var height: Double
    package var terms: [Term]
    package var relations: [Relation]
    /// Drawn, for files.
    package var svg: String

    /// - Parameter passages: by the ids that the map's origins name them by.
    init(_ map: ConceptMap, _ passages: [String: Passage]) {
        let layout = ConceptLayout(map)
        (width, height) = (layout.width, layout.height)
        terms = zip(map.terms, layout.places).map { Term(name: $0, x: $1.x, y: $1.y, width: $1.halfWidth * 2) }
        relations = map.relations.enumerated().compactMap { index, relation in
            guard let origin = relation.origin, let citation = NoteCitation(index + 1, origin, in: passages) else { return nil }
            return Relation(from: relation.from, to: relation.to, label: relation.label, citation: citation)
        }
        svg = ConceptDrawing.svg(map) { relation in
            relation.origin.flatMap { NoteCitation(1, $0, in: passages) }.map { citation in
                "../d/\(citation.documentID)?\(citation.page.map { "page=\($0)&" } ?? "")chunk=\(citation.chunkID)"
            }
        }
    }
}
