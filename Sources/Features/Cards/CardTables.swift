import Assembly
import Database
import Manuscript
import Spacing

/// What of the cards' tables travels to another installation: with the schedule of each card, and every review.
enum CardTables {
    static let store = "cards"

    static let all = [decks, texts, cards, reviews, settings, noteTypes, media, mediaUses]

    static let staying: [String: StayingReason] = ["card_imports": .passing]

    private static let decks = PortableTable(
        "decks", counted: true,
        [
            .id, .link("course_id", to: "courses"), .text("name"), .real("retention", 0...1), .time("created_at"),
            .time("updated_at"),
        ], reading: { _ = try DeckStore.deck($0) })

    private static let texts = PortableTable(
        "card_texts", counted: true, natural: [["guid"]],
        [
            .id, .owner("deck_id", in: "decks"), .text("type"), .text("markup"), .text("front"), .text("back"), .json("tags"),
            .json("source"), .mention("document_id"), .text("guid"), .json("note"), .time("created_at"), .time("updated_at"),
        ],
        reading: { row in
            _ = try CardTextStore.text(row.with(names: ["id": "text_id", "user_id": "text_user", "deck_id": "text_deck"]))
            _ = try row.optional("note", as: String.self).map { try JSONColumn.value($0, as: ForeignNote.self) }
        })

    private static let cards = PortableTable(
        "cards", natural: [["text_id", "part"]],
        [
            .id, .owner("text_id", in: "card_texts"), .owner("deck_id", in: "decks"), .integer("part", 0...100_000),
            .integer("position"), .integer("queue", 0...10), .text("phase"), .integer("step", 0...1_000),
            .real("stability", 0...36_500), .real("difficulty", 0...10), .time("due"), .time("last_review"),
            .integer("reps", 0...1_000_000), .integer("lapses", 0...1_000_000), .flag("is_suspended"), .flag("is_leech"),
            .time("buried_until"), .mention("buried_by"), .time("shown_from"),
        ],
        reading: { row in
            guard CardQueue(rawValue: try row.get("queue")) != nil else { throw RefusedRow() }
            _ = try CardStore.card(
                row.with(names: ["id": "card_id", "user_id": "card_user", "text_id": "of_text", "deck_id": "card_deck"]))
        })

    private static let reviews = PortableTable(
        "card_reviews", counted: true,
        [
            .id, .mention("card_id"), .mention("deck_id"), .integer("rating", 0...10), .time("reviewed_at"),
            .real("days", 0...100_000),
            .integer("duration_ms", 0...86_400_000), .text("phase"), .json("state_before"), .time("undone_at"),
        ],
        reading: { row in
            let before = try ReviewStore.review(row).before
            guard before.schedule.memory.map({ (0...36_500).contains($0.stability) && (0...10).contains($0.difficulty) }) ?? true
            else { throw RefusedRow() }
        })

    private static let settings = PortableTable(
        "card_settings", key: [], [.json("settings"), .json("fitted"), .time("fitted_at")],
        reading: { row in
            _ = try JSONColumn.value(row.get("settings"), as: StudySettings.self)
            _ = try row.optional("fitted", as: String.self).map { try JSONColumn.value($0, as: FittedParameters.self) }
        })

    private static let noteTypes = PortableTable(
        "card_note_types", [.id, .integer("foreign_id", 0...Int.max), .json("definition")],
        reading: { _ = try JSONColumn.value($0.get("definition"), as: AnkiCollection.NoteType.self) })

    private static let media = PortableTable(
        "card_media", counted: true, key: ["name"],
        [.text("name"), .file("sha256", in: store), .integer("size"), .text("media_type"), .time("created_at")],
        // What a browser is told of it is what it is.
        looking: { head, values in
            guard let type = MediumKind.mediaType(of: head) else { throw RefusedRow() }
            values["media_type"] = .text(type)
        },
        reading: { row in
            let name: String = try row.get("name")
            guard CardMedium.name(name) == name, try row.get("sha256", as: String.self).utf8.count == 64 else { throw RefusedRow() }
        })

    private static let mediaUses = PortableTable(
        "card_media_uses", key: ["text_id", "name"], [.owner("text_id", in: "card_texts"), .text("name")],
        reading: { _ = try $0.get("name", as: String.self) })
}
