import Testing

@testable import Questions

@Suite("What a text says of its terms")
struct SurveyTests {
    private static let text = """
        Passive transport needs no energy from the cell. Active transport needs energy from the cell. Glycolysis takes place in the cytosol and needs no oxygen. \
        Respiration needs oxygen from the air. ATP is therefore a carrier of energy and not a store of energy. Respiration also makes ATP in the mitochondrion.
        """

    private func said() async throws -> Set<String> {
        let passage = SourcePassage(
            id: "p", document: "d", title: "Cells", text: Self.text, pages: [],
            headings: [
                PlaceMark(
                    offset: 0, value: ["Passive transport, active transport, glycolysis, respiration, ATP, energy, oxygen, store"])
            ])
        let survey = try await TextSurveyor(try Equipment.resources()).survey(QuestionSource(passages: [passage])) { _, _ in }
        return Set(survey.relations.map { "\(survey.terms[$0.from].name) \($0.label) \(survey.terms[$0.to].name)" })
    }

    @Test("what it denies is not said of them, and labels are plain")
    func denied() async throws {
        let said = try await said()
        #expect(said.contains("passive transport needs no energy") && said.contains("ATP is a carrier of energy"))
        #expect(!said.contains { $0.contains("store") || $0.hasPrefix("glycolysis") && $0.hasSuffix("oxygen") })
    }
}
