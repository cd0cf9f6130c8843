import Ambient
import Courses
import FoundationEssentials
package import HTTPServing
import Passages
import Spacing
import TypedText

extension CardType: APIType {}
extension CardMarkup: APIType {}

extension CardSource: APIType {
    package static var constraints: [Constraint<CardSource>] {
        [
            .range(\.page, "page", 1...1_000_000), .range(\.startMs, "start_ms", 0...Int.max), .length(\.quote, "quote", 0...5_000),
            .length(\.title, "title", 0...500),
            .describe("chunk_id", "The passage, as in a citation."), .describe("page", "From 1; missing where there are no pages."),
            .describe("start_ms", "Where in a recording."), .describe("quote", "The words themselves."),
            .describe("title", "The document's title when the card was made."),
        ]
    }
}

/// A card as the API shows it.
struct CardView: APIType, Equatable {
    var id: CardID
    var textID: CardTextID
    var deckID: DeckID
    var type: CardType
    var markup: CardMarkup
    var front: String
    var back: String
    var question: String
    var answer: String
    var part: Int
    var parts: Int
    var tags: [String]
    var source: CardSource?
    var state: String
    var due: Date
    var stability: Double?
    var difficulty: Double?
    var reps: Int
    var lapses: Int
    var isSuspended: Bool
    var isLeech: Bool
    var buriedUntil: Date?
    var lastReview: Date?
    var createdAt: Date
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, type, markup, front, back, question, answer, part, parts, tags, source, state, due, stability, difficulty, reps,
            lapses
        case textID = "text_id"
        case deckID = "deck_id"
        case isSuspended = "is_suspended"
        case isLeech = "is_leech"
        case buriedUntil = "buried_until"
        case lastReview = "last_review"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ written: WrittenCard) {
        let (card, text, face) = (written.card, written.text, written.face)
        id = card.id
        textID = text.id
        deckID = card.deckID
        type = text.type
        markup = text.markup
        front = text.front
        back = text.back
        question = face.question
        answer = face.answer
        part = card.part
        parts = text.parts.count
        tags = text.tags
        source = text.source
        state = card.schedule.phase.name
        due = card.schedule.due
        stability = card.schedule.memory?.stability
        difficulty = card.schedule.memory?.difficulty
        reps = card.reps
        lapses = card.lapses
        isSuspended = card.isSuspended
        isLeech = card.isLeech
        buriedUntil = card.buriedUntil
        lastReview = card.schedule.lastReview
        createdAt = text.createdAt
        updatedAt = text.updatedAt
    }

    static var schemaName: String { "Card" }

    static var constraints: [Constraint<CardView>] {
        [
            .nested(\.source, "source"),
            .choices(\.state, "state", ["new", "learning", "review", "relearning"]),
            .describe("text_id", "What was written: cards of one text are edited and deleted together."),
            .describe("front", "As it was written."), .describe("back", "As it was written."),
            .describe("question", "As it is asked: of a reversed card's second half the back, of a gap's the text with the gap."),
            .describe("part", "Which question of the text: 0 and 1 are its two directions, gaps count from 1."),
            .describe("parts", "How many cards the text has."),
            .describe(
                "markup", "What the sides are written in. HTML, as other programs write it, must be cleaned before it is shown."),
            .describe("stability", "Days after which it is remembered with a probability of 90 %; missing where it is new."),
            .describe("difficulty", "1 to 10; missing where it is new."),
            .describe("is_leech", "It was forgotten again and again, and is better written anew."),
            .describe("source", "Where it was taken from."),
        ]
    }
}

struct CardQuery: APIType {
    var deckID: DeckID?
    var courseID: CourseID?
    var documentID: DocumentID?
    var tag: String?
    var state: CardSearch.State?
    var q: String?

    enum CodingKeys: String, CodingKey {
        case tag, state, q
        case deckID = "deck_id"
        case courseID = "course_id"
        case documentID = "document_id"
    }

    var search: CardSearch {
        var search = CardSearch()
        search.filter = CardFilter(deck: deckID, course: courseID, tag: tag)
        search.document = documentID
        search.state = state
        search.text = q
        return search
    }

    static var constraints: [Constraint<CardQuery>] {
        [
            .length(\.tag, "tag", 1...CardText.longestTag), .length(\.q, "q", 0...200),
            .describe("document_id", "Those that were taken from this document."),
            .describe("q", "Words that stand on either side, or in a tag."),
        ]
    }
}

extension CardSearch.State: APIType {
    package static var schemaName: String { "CardState" }
}

struct NewCard: APIType {
    var deckID: DeckID
    var type: CardType?
    var front: String
    var back: String?
    var tags: [String]?
    var source: CardSource?
    var markup: CardMarkup?

    enum CodingKeys: String, CodingKey {
        case type, front, back, tags, source, markup
        case deckID = "deck_id"
    }

    var draft: CardService.Draft {
        .init(type ?? .basic, front: front, back: back ?? "", tags: tags ?? [], source: source, markup: markup ?? .markdown)
    }

    static var constraints: [Constraint<NewCard>] {
        [
            .length(\.front, "front", 1...CardText.longest), .notBlank(\.front, "front"),
            .length(\.back, "back", 0...CardText.longest), .checked("front"), .checked("back"),
            .count(\.tags, "tags", 0...CardText.mostTags), .check("tags") { CardText.tagFault($0.tags) },
            .nested(\.source, "source"),
            .describe("type", "`basic` where it is missing."),
            .describe("back", "Of a text with gaps, what is shown below it with the answer; may be missing there."),
            .describe("markup", "`markdown` where it is missing."),
            .example("front", "What does the mitochondrion make?"), .example("back", "ATP"),
        ]
    }
}

/// What may change about a card. A field that is not there stays as it is.
struct CardChange: APIType {
    var type: CardType?
    var front: String?
    var back: String?
    var tags: [String]?
    var deckID: DeckID?
    var isSuspended: Bool?
    var isBuried: Bool?

    enum CodingKeys: String, CodingKey {
        case type, front, back, tags
        case deckID = "deck_id"
        case isSuspended = "is_suspended"
        case isBuried = "is_buried"
    }

    var change: CardService.Change {
        var change = CardService.Change()
        change.type = type
        change.front = front
        change.back = back
        change.tags = tags
        change.deckID = deckID
        change.isSuspended = isSuspended
        change.isBuried = isBuried
        return change
    }

    static var constraints: [Constraint<CardChange>] {
        [
            .length(\.front, "front", 1...CardText.longest), .length(\.back, "back", 0...CardText.longest), .checked("front"),
            .checked("back"),
            .count(\.tags, "tags", 0...CardText.mostTags), .check("tags") { CardText.tagFault($0.tags) },
            .describe("is_suspended", "Whether it is set aside until you say otherwise; this card alone, not its siblings."),
            .describe("is_buried", "Whether it waits until your next day; this card alone."),
            .describe("deck_id", "With all cards of the same text."),
        ]
    }
}

extension CardText {
    /// What is wrong with tags.
    static func tagFault(_ tags: [String]?) -> String? {
        guard let tags else { return nil }
        if tags.contains(where: { $0.unicodeScalars.count > longestTag }) {
            return "must have at most \(longestTag) characters each"
        }
        return tags.contains(where: \.isBlank) ? "must not be blank" : nil
    }
}

struct TagQuery: APIType {
    var deckID: DeckID?
    enum CodingKeys: String, CodingKey { case deckID = "deck_id" }
}

/// A tag and how many texts have it.
struct TagView: APIType {
    var tag: String
    var count: Int

    static var schemaName: String { "CardTag" }
}

struct TagList: APIType {
    static var schemaName: String { "CardTagList" }

    var data: [TagView]
}

/// An answer that was given to a card.
struct ReviewView: APIType {
    var id: ReviewID
    var rating: Int
    var reviewedAt: Date
    var days: Double
    var durationMs: Int?

    enum CodingKeys: String, CodingKey {
        case id, rating, days
        case reviewedAt = "reviewed_at"
        case durationMs = "duration_ms"
    }

    init(_ review: Review) {
        id = review.id
        rating = review.grade.rawValue
        reviewedAt = review.reviewedAt
        days = review.days
        durationMs = review.durationMs
    }

    static var schemaName: String { "Review" }
    static var constraints: [Constraint<ReviewView>] {
        [.describe("days", "Nights since the review before."), .describe("duration_ms", "How long you thought.")]
    }
}

struct ReviewList: APIType {
    var data: [ReviewView]
}
