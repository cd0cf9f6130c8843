package import Ambient
import JSON
package import LanguageModels

/// Finds what an utterance tells of its student with a language model. What it says is checked: nothing is kept that the utterance does
/// not hold, or that is never kept.
package struct ModelRecollection: Sendable {
    /// Notes from one message.
    private static let most = 5
    private static let longest = 240

    private let model: any TextModel

    package init(_ model: any TextModel) { self.model = model }

    package func recollected(from text: String, of user: UserID) async throws -> [Recollected] {
        let request = ModelRequest(
            instruction: String(decoding: PackageResources.remember_md, as: UTF8.self),
            messages: [.user("<message>\n\(text.replacing("<", with: "‹"))\n</message>")],
            form: AnswerForm(name: "notes", schema: Self.schema), limits: ModelLimits(answerTokens: 600, temperature: 0))
        let notes = try await model.value(Notes.self, for: request, by: user)
        return Self.checked(notes.memories, against: text)
    }

    struct Notes: Decodable, Sendable {
        struct Note: Decodable, Sendable {
            var kind: String
            var text: String
            var about: String
            var confidence: Double
        }

        var memories: [Note]
    }

    static func checked(_ notes: [Notes.Note], against text: String) -> [Recollected] {
        let said = Set(Words.contentStems(of: text))
        return notes.prefix(most).compactMap { note in
            let told = note.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard let kind = MemoryKind(rawValue: note.kind), (3...longest).contains(told.count), note.confidence >= 0.5 else {
                return nil
            }
            let stems = Set(Words.contentStems(of: told))
            // What the student did not say is the model's own.
            guard !stems.isEmpty, stems.intersection(said).count * 3 >= stems.count * 2 else { return nil }
            guard !NeverKept.holds(told, kind: kind), !NeverKept.holds(text, kind: kind) else { return nil }
            let slot = slots.contains(note.about) ? note.about : nil
            return Recollected(kind, told, slot: slot, confidence: min(0.95, note.confidence))
        }
    }

    private static let slots = [
        Recollected.nameSlot, Recollected.lengthSlot, Recollected.simplicitySlot, Recollected.languageSlot, "study.stage",
    ]

    private static let schema: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["memories"],
        "properties": [
            "memories": [
                "type": "array",
                "items": [
                    "type": "object", "additionalProperties": false, "required": ["kind", "text", "about", "confidence"],
                    "properties": [
                        "kind": ["type": "string", "enum": .array(MemoryKind.allCases.map { .string($0.rawValue) })],
                        "text": ["type": "string"],
                        "about": ["type": "string", "enum": .array((slots + ["other"]).map { .string($0) })],
                        "confidence": ["type": "number"],
                    ],
                ],
            ]
        ],
    ]
}
