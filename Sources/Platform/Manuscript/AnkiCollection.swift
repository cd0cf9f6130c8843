/// A collection of Anki's as it lies in a package: how its cards are made, and how much there is of the rest. Notes come by themselves.
package struct AnkiCollection: Codable, Sendable, Equatable {
    /// How the cards of a note are made of its fields.
    package struct NoteType: Codable, Sendable, Hashable {
        package struct Template: Codable, Sendable, Hashable {
            package var name: String
            package var question: String
            package var answer: String

            package init(name: String, question: String, answer: String) {
                self.name = name
                self.question = question
                self.answer = answer
            }
        }

        package var id: Int
        package var name: String
        /// Its cards are the gaps of a text.
        package var isCloze: Bool
        package var styles: String
        /// In their order.
        package var fields: [String]
        package var templates: [Template]

        package init(id: Int, name: String, isCloze: Bool, styles: String = "", fields: [String], templates: [Template]) {
            self.id = id
            self.name = name
            self.isCloze = isCloze
            self.styles = styles
            self.fields = fields
            self.templates = templates
        }
    }

    package struct Deck: Codable, Sendable, Equatable {
        package var id: Int
        /// Parts are separated by `::`.
        package var name: String

        package init(id: Int, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Seconds since 1970: the day from which days are counted.
    package var began = 0
    package var decks: [Deck] = []
    package var types: [NoteType] = []
    package var notes = 0
    /// Pictures and sounds.
    package var media = 0

    package init() {}
}

/// A note of Anki's with its cards.
package struct AnkiNote: Codable, Sendable, Equatable {
    package var id: Int
    package var guid: String
    package var type: Int
    package var fields: [String]
    package var tags: [String]
    package var cards: [AnkiCard]

    package init(id: Int, guid: String, type: Int, fields: [String], tags: [String], cards: [AnkiCard] = []) {
        self.id = id
        self.guid = guid
        self.type = type
        self.fields = fields
        self.tags = tags
        self.cards = cards
    }
}

/// A card of Anki's, and how it was learned.
package struct AnkiCard: Codable, Sendable, Equatable {
    package var id: Int
    /// The number of its template, or of its gap, from 0.
    package var ordinal: Int
    package var deck: Int
    /// 0 new, 1 learning, 2 review, 3 relearning.
    package var kind: Int
    /// Below 0: -1 suspended, -2 and -3 buried.
    package var queue: Int
    /// Days since the collection began for a review, seconds since 1970 while it is being learned, the place among new ones.
    package var due: Int
    /// Days; below 0 seconds.
    package var interval: Int
    /// SM-2's ease, in thousandths.
    package var ease: Int
    package var reps: Int
    package var lapses: Int
    /// JSON: of FSRS `s`, `d`, and `lrt`, the last review in seconds since 1970.
    package var data: String
    package var reviews: [AnkiReview]

    package init(
        id: Int, ordinal: Int, deck: Int, kind: Int = 0, queue: Int = 0, due: Int = 0, interval: Int = 0, ease: Int = 0,
        reps: Int = 0,
        lapses: Int = 0, data: String = "", reviews: [AnkiReview] = []
    ) {
        self.id = id
        self.ordinal = ordinal
        self.deck = deck
        self.kind = kind
        self.queue = queue
        self.due = due
        self.interval = interval
        self.ease = ease
        self.reps = reps
        self.lapses = lapses
        self.data = data
        self.reviews = reviews
    }
}

/// An answer that was given to a card of Anki's.
package struct AnkiReview: Codable, Sendable, Equatable {
    /// Milliseconds since 1970.
    package var time: Int
    /// 1 to 4.
    package var grade: Int
    /// 0 learning, 1 review, 2 relearning, 3 filtered.
    package var kind: Int
    package var durationMs: Int

    package init(time: Int, grade: Int, kind: Int, durationMs: Int) {
        self.time = time
        self.grade = grade
        self.kind = kind
        self.durationMs = durationMs
    }
}
