import Questions
@testable import Summaries
import Testing

struct ConceptMapTests {
    @Test func `a map rests on sentences, and knows where each stands`() throws {
        let map = try #require(ConceptMap(of: GivenSurvey.survey))
        #expect(map.terms.sorted() == ["ATP", "mitochondrion"])
        let relation = try #require(map.relations.first)
        #expect(map.terms[relation.from] == "mitochondrion" && relation.label == "makes")
        #expect(relation.origin == GivenSurvey.origin(0) && relation.sentence == "The mitochondrion makes ATP.")
        let svg = ConceptDrawing.svg(map) { _ in "../d/7?page=1&chunk=9" }
        #expect(svg.contains("<a href=\"../d/7?page=1&amp;chunk=9\"><line "))
    }

    @Test func `a text that is not parsed is read by what stands near`() {
        var survey = GivenSurvey.survey
        survey.relations = []
        let map = ConceptMap(of: survey)
        #expect(map?.relations.first?.label == "makes")
    }

    @Test(arguments: [3, 9, 16]) func `no two terms cover each other, and all are within the picture`(_ count: Int) {
        let terms = (0..<count).map { "a term with number \($0)" }
        let relations = (1..<count).map {
            ConceptMap.Relation(from: $0 / 2, to: $0, label: "has", sentence: "It has \($0).", origin: nil)
        }
        let layout = ConceptLayout(ConceptMap(terms: terms, relations: relations))
        for (index, place) in layout.places.enumerated() {
            #expect(place.x - place.halfWidth >= 0 && place.x + place.halfWidth <= layout.width)
            #expect(place.y >= 21 && place.y <= layout.height - 21)
            for other in layout.places[(index + 1)...] {
                let apart = abs(place.x - other.x) >= place.halfWidth + other.halfWidth || abs(place.y - other.y) >= 42
                #expect(apart)
            }
        }
    }
}
