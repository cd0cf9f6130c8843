import Ambient
import HTTPServing

/// Cards that are written together, each once however often it is sent.
struct NewCards: APIType {
    struct Item: APIType {
        var key: String?
        var type: CardType?
        var front: String
        var back: String?
        var tags: [String]?
        var source: CardSource?
        var markup: CardMarkup?

        static var schemaName: String { "NewCardOfMany" }

        static var constraints: [Constraint<Item>] {
            [
                .length(\.key, "key", 1...200), .length(\.front, "front", 1...CardText.longest), .notBlank(\.front, "front"),
                .length(\.back, "back", 0...CardText.longest), .checked("front"), .checked("back"),
                .count(\.tags, "tags", 0...CardText.mostTags),
                .check("tags") { CardText.tagFault($0.tags) }, .nested(\.source, "source"),
                .describe(
                    "key", "Your own name for it, such as `question:` and the question's id: a second of that name is not made."),
            ]
        }
    }

    var deckID: DeckID
    var cards: [Item]

    enum CodingKeys: String, CodingKey {
        case cards
        case deckID = "deck_id"
    }

    static var constraints: [Constraint<NewCards>] { [.count(\.cards, "cards", 1...100), .each(\.cards, "cards")] }

    var drafts: [(key: String?, draft: CardService.Draft)] {
        cards.map { card in
            (
                card.key,
                CardService.Draft(
                    card.type ?? .basic, front: card.front, back: card.back ?? "", tags: card.tags ?? [], source: card.source,
                    markup: card.markup ?? .markdown)
            )
        }
    }
}

/// What came of cards that were written together.
struct MadeCards: APIType {
    var deckID: DeckID
    var made: Int
    var known: Int

    enum CodingKeys: String, CodingKey {
        case made, known
        case deckID = "deck_id"
    }

    static var constraints: [Constraint<MadeCards>] {
        [.describe("made", "Texts that are new."), .describe("known", "Those whose key you have in some deck already.")]
    }
}
