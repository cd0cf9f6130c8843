import Manuscript

/// Prints what a package of Anki's holds as JSON, by hand as ``ManuscriptWriter`` does.
enum AnkiWriter {
    static func json(_ collection: AnkiCollection) -> [UInt8] {
        var out = JSONText()
        out.object { out in
            out.field("began", collection.began)
            out.field("notes", collection.notes)
            out.field("media", collection.media)
            out.array("decks", collection.decks) { out, deck in
                out.field("id", deck.id)
                out.field("name", deck.name)
            }
            out.array("types", collection.types) { out, type in
                out.field("id", type.id)
                out.field("name", type.name)
                out.field("isCloze", type.isCloze)
                out.field("styles", type.styles)
                out.field("fields", type.fields)
                out.array("templates", type.templates) { out, template in
                    out.field("name", template.name)
                    out.field("question", template.question)
                    out.field("answer", template.answer)
                }
            }
        }
        return out.bytes
    }

    static func json(_ note: AnkiNote) -> [UInt8] {
        var out = JSONText()
        out.object { out in
            out.field("id", note.id)
            out.field("guid", note.guid)
            out.field("type", note.type)
            out.field("fields", note.fields)
            out.field("tags", note.tags)
            out.array("cards", note.cards) { out, card in
                out.field("id", card.id)
                out.field("ordinal", card.ordinal)
                out.field("deck", card.deck)
                out.field("kind", card.kind)
                out.field("queue", card.queue)
                out.field("due", card.due)
                out.field("interval", card.interval)
                out.field("ease", card.ease)
                out.field("reps", card.reps)
                out.field("lapses", card.lapses)
                out.field("data", card.data)
                out.array("reviews", card.reviews) { out, review in
                    out.field("time", review.time)
                    out.field("grade", review.grade)
                    out.field("kind", review.kind)
                    out.field("durationMs", review.durationMs)
                }
            }
        }
        return out.bytes
    }
}
