import Ambient
import Database
package import Events
import FoundationEssentials
import HTTPServing
import Passages
import Spacing

/// What cards tell, through the outbox.
package struct CardEvents: Sendable {
    static let deckCreated = EventKind("deck.created", "A deck was made.", payload: DeckView.self)
    static let deckUpdated = EventKind("deck.updated", "A deck changed, or what is in it.", payload: DeckView.self)
    static let deckDeleted = EventKind("deck.deleted", "A deck is gone, and its cards.", payload: DeletedDeck.self)
    static let reviewed = EventKind("card.reviewed", "A card was answered.", payload: ReviewedCard.self)
    static let undone = EventKind("card.review_undone", "An answer to a card was taken back.", payload: ReviewedCard.self)
    static let fitted = EventKind(
        "card.parameters_fitted", "When cards come back was fitted to a student's own reviews.", payload: FittedNews.self)
    static let imported = EventKind("deck.imported", "A file of cards was read.", payload: ImportedDeck.self)
    static let made = EventKind(
        "deck.made", "A deck has been made of texts, with as many cards as these give.", payload: MadeDeck.self)
    static let all = [imported, made, deckCreated, deckUpdated, deckDeleted, reviewed, undone, fitted]

    private let outbox: EventOutbox

    package init(outbox: EventOutbox) { self.outbox = outbox }

    func append(_ kind: EventKind, _ deck: FilledDeck, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: kind.name, userID: deck.deck.userID, payload: DeckView(deck)), in: transaction)
    }

    func appendDeleted(_ id: DeckID, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.deckDeleted.name, userID: user, payload: DeletedDeck(id: id)), in: transaction)
    }

    /// - Parameter key: the name that the card's maker gave it.
    func append(
        _ kind: EventKind, _ review: Review, _ written: WrittenCard, key: String?, in transaction: any Transaction
    ) async throws {
        let payload = ReviewedCard(
            id: written.card.id, reviewID: review.id, deckID: written.card.deckID, key: key,
            documentID: written.text.source?.documentID, rating: review.grade.rawValue, reviewedAt: review.reviewedAt,
            stateBefore: review.before.phase, state: written.card.schedule.phase.name, due: written.card.schedule.due)
        try await outbox.append(EventDraft(type: kind.name, userID: review.userID, payload: payload), in: transaction)
    }

    func appendMade(_ id: DeckID, cards: Int, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.made.name, userID: user, payload: MadeDeck(id: id, cards: cards)), in: transaction)
    }

    func append(_ imported: ImportedDeck, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(EventDraft(type: Self.imported.name, userID: user, payload: imported), in: transaction)
    }

    func appendFitted(_ fitted: FittedParameters, user: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(type: Self.fitted.name, userID: user, payload: FittedNews(reviews: fitted.reviews)), in: transaction)
    }
}

/// What of a file came into a deck.
struct ImportedDeck: APIType {
    var id: DeckID
    var imported: Int
    /// Lines or notes that cannot be learned, pictures that cannot be shown.
    var skipped: Int
    /// Those that are here already and stay as they are; of packages alone.
    var known: Int?
    /// Pictures and sounds that came along.
    var media: Int?
    /// The first that was skipped, and why: `Line 7: back must not be blank.`
    var firstFault: String?

    enum CodingKeys: String, CodingKey {
        case id, imported, skipped, known, media
        case firstFault = "first_fault"
    }
}

/// How many cards texts gave: none, where they define and explain nothing.
struct MadeDeck: APIType {
    var id: DeckID
    var cards: Int
}

struct DeletedDeck: APIType {
    var id: DeckID
}

/// Which card it was and how it went, and not what it says: events are kept for a while, and may be told beyond the installation.
struct ReviewedCard: APIType {
    var id: CardID
    var reviewID: ReviewID
    var deckID: DeckID
    /// The name that its maker gave it, such as `question:` and the question's id.
    var key: String?
    /// The document that it was taken from.
    var documentID: DocumentID?
    var rating: Int
    var reviewedAt: Date
    /// `new`, `learning`, `review` or `relearning`, as it was when it was asked.
    var stateBefore: String
    var state: String
    var due: Date

    enum CodingKeys: String, CodingKey {
        case id, key, rating, state, due
        case stateBefore = "state_before"
        case reviewID = "review_id"
        case deckID = "deck_id"
        case documentID = "document_id"
        case reviewedAt = "reviewed_at"
    }
}

struct FittedNews: APIType {
    var reviews: Int
}
