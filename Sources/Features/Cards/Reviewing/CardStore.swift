import Ambient
import Database
import FoundationEssentials
import Spacing

/// Cards in the database. Every statement names the user, since SQLite has no row-level security.
struct CardStore: Sendable {
    static let columns: SQL =
        """
        c.id AS card_id, c.user_id AS card_user, c.text_id AS of_text, c.deck_id AS card_deck, c.part, c.position, c.phase, c.step,
        c.stability, c.difficulty, c.due, c.last_review, c.reps, c.lapses, c.is_suspended, c.is_leech, c.buried_until, c.buried_by
        """

    func insert(_ card: Card, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            INSERT INTO cards (
                id, user_id, text_id, deck_id, part, position, queue, phase, step, stability, difficulty, due, last_review, reps,
                lapses, is_suspended, is_leech, buried_until, buried_by, shown_from)
            VALUES (
                \(card.id), \(card.userID), \(card.textID), \(card.deckID), \(card.part), \(card.position), \(card.queue.rawValue),
                \(card.schedule.phase.name), \(card.schedule.phase.step), \(card.schedule.memory?.stability),
                \(card.schedule.memory?.difficulty), \(card.schedule.due), \(card.schedule.lastReview), \(card.reps),
                \(card.lapses), \(card.isSuspended), \(card.isLeech), \(card.buriedUntil), \(card.buriedBy), \(card.shownFrom))
            """)
    }

    func update(_ card: Card, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE cards SET deck_id = \(card.deckID), queue = \(card.queue.rawValue), phase = \(card.schedule.phase.name),
                step = \(card.schedule.phase.step), stability = \(card.schedule.memory?.stability),
                difficulty = \(card.schedule.memory?.difficulty), due = \(card.schedule.due),
                last_review = \(card.schedule.lastReview), reps = \(card.reps), lapses = \(card.lapses),
                is_suspended = \(card.isSuspended), is_leech = \(card.isLeech), buried_until = \(card.buriedUntil),
                buried_by = \(card.buriedBy), shown_from = \(card.shownFrom)
            WHERE id = \(card.id) AND user_id = \(card.userID)
            """)
    }

    func delete(_ id: CardID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute("DELETE FROM cards WHERE id = \(id) AND user_id = \(user)")
    }

    /// - Parameter locking: holds the card until the end of the transaction, which is about to change it.
    func find(_ id: CardID, user: UserID, locking: Bool = false, in transaction: any Transaction) async throws -> WrittenCard? {
        if locking {
            _ = try await transaction.query(
                "SELECT id FROM cards WHERE id = \(id) AND user_id = \(user)\(transaction.dialect.forUpdate)")
        }
        return try await transaction.first("\(Self.selection) WHERE c.id = \(id) AND c.user_id = \(user)").map(Self.written)
    }

    /// The cards of a text, by part. Held until the end of the transaction.
    func siblings(of text: CardTextID, user: UserID, in transaction: any Transaction) async throws -> [Card] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM cards c WHERE c.text_id = \(text) AND c.user_id = \(user)
            ORDER BY c.part\(transaction.dialect.forUpdate)
            """
        ).map(Self.card)
    }

    /// Sets the siblings of a card aside that wait as new or for review.
    func bury(
        siblingsOf card: Card, until end: Date, by review: ReviewID, in transaction: any Transaction
    ) async throws {
        // By their ids: named by their text, SQLite looks for them through all that waits, which takes 45 ms among 100,000 cards.
        let ids = try await siblings(of: card.textID, user: card.userID, in: transaction).map(\.id).filter { $0 != card.id }
        guard !ids.isEmpty else { return }
        try await transaction.execute(
            """
            UPDATE cards SET buried_until = \(end), buried_by = \(review), shown_from = \(end)
            WHERE id IN \(list: ids) AND user_id = \(card.userID)
              AND queue IN (\(CardQueue.new.rawValue), \(CardQueue.review.rawValue)) AND shown_from < \(end)
            """)
    }

    /// Brings back what a review had set aside.
    func unbury(by review: ReviewID, text: CardTextID, user: UserID, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE cards SET buried_until = NULL, buried_by = NULL, shown_from = CASE WHEN is_suspended THEN NULL ELSE due END
            WHERE text_id = \(text) AND user_id = \(user) AND buried_by = \(review)
            """)
    }

    /// Writes what a memory is with other parameters, unless the card was reviewed since.
    func setMemory(
        _ memory: MemoryState<Double>, of id: CardID, reps: Int, user: UserID, in transaction: any Transaction
    ) async throws {
        try await transaction.execute(
            """
            UPDATE cards SET stability = \(memory.stability), difficulty = \(memory.difficulty)
            WHERE id = \(id) AND user_id = \(user) AND reps = \(reps)
            """)
    }

    /// The cards of some texts, by text and part.
    func cards(of texts: [CardTextID], user: UserID, in transaction: any Transaction) async throws -> [CardTextID: [Card]] {
        let rows = try await transaction.query(
            "SELECT \(Self.columns) FROM cards c WHERE c.text_id IN \(list: texts) AND c.user_id = \(user) ORDER BY c.text_id, c.part"
        )
        return Dictionary(grouping: try rows.map(Self.card), by: \.textID)
    }

    // MARK: - Rows

    static let selection: SQL =
        "SELECT \(columns), \(CardTextStore.columns) FROM cards c JOIN card_texts t ON t.id = c.text_id"

    static func written(_ row: Row) throws -> WrittenCard { WrittenCard(card: try card(row), text: try CardTextStore.text(row)) }

    static func card(_ row: Row) throws -> Card {
        guard let phase = CardSchedule.Phase(try row.get("phase"), step: try row.get("step")) else {
            throw DatabaseFailure(.decoding, "cards.phase")
        }
        return Card(
            id: try row.get("card_id"), userID: try row.get("card_user"), textID: try row.get("of_text"),
            deckID: try row.get("card_deck"), part: try row.get("part"), position: try row.get("position"),
            schedule: CardSchedule(
                phase: phase, memory: MemoryState(try row.optional("stability"), try row.optional("difficulty")),
                due: try row.get("due"), lastReview: try row.optional("last_review")),
            reps: try row.get("reps"), lapses: try row.get("lapses"), isSuspended: try row.get("is_suspended"),
            isLeech: try row.get("is_leech"), buriedUntil: try row.optional("buried_until"), buriedBy: try row.optional("buried_by")
        )
    }
}
