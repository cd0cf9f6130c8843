package import Ambient
package import Database
import FoundationEssentials
import Spacing

/// What a student does with cards besides learning them: write, find, edit, set aside, delete.
package struct CardService: Sendable {
    /// Texts of one student.
    static let most = 200_000

    let database: any Database
    let decks: DeckService
    private let ambient: Ambient
    private let texts = CardTextStore()
    private let cards = CardStore()
    private let reviews = ReviewStore()

    package init(database: any Database, decks: DeckService, ambient: Ambient = .live) {
        self.database = database
        self.decks = decks
        self.ambient = ambient
    }

    /// What is written on a new card.
    package struct Draft: Sendable {
        package var type: CardType
        package var front: String
        package var back: String
        package var tags: [String]
        package var source: CardSource?
        package var markup: CardMarkup

        package init(
            _ type: CardType = .basic, front: String, back: String, tags: [String] = [], source: CardSource? = nil,
            markup: CardMarkup = .markdown
        ) {
            self.type = type
            self.front = front
            self.back = back
            self.tags = tags
            self.source = source
            self.markup = markup
        }
    }

    /// What changes about a card and what it was written with; nil leaves it.
    package struct Change: Sendable {
        package var type: CardType?
        package var front: String?
        package var back: String?
        package var tags: [String]?
        package var deckID: DeckID?
        package var isSuspended: Bool?
        /// Whether it waits until the student's next day.
        package var isBuried: Bool?

        package init() {}

        var isOfText: Bool { type != nil || front != nil || back != nil || tags != nil || deckID != nil }
    }

    // MARK: - Seeing

    package func list(
        _ search: CardSearch, user: UserID, offset: Int, limit: Int
    ) async throws -> (cards: [WrittenCard], total: Int) {
        try await database.read(as: .user(user)) { transaction in
            let now = ambient.now()
            let day = try await reviews.settings(of: user, in: transaction).day
            return try await cards.list(
                search, now: now, dayEnd: day.end(at: now), user: user, offset: offset, limit: limit, in: transaction)
        }
    }

    package func card(_ id: CardID, user: UserID) async throws -> WrittenCard {
        try await database.read(as: .user(user)) { transaction in
            guard let card = try await cards.find(id, user: user, in: transaction) else { throw CardsFailure.noCard }
            return card
        }
    }

    package func tags(deck: DeckID?, user: UserID) async throws -> [String: Int] {
        try await database.read(as: .user(user)) { try await texts.tags(of: user, deck: deck, in: $0) }
    }

    // MARK: - Writing

    /// - Returns: the cards of the text, by part.
    package func create(_ draft: Draft, deck: DeckID, user: UserID) async throws -> [WrittenCard] {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await DeckStore().hold(deck, user: user, in: transaction) else { throw CardsFailure.unknownDeck }
            guard try await texts.count(of: user, in: transaction) < Self.most else { throw CardsFailure.full }
            let made = try await make(draft, position: 0, deck: deck, user: user, in: transaction)
            try await decks.tell(deck, user: user, in: transaction)
            return made
        }
    }

    /// What is known of a text that comes from elsewhere.
    struct Arrival: Sendable {
        /// What tells it from others when it comes again.
        var guid: String?
        var note: ForeignNote?
        /// What is known of its cards already, by part.
        var learned: [Int: LearnedCard] = [:]
    }

    /// Writes one of many; the caller holds the deck, and tells of it.
    ///
    /// - Parameter position: among those of the same moment.
    /// - Returns: nothing where there is one of that guid.
    func make(
        _ draft: Draft, position: Int, arriving arrival: Arrival = Arrival(), deck: DeckID, user: UserID,
        in transaction: any Transaction
    ) async throws -> [WrittenCard] {
        let now = ambient.now()
        let text = CardText(
            id: ambient.newID(), userID: user, deckID: deck, type: draft.type, markup: draft.type.markup(draft.markup),
            front: draft.front, back: draft.back, tags: Self.tags(draft.tags), source: draft.source, createdAt: now, updatedAt: now)
        let faults = text.faults
        guard faults.isEmpty else { throw CardsFailure.unwritten(faults) }
        guard try await texts.insert(text, guid: arrival.guid, note: arrival.note, in: transaction) else { return [] }
        var made: [WrittenCard] = []
        for part in text.parts {
            let known = arrival.learned[part]
            var card = newCard(of: text, part: part, position: known?.position ?? position, at: now)
            if let known {
                card.schedule = known.schedule
                (card.reps, card.lapses, card.isSuspended) = (known.reps, known.lapses, known.isSuspended)
            }
            try await cards.insert(card, in: transaction)
            made.append(WrittenCard(card: card, text: text))
        }
        return made
    }

    package func change(_ id: CardID, _ change: Change, user: UserID) async throws -> WrittenCard {
        try await database.transaction(as: .user(user)) { transaction in
            guard var written = try await cards.find(id, user: user, locking: true, in: transaction) else {
                throw CardsFailure.noCard
            }
            if change.isOfText {
                try await rewrite(&written.text, change, in: transaction)
                guard let still = try await cards.find(id, user: user, in: transaction) else {
                    // Its gap was taken out of the text; what is left of the text is shown in its place.
                    guard let other = try await cards.siblings(of: written.text.id, user: user, in: transaction).first else {
                        throw CardsFailure.noCard
                    }
                    return WrittenCard(card: other, text: written.text)
                }
                written = still
            }
            if change.isSuspended != nil || change.isBuried != nil {
                if let isSuspended = change.isSuspended {
                    written.card.isSuspended = isSuspended
                    // Who brings a leech back has seen to it.
                    if !isSuspended { written.card.isLeech = false }
                }
                if let isBuried = change.isBuried {
                    let day = try await reviews.settings(of: user, in: transaction).day
                    written.card.buriedUntil = isBuried ? day.end(at: ambient.now()) : nil
                    written.card.buriedBy = nil
                }
                try await cards.update(written.card, in: transaction)
                try await decks.tell(written.card.deckID, user: user, in: transaction)
            }
            return written
        }
    }

    /// With all that was written with it.
    package func delete(_ id: CardID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            guard let written = try await cards.find(id, user: user, in: transaction),
                try await texts.delete(written.text.id, user: user, in: transaction)
            else { throw CardsFailure.noCard }
            try await decks.tell(written.card.deckID, user: user, in: transaction)
        }
    }

    // MARK: -

    private func rewrite(_ text: inout CardText, _ change: Change, in transaction: any Transaction) async throws {
        let before = text
        if let type = change.type { (text.type, text.markup) = (type, type.markup(text.markup)) }
        if let front = change.front { text.front = front }
        if let back = change.back { text.back = back }
        if let tags = change.tags { text.tags = Self.tags(tags) }
        if let deck = change.deckID, deck != text.deckID {
            guard try await DeckStore().hold(deck, user: text.userID, in: transaction) else { throw CardsFailure.unknownDeck }
            text.deckID = deck
        }
        text.updatedAt = ambient.now()
        let faults = text.faults
        guard faults.isEmpty else { throw CardsFailure.unwritten(faults) }
        try await texts.update(text, in: transaction)
        let known = try await cards.siblings(of: text.id, user: text.userID, in: transaction)
        let parts = text.parts
        for var card in known where parts.contains(card.part) && card.deckID != text.deckID {
            card.deckID = text.deckID
            try await cards.update(card, in: transaction)
        }
        for card in known where !parts.contains(card.part) { try await cards.delete(card.id, user: text.userID, in: transaction) }
        for part in parts where !known.contains(where: { $0.part == part }) {
            try await cards.insert(newCard(of: text, part: part, position: 0, at: text.updatedAt), in: transaction)
        }
        for deck in Set([before.deckID, text.deckID]) { try await decks.tell(deck, user: text.userID, in: transaction) }
    }

    private func newCard(of text: CardText, part: Int, position: Int, at now: Date) -> Card {
        Card(
            id: ambient.newID(), userID: text.userID, textID: text.id, deckID: text.deckID, part: part, position: position,
            schedule: .new(due: now), reps: 0, lapses: 0, isSuspended: false, isLeech: false, buriedUntil: nil, buriedBy: nil)
    }

    /// Each once, without what surrounds it.
    static func tags(_ tags: [String]) -> [String] {
        var seen: Set<String> = []
        return tags.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
    }
}
