import Ambient
import Database
import FoundationEssentials
import Passages

/// What cards are written from, in the database. Every statement names the user, since SQLite has no row-level security.
struct CardTextStore: Sendable {
    /// As `CardStore` joins them.
    static let columns: SQL =
        """
        t.id AS text_id, t.user_id AS text_user, t.deck_id AS text_deck, t.type, t.markup, t.front, t.back, t.tags, t.source,
        t.created_at, t.updated_at
        """

    /// - Parameters:
    ///   - guid: what tells it from others when it is imported again.
    ///   - note: what it was made of.
    /// - Returns: false, and adds nothing, if the student has one of that guid.
    func insert(
        _ text: CardText, guid: String? = nil, note: ForeignNote? = nil, in transaction: any Transaction
    ) async throws -> Bool {
        let inserted =
            try await transaction.execute(
                """
                INSERT INTO card_texts (
                    id, user_id, deck_id, type, markup, front, back, tags, source, document_id, guid, note, created_at, updated_at)
                VALUES (
                    \(text.id), \(text.userID), \(text.deckID), \(text.type.rawValue), \(text.markup.rawValue), \(text.front),
                    \(text.back), \(try JSONColumn.text(text.tags)), \(try text.source.map { try JSONColumn.text($0) }),
                    \(text.source?.documentID), \(guid ?? text.id.description),
                    \(try note.map { try JSONColumn.text($0) }), \(text.createdAt), \(text.updatedAt))
                ON CONFLICT (user_id, guid) DO NOTHING
                """) > 0
        let shown = MediaNames.all(in: text.front) + MediaNames.all(in: text.back)
        if inserted, !shown.isEmpty {
            try await CardMediaStore().setUses(shown, of: text.id, user: text.userID, isNew: true, in: transaction)
        }
        return inserted
    }

    /// The name that its maker gave a text; nil where it was given none.
    func key(of id: CardTextID, user: UserID, in transaction: any Transaction) async throws -> String? {
        let row = try await transaction.first("SELECT guid FROM card_texts WHERE id = \(id) AND user_id = \(user)")
        return try row.flatMap { CardText.key(ofGUID: try $0.get("guid")) }
    }

    /// What another program's note said goes, once it says something else here.
    func update(_ text: CardText, in transaction: any Transaction) async throws {
        try await transaction.execute(
            """
            UPDATE card_texts SET
                note = CASE WHEN type = \(text.type.rawValue) AND front = \(text.front) AND back = \(text.back) THEN note END,
                deck_id = \(text.deckID), type = \(text.type.rawValue), markup = \(text.markup.rawValue),
                front = \(text.front), back = \(text.back), tags = \(try JSONColumn.text(text.tags)),
                source = \(try text.source.map { try JSONColumn.text($0) }), document_id = \(text.source?.documentID),
                updated_at = \(text.updatedAt)
            WHERE id = \(text.id) AND user_id = \(text.userID)
            """)
        try await CardMediaStore().setUses(
            MediaNames.all(in: text.front) + MediaNames.all(in: text.back), of: text.id, user: text.userID, isNew: false,
            in: transaction)
    }

    /// With its cards.
    /// - Returns: whether there was one.
    func delete(_ id: CardTextID, user: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute("DELETE FROM card_texts WHERE id = \(id) AND user_id = \(user)") > 0
    }

    func count(of user: UserID, in transaction: any Transaction) async throws -> Int {
        try await transaction.first("SELECT count(*) AS total FROM card_texts WHERE user_id = \(user)")?.get("total") ?? 0
    }

    /// All of a deck, in the order in which they were written.
    func all(of deck: DeckID, user: UserID, in transaction: any Transaction) async throws -> [CardText] {
        try await transaction.query(
            """
            SELECT \(Self.columns) FROM card_texts t WHERE t.deck_id = \(deck) AND t.user_id = \(user) ORDER BY t.created_at, t.id
            """
        ).map(Self.text)
    }

    /// The next of a deck in the order in which they were written, with what tells them elsewhere.
    func exchanged(
        of deck: DeckID, after last: CardText?, limit: Int, user: UserID, in transaction: any Transaction
    ) async throws -> [ExchangedText] {
        let later: SQL = last.map { " AND (t.created_at, t.id) > (\($0.createdAt), \($0.id))" } ?? ""
        return try await transaction.query(
            """
            SELECT \(Self.columns), t.guid, t.note FROM card_texts t WHERE t.deck_id = \(deck) AND t.user_id = \(user)\(later)
            ORDER BY t.created_at, t.id LIMIT \(limit)
            """
        ).map { row in
            ExchangedText(
                text: try Self.text(row), guid: try row.get("guid"),
                note: try row.optional("note", as: String.self).map { try JSONColumn.value($0) })
        }
    }

    /// How many texts have each tag.
    func tags(of user: UserID, deck: DeckID?, in transaction: any Transaction) async throws -> [String: Int] {
        let only: SQL = deck.map { " AND deck_id = \($0)" } ?? ""
        var uses: [String: Int] = [:]
        for row in try await transaction.query(
            """
            SELECT tags, count(*) AS total FROM card_texts
            WHERE user_id = \(user) AND CAST(tags AS text) <> '[]'\(only) GROUP BY tags
            """)
        {
            let total: Int = try row.get("total")
            for tag in try JSONColumn.value(try row.get("tags"), as: [String].self) { uses[tag, default: 0] += total }
        }
        return uses
    }

    /// Of a row that has `columns`.
    static func text(_ row: Row) throws -> CardText {
        guard let type = CardType(rawValue: try row.get("type")), let markup = CardMarkup(rawValue: try row.get("markup")) else {
            throw DatabaseFailure(.decoding, "card_texts.type")
        }
        return CardText(
            id: try row.get("text_id"), userID: try row.get("text_user"), deckID: try row.get("text_deck"), type: type,
            markup: markup, front: try row.get("front"), back: try row.get("back"), tags: try JSONColumn.value(try row.get("tags")),
            source: try row.optional("source", as: String.self).map { try JSONColumn.value($0) },
            createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
    }
}
