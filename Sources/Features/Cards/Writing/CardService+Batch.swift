import Ambient
import Database

extension CardService {
    /// Writes several at once, all or none.
    /// - Returns: how many are new; the others have a key that the student has already.
    func create(_ drafts: [(key: String?, draft: Draft)], deck: DeckID, user: UserID) async throws -> Int {
        try await database.transaction(as: .user(user)) { transaction in
            guard try await DeckStore().hold(deck, user: user, in: transaction) else { throw CardsFailure.unknownDeck }
            guard try await CardTextStore().count(of: user, in: transaction) + drafts.count <= Self.most else {
                throw CardsFailure.full
            }
            var new = 0
            for (index, (key, draft)) in drafts.enumerated() {
                let made = try await make(
                    draft, position: index, arriving: Arrival(guid: key.map(CardText.guid(ofKey:))), deck: deck, user: user,
                    in: transaction)
                new += made.isEmpty ? 0 : 1
            }
            if new > 0 { try await decks.tell(deck, user: user, in: transaction) }
            return new
        }
    }
}
