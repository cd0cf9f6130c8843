import Ambient
package import Courses
import Database
import FoundationEssentials

/// What of a student's cards is asked for: all, or those of a deck, a course, a tag.
package struct CardFilter: Sendable, Hashable {
    package var deck: DeckID?
    package var course: CourseID?
    package var tag: String?

    package init(deck: DeckID? = nil, course: CourseID? = nil, tag: String? = nil) {
        self.deck = deck
        self.course = course
        self.tag = tag
    }

    /// The condition on `cards c` and `card_texts t`.
    func condition(user: UserID) throws -> SQL {
        var condition: SQL = "c.user_id = \(user)"
        if let deck { condition += " AND c.deck_id = \(deck)" }
        if let course { condition += " AND c.deck_id IN (SELECT id FROM decks WHERE user_id = \(user) AND course_id = \(course))" }
        if let tag { condition += " AND \(try Self.hasTag(tag))" }
        return condition
    }

    static func hasTag(_ tag: String) throws -> SQL {
        let written = try JSONColumn.text([tag]).dropFirst().dropLast()
        return "CAST(t.tags AS text) LIKE \("%\(String(written).escapedForLike)%") ESCAPE '\\'"
    }
}

/// What waits to be learned. Each question is the beginning of an index, however many cards there are.
extension CardStore {
    /// What waits in a heap before a time, the longest waiting first.
    func waiting(
        _ queue: CardQueue, before end: Date, _ filter: CardFilter, user: UserID, limit: Int, in transaction: any Transaction
    ) async throws -> [WrittenCard] {
        guard limit > 0 else { return [] }
        return try await transaction.query(
            """
            \(Self.selection) WHERE \(try filter.condition(user: user)) AND c.queue = \(queue.rawValue) AND c.shown_from < \(end)
            ORDER BY c.shown_from, c.position LIMIT \(limit)
            """
        ).map(Self.written)
    }

    /// What will be due next, for who wants to learn ahead.
    func ahead(
        after end: Date, _ filter: CardFilter, user: UserID, limit: Int, in transaction: any Transaction
    ) async throws -> [WrittenCard] {
        try await transaction.query(
            """
            \(Self.selection) WHERE \(try filter.condition(user: user)) AND c.queue = \(CardQueue.review.rawValue)
              AND c.shown_from >= \(end) ORDER BY c.shown_from, c.position LIMIT \(limit)
            """
        ).map(Self.written)
    }

    /// How much waits, up to `most`: beyond it nobody counts.
    func countWaiting(
        _ queue: CardQueue, before end: Date, _ filter: CardFilter, user: UserID, most: Int, in transaction: any Transaction
    ) async throws -> Int {
        guard most > 0 else { return 0 }
        let join: SQL = filter.tag == nil ? "" : "JOIN card_texts t ON t.id = c.text_id"
        return try await transaction.first(
            """
            SELECT count(*) AS total FROM (
                SELECT 1 FROM cards c \(join) WHERE \(try filter.condition(user: user)) AND c.queue = \(queue.rawValue)
                  AND c.shown_from < \(end) LIMIT \(most)) AS counted
            """)?.get("total") ?? 0
    }
}
