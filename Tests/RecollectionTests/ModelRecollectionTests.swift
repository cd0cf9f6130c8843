@testable import Recollection
import Testing

@Suite struct ModelRecollectionTests {
    private func note(_ kind: String, _ text: String, confidence: Double = 0.9) -> ModelRecollection.Notes.Note {
        .init(kind: kind, text: text, about: "other", confidence: confidence)
    }

    @Test("Of what a model notes only that is kept which the student said, and which is ever kept")
    func checked() {
        let said = "I'm in my second year of nursing and I find pharmacology hard"
        let notes = [
            note("weak_topic", "I find pharmacology hard"), note("fact", "I am in my second year of nursing"),
            note("goal", "I want to become a surgeon in Boston"), note("mood", "I find pharmacology hard"),
            note("fact", "I am in my second year", confidence: 0.2), note("fact", ""),
        ]
        #expect(ModelRecollection.checked(notes, against: said).map(\.kind) == [.weakTopic, .fact])
        #expect(ModelRecollection.checked([note("fact", "I have epilepsy")], against: "I have epilepsy").isEmpty)
        #expect(ModelRecollection.checked([note("fact", "My password is hunter2")], against: "My password is hunter2").isEmpty)
    }
}
