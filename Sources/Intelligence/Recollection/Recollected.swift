/// Something that an utterance tells of the student who said it.
package struct Recollected: Sendable, Hashable {
    package var kind: MemoryKind
    /// In the student's own words.
    package var text: String
    /// What it is one answer to, of which there can be one at a time: `name`, `answer.length`, `exam:biology`.
    package var slot: String?
    /// From 0 to 1.
    package var confidence: Double

    package init(_ kind: MemoryKind, _ text: String, slot: String? = nil, confidence: Double = 0.8) {
        self.kind = kind
        self.text = text
        self.slot = slot
        self.confidence = confidence
    }

    package static let nameSlot = "name"
    package static let lengthSlot = "answer.length"
    package static let simplicitySlot = "answer.simplicity"
    package static let languageSlot = "answer.language"
}
