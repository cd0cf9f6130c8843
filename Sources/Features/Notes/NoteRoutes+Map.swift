import HTTPServing

/// A concept map, laid out.
struct NoteMapView: APIType {
    struct Term: APIType {
        var name: String
        var x: Double
        var y: Double
        var width: Double

        static var schemaName: String { "NoteMapTerm" }
    }

    struct Relation: APIType {
        var from: Int
        var to: Int
        var label: String
        var citation: NoteCitationView

        static var schemaName: String { "NoteMapRelation" }
        static var constraints: [Constraint<Relation>] {
            [
                .describe("from", "Place in the terms, from 0."), .describe("label", "The words that stand between the two."),
                .describe("citation", "The sentence that relates them."),
            ]
        }
    }

    var width: Double
    var height: Double
    var terms: [Term]
    var relations: [Relation]

    init(_ map: NoteMap) {
        width = map.width
        height = map.height
        terms = map.terms.map { Term(name: $0.name, x: $0.x, y: $0.y, width: $0.width) }
        relations = map.relations.map {
            Relation(from: $0.from, to: $0.to, label: $0.label, citation: NoteCitationView($0.citation))
        }
    }

    static var schemaName: String { "NoteMap" }
    static var constraints: [Constraint<NoteMapView>] {
        [.describe("terms", "Each with the place of its middle, within the map's width and height.")]
    }
}
