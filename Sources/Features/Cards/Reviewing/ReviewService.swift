package import Ambient
package import Database
package import FoundationEssentials
package import Spacing

/// How cards are learned: what is asked next, and what an answer makes of it.
package struct ReviewService: Sendable {
    let database: any Database
    let events: CardEvents
    let ambient: Ambient
    let decks = DeckStore()
    let cards = CardStore()
    let texts = CardTextStore()
    let reviews = ReviewStore()

    package init(database: any Database, events: CardEvents, ambient: Ambient = .live) {
        self.database = database
        self.events = events
        self.ambient = ambient
    }

    /// An answer as it comes in.
    package struct Answer: Sendable {
        package var id: ReviewID?
        package var cardID: CardID
        package var grade: ReviewGrade
        /// nil is now; what lies ahead is now too.
        package var reviewedAt: Date?
        package var durationMs: Int?

        package init(
            id: ReviewID? = nil, cardID: CardID, grade: ReviewGrade, reviewedAt: Date? = nil, durationMs: Int? = nil
        ) {
            self.id = id
            self.cardID = cardID
            self.grade = grade
            self.reviewedAt = reviewedAt
            self.durationMs = durationMs
        }
    }

    /// A card as an answer left it.
    package struct Outcome: Sendable {
        package var reviewID: ReviewID
        package var written: WrittenCard
        /// It was set aside because it is forgotten again and again.
        package var isNewLeech = false
    }

    // MARK: - Answering

    /// Counts an answer, once for each id. What was answered without a network and comes late is put in its place among the others.
    package func review(_ answer: Answer, user: UserID) async throws -> Outcome {
        let now = ambient.now()
        return try await database.transaction(as: .user(user)) { transaction in
            guard let written = try await cards.find(answer.cardID, user: user, locking: true, in: transaction) else {
                throw CardsFailure.unknownCard
            }
            let id = answer.id ?? ambient.newID()
            // After the card is held: of two requests with one id, the second sees what the first did.
            if let known = try await reviews.find(id, user: user, in: transaction) {
                guard known.cardID == answer.cardID else { throw CardsFailure.otherReview }
                return Outcome(reviewID: id, written: written)
            }
            let at = min(answer.reviewedAt ?? now, now)
            let later = try await reviews.later(than: at, of: answer.cardID, user: user, in: transaction)
            var review = Review(
                id: id, userID: user, cardID: answer.cardID, deckID: written.card.deckID, grade: answer.grade, reviewedAt: at,
                days: 0, durationMs: answer.durationMs, before: later.first?.before ?? written.card.memento, undoneAt: nil)
            let rules = try await rules(for: written.card.deckID, user: user, in: transaction)
            var next = written
            next.card.memento = review.before
            review.days = rules.answer(&next.card, review.grade, at: at)
            try await reviews.insert(review, in: transaction)
            try await replay(later, on: &next.card, rules, in: transaction)
            if next.card.buriedUntil != nil { (next.card.buriedUntil, next.card.buriedBy) = (nil, nil) }
            try await cards.update(next.card, in: transaction)
            if rules.settings.buriesSiblings {
                let end = rules.settings.day.end(at: at)
                if end > now { try await cards.bury(siblingsOf: next.card, until: end, by: id, in: transaction) }
            }
            try await events.append(
                CardEvents.reviewed, review, next, key: texts.key(of: next.text.id, user: user, in: transaction), in: transaction)
            return Outcome(reviewID: id, written: next, isNewLeech: next.card.isLeech && !written.card.isLeech)
        }
    }

    /// Takes an answer back: the card is as it would be without it. Again, it changes nothing.
    package func undo(_ id: ReviewID, user: UserID) async throws -> WrittenCard {
        let now = ambient.now()
        return try await database.transaction(as: .user(user)) { transaction in
            guard let sought = try await reviews.find(id, user: user, in: transaction) else { throw CardsFailure.noReview }
            guard var written = try await cards.find(sought.cardID, user: user, locking: true, in: transaction),
                let review = try await reviews.find(id, user: user, in: transaction)
            else { throw CardsFailure.noCard }
            guard review.undoneAt == nil else { return written }
            let later = try await reviews.later(than: review.reviewedAt, of: review.cardID, user: user, in: transaction)
            let rules = try await rules(for: written.card.deckID, user: user, in: transaction)
            written.card.memento = review.before
            try await reviews.setUndone(id, at: now, user: user, in: transaction)
            try await replay(later, on: &written.card, rules, in: transaction)
            try await cards.update(written.card, in: transaction)
            try await cards.unbury(by: id, text: written.text.id, user: user, in: transaction)
            try await events.append(
                CardEvents.undone, review, written, key: texts.key(of: written.text.id, user: user, in: transaction),
                in: transaction)
            return written
        }
    }

    package func history(of id: CardID, user: UserID) async throws -> [Review] {
        try await database.read(as: .user(user)) { transaction in
            guard try await cards.find(id, user: user, in: transaction) != nil else { throw CardsFailure.noCard }
            return try await reviews.latest(of: id, user: user, limit: 100, in: transaction)
        }
    }

    // MARK: - Settings

    package func settings(of user: UserID) async throws -> (settings: StudySettings, fitted: FittedParameters?) {
        try await database.read(as: .user(user)) {
            (try await reviews.settings(of: user, in: $0), try await reviews.fitted(of: user, in: $0))
        }
    }

    @discardableResult
    package func changeSettings(
        of user: UserID, _ change: @Sendable (inout StudySettings) -> Void
    ) async throws -> StudySettings {
        try await database.transaction(as: .user(user)) { transaction in
            var settings = try await reviews.settings(of: user, in: transaction)
            change(&settings)
            try await reviews.set(settings, of: user, in: transaction)
            return settings
        }
    }

    // MARK: -

    func rules(for deck: DeckID, user: UserID, in transaction: any Transaction) async throws -> ReviewRules {
        let found = try await reviews.study(of: deck, user: user, in: transaction)
        let fitted = found.fitted.flatMap { SpacingParameters($0.weights) }
        return ReviewRules(settings: found.settings, parameters: fitted ?? .standard).of(found.retention)
    }

    func rules(user: UserID, in transaction: any Transaction) async throws -> ReviewRules {
        let settings = try await reviews.settings(of: user, in: transaction)
        let fitted = try await reviews.fitted(of: user, in: transaction).flatMap { SpacingParameters($0.weights) }
        return ReviewRules(settings: settings, parameters: fitted ?? .standard)
    }

    private func replay(
        _ later: [Review], on card: inout Card, _ rules: ReviewRules, in transaction: any Transaction
    ) async throws {
        for var review in later {
            review.before = card.memento
            review.days = rules.answer(&card, review.grade, at: review.reviewedAt)
            try await reviews.setBefore(review, in: transaction)
        }
    }
}
