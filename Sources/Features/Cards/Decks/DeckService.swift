package import Ambient
package import Courses
package import Database
import FoundationEssentials

/// What a student does with decks.
package struct DeckService: Sendable {
    private let database: any Database
    private let events: CardEvents
    private let ambient: Ambient
    private let store = DeckStore()
    private let reviews = ReviewStore()

    package init(database: any Database, events: CardEvents, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.ambient = ambient
    }

    /// What changes about a deck. nil leaves a field; `.some(nil)` clears it.
    package struct Change: Sendable {
        package var name: String?
        package var courseID: CourseID??
        package var retention: Double??

        package init() {}
    }

    /// - Parameter course: the student's own, or one that is shared with the student.
    package func create(
        _ name: String, course: CourseID? = nil, retention: Double? = nil, user: UserID
    ) async throws -> FilledDeck {
        try await database.transaction(as: .user(user)) { transaction in
            try await make(name, course: course, retention: retention, user: user, in: transaction)
        }
    }

    func make(
        _ name: String, course: CourseID?, retention: Double? = nil, as id: DeckID? = nil, user: UserID,
        in transaction: any Transaction
    ) async throws -> FilledDeck {
        if let course { try await CourseDirectory().join(course, user: user, in: transaction) }
        let now = ambient.now()
        let deck = Deck(
            id: id ?? ambient.newID(), userID: user, courseID: course, name: Self.line(name), retention: retention, createdAt: now,
            updatedAt: now)
        try await store.insert(deck, in: transaction)
        let filled = FilledDeck(deck: deck, counts: DeckCounts())
        try await events.append(CardEvents.deckCreated, filled, in: transaction)
        return filled
    }

    /// By name.
    package func list(course: CourseID? = nil, user: UserID) async throws -> [FilledDeck] {
        try await database.read(as: .user(user)) { transaction in
            let decks = try await store.list(of: user, course: course, in: transaction)
            let end = try await reviews.settings(of: user, in: transaction).day.end(at: ambient.now())
            let counts = try await store.counts(of: user, before: end, in: transaction)
            return decks.map { FilledDeck(deck: $0, counts: counts[$0.id] ?? DeckCounts()) }
        }
    }

    package func deck(_ id: DeckID, user: UserID) async throws -> FilledDeck {
        try await database.read(as: .user(user)) { try await filled(id, user: user, in: $0) }
    }

    package func change(_ id: DeckID, _ change: Change, user: UserID) async throws -> FilledDeck {
        try await database.transaction(as: .user(user)) { transaction in
            guard var deck = try await store.find(id, user: user, locking: true, in: transaction) else { throw CardsFailure.noDeck }
            if let name = change.name { deck.name = Self.line(name) }
            if let course = change.courseID {
                if let course, course != deck.courseID { try await CourseDirectory().join(course, user: user, in: transaction) }
                deck.courseID = course
            }
            if let retention = change.retention { deck.retention = retention }
            deck.updatedAt = ambient.now()
            try await store.update(deck, in: transaction)
            return try await tell(id, user: user, in: transaction)
        }
    }

    /// With its cards. The log of their reviews stays, for what it says of the student's memory.
    package func delete(_ id: DeckID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { transaction in
            try await transaction.withoutTimeLimit()
            guard try await store.delete(id, user: user, in: transaction) else { throw CardsFailure.noDeck }
            try await events.appendDeleted(id, user: user, in: transaction)
        }
    }

    func tellMade(_ id: DeckID, cards: Int, user: UserID, in transaction: any Transaction) async throws {
        try await events.appendMade(id, cards: cards, user: user, in: transaction)
    }

    /// Says that a deck has other cards than before.
    @discardableResult
    func tell(_ id: DeckID, user: UserID, in transaction: any Transaction) async throws -> FilledDeck {
        let deck = try await filled(id, user: user, in: transaction)
        try await events.append(CardEvents.deckUpdated, deck, in: transaction)
        return deck
    }

    private func filled(_ id: DeckID, user: UserID, in transaction: any Transaction) async throws -> FilledDeck {
        guard let deck = try await store.find(id, user: user, in: transaction) else { throw CardsFailure.noDeck }
        let end = try await reviews.settings(of: user, in: transaction).day.end(at: ambient.now())
        let counts = try await store.counts(of: user, deck: id, before: end, in: transaction)
        return FilledDeck(deck: deck, counts: counts[id] ?? DeckCounts())
    }

    private static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
