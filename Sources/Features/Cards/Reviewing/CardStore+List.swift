import Ambient
import Courses
import Database
import FoundationEssentials
package import Passages

/// Which cards a list shows.
package struct CardSearch: Sendable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case new, learning, review, due, suspended, buried, leech
    }

    package var filter = CardFilter()
    package var document: DocumentID?
    package var state: State?
    /// Words of either side.
    package var text: String?

    package init() {}
}

extension CardStore {
    /// The latest written first.
    func list(
        _ search: CardSearch, now: Date, dayEnd: Date, user: UserID, offset: Int, limit: Int, in transaction: any Transaction
    ) async throws -> (cards: [WrittenCard], total: Int) {
        var condition = try search.filter.condition(user: user)
        if let document = search.document { condition += " AND t.document_id = \(document)" }
        switch search.state {
        case .new: condition += " AND c.queue = \(CardQueue.new.rawValue)"
        case .learning: condition += " AND c.queue = \(CardQueue.learning.rawValue)"
        case .review: condition += " AND c.queue = \(CardQueue.review.rawValue)"
        case .due: condition += " AND c.queue <> \(CardQueue.new.rawValue) AND c.shown_from < \(dayEnd)"
        case .suspended: condition += " AND c.is_suspended"
        case .buried: condition += " AND c.buried_until > \(now)"
        case .leech: condition += " AND c.is_leech"
        case nil: break
        }
        for word in (search.text ?? "").split(whereSeparator: \.isWhitespace).prefix(8) {
            let (front, back, tags) = ("t.front", "t.back", "CAST(t.tags AS text)") as (SQL, SQL, SQL)
            let found = [front, back, tags].map { transaction.dialect.contains(String(word), in: $0) }.joined(separator: " OR ")
            condition += " AND (\(found))"
        }
        let total = try await transaction.first(
            "SELECT count(*) AS total FROM cards c JOIN card_texts t ON t.id = c.text_id WHERE \(condition)")
        let rows = try await transaction.query(
            "\(Self.selection) WHERE \(condition) ORDER BY t.created_at DESC, t.id DESC, c.part LIMIT \(limit) OFFSET \(offset)")
        return (try rows.map(Self.written), try total?.get("total") ?? 0)
    }
}
