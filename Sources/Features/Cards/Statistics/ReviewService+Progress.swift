package import Ambient

/// How a student does with cards, in a few figures.
package struct CardProgress: Sendable, Hashable {
    /// That wait today, new ones among them.
    package var due: Int
    /// Learned cards that were asked again in 30 days.
    package var tested: Int
    /// Of them.
    package var remembered: Int
    /// Days without a gap.
    package var streak: Int
}

extension ReviewService {
    /// nil for who has no card.
    package func progress(of user: UserID) async throws -> CardProgress? {
        let found = try await statistics(days: 30, deck: nil, user: user)
        let states = found.cards
        guard states.new + states.learning + states.young + states.mature + states.suspended > 0 else { return nil }
        let waiting = try await due(CardFilter(), user: user, limit: 1)
        return CardProgress(
            due: waiting.counts.new + waiting.counts.learning + waiting.counts.review,
            tested: found.young.tested + found.mature.tested,
            remembered: found.young.remembered + found.mature.remembered, streak: found.streak)
    }
}
