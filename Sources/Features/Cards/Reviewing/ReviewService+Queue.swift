package import Ambient
import Database
import FoundationEssentials
package import Spacing

extension ReviewService {
    /// What is asked now, and how much of it there is.
    package struct DueList: Sendable {
        package var cards: [DueCard]
        package var counts: DueCounts
        /// When something waits next, where nothing does now.
        package var settings: StudySettings
    }

    /// A card that is asked, with what each answer would make of it.
    package struct DueCard: Sendable {
        package var written: WrittenCard
        /// Seconds until it comes back.
        package var intervals: [ReviewGrade: Int]
    }

    package struct DueCounts: Sendable, Hashable {
        package var new: Int
        package var learning: Int
        package var review: Int

        package var total: Int { new + learning + review }
    }

    /// Beyond this nobody counts.
    private static let mostCounted = 10_000
    /// A card between two steps is asked this much sooner where nothing else waits.
    private static let patience = 20.0 * 60

    /// What is asked next, in its order: what is being learned and due, then reviews with new cards between them, and at the end what
    /// is being learned and due within twenty minutes.
    ///
    /// - Parameter ahead: also reviews of the days to come, for who wants to learn before an exam.
    package func due(_ filter: CardFilter, ahead: Bool = false, user: UserID, limit: Int) async throws -> DueList {
        let now = ambient.now()
        return try await database.read(as: .user(user)) { transaction in
            if let deck = filter.deck, try await decks.find(deck, user: user, in: transaction) == nil { throw CardsFailure.noDeck }
            let rules = try await rules(user: user, in: transaction)
            let end = rules.settings.day.end(at: now)
            let done = try await reviews.done(since: rules.settings.day.start(at: now), user: user, in: transaction)
            let newLeft = max(0, rules.settings.newPerDay - done.new)
            let reviewsLeft = max(0, rules.settings.reviewsPerDay - done.reviews)

            func waiting(_ queue: CardQueue, before: Date, most: Int) async throws -> [WrittenCard] {
                try await cards.waiting(queue, before: before, filter, user: user, limit: most, in: transaction)
            }
            func count(_ queue: CardQueue, before: Date, most: Int) async throws -> Int {
                try await cards.countWaiting(
                    queue, before: before, filter, user: user, most: min(most, Self.mostCounted), in: transaction)
            }
            let counts = DueCounts(
                new: try await count(.new, before: now.addingTimeInterval(1), most: newLeft),
                learning: try await count(.learning, before: end, most: Self.mostCounted),
                review: try await count(.review, before: end, most: reviewsLeft))
            var list = try await waiting(.learning, before: now.addingTimeInterval(1), most: limit)
            let known = try await waiting(.review, before: end, most: min(reviewsLeft, limit))
            let fresh = try await waiting(.new, before: now.addingTimeInterval(1), most: min(newLeft, limit))
            list += Self.oneOfEachText(Self.mixed(known, fresh))
            if ahead, list.count < limit {
                list += try await cards.ahead(after: end, filter, user: user, limit: limit - list.count, in: transaction)
            }
            if list.count < limit {
                let soon = try await waiting(.learning, before: now.addingTimeInterval(Self.patience), most: limit)
                let known = Set(list.map(\.card.id))
                list += soon.filter { !known.contains($0.card.id) }
            }
            list = Array(list.prefix(limit))
            let retention = try await retentions(of: Set(list.map(\.card.deckID)), user: user, in: transaction)
            let due = list.map { written in
                DueCard(written: written, intervals: rules.of(retention[written.card.deckID]).intervals(of: written.card, at: now))
            }
            return DueList(cards: due, counts: counts, settings: rules.settings)
        }
    }

    private func retentions(
        of ids: Set<DeckID>, user: UserID, in transaction: any Transaction
    ) async throws -> [DeckID: Double] {
        var retentions: [DeckID: Double] = [:]
        for id in ids { retentions[id] = try await decks.find(id, user: user, in: transaction)?.retention }
        return retentions
    }

    /// New cards spread among the reviews.
    private static func mixed(_ known: [WrittenCard], _ fresh: [WrittenCard]) -> [WrittenCard] {
        guard !known.isEmpty, !fresh.isEmpty else { return known + fresh }
        var (list, taken) = ([WrittenCard](), 0)
        for (index, card) in known.enumerated() {
            list.append(card)
            let wanted = (index + 1) * fresh.count / known.count
            list += fresh[taken..<wanted]
            taken = wanted
        }
        return list
    }

    /// What asks of one text would give itself away.
    private static func oneOfEachText(_ cards: [WrittenCard]) -> [WrittenCard] {
        var seen: Set<CardTextID> = []
        return cards.filter { seen.insert($0.text.id).inserted }
    }
}
