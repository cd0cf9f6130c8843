import Ambient
import Assembly
import Database
import Failures
import FoundationEssentials
import Jobs
import Synchronization

/// Makes a deck of texts, as a job: each card is there as soon as it is made.
struct CardMaker: Sendable {
    struct Payload: Codable, Sendable {
        let deckID: DeckID
        let wish: DeckWish

        private enum CodingKeys: String, CodingKey {
            case wish
            case deckID = "deck_id"
        }
    }

    static let queue = WorkQueue("card-making", width: 1)
    static let make = JobKind<Payload>("cards.make", queue: queue.name, maxAttempts: 3, timeout: .seconds(900))

    let database: any Database
    let decks: DeckService
    let cards: CardService
    let jobs: JobQueue
    let drafting: CardDrafting

    /// A deck that a job fills. Under one id it is made once.
    func begin(_ wish: DeckWish, as id: DeckID, user: UserID) async throws -> FilledDeck {
        do {
            return try await database.transaction(as: .user(user)) { transaction in
                let deck = try await decks.make(wish.topic ?? "Cards", course: wish.course, as: id, user: user, in: transaction)
                _ = try await jobs.enqueue(
                    Self.make, Payload(deckID: id, wish: wish), user: user, uniqueKey: Self.key(id), in: transaction)
                return deck
            }
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            return try await decks.deck(id, user: user)
        }
    }

    /// Nothing where it is gone already.
    func undo(_ id: DeckID, user: UserID) async throws {
        try await database.transaction(as: .user(user)) { try await jobs.cancel(Self.make, uniqueKey: Self.key(id), in: $0) }
        do {
            try await decks.delete(id, user: user)
        } catch let failure as CardsFailure where failure.code == .notFound {}
    }

    var handler: JobHandler {
        JobHandler(Self.make) { payload, context in
            guard let user = context.userID else { return nil }
            return ["cards": "\(try await fill(payload.deckID, payload.wish, user: user, context))"]
        }
    }

    /// May run again after a crash: what an earlier attempt made is known by its key.
    private func fill(_ id: DeckID, _ wish: DeckWish, user: UserID, _ context: JobContext) async throws -> Int {
        let made = Mutex(0)
        context.progress(stage: "reading", done: 0, total: 1)
        try await drafting.draft(
            wish, user, Self.seed(of: id), { context.progress(stage: "drafting", done: $0, total: max(1, $1)) },
            { drafted in
                let place = made.withLock { $0 }
                let stays = try await context.keep(in: database) { transaction -> Bool in
                    // It may have been deleted meanwhile.
                    guard try await DeckStore().hold(id, user: user, in: transaction) else { return false }
                    _ = try await cards.make(
                        drafted.draft, position: place, arriving: .init(guid: "\(id):\(drafted.key)"), deck: id, user: user,
                        in: transaction)
                    try await decks.tell(id, user: user, in: transaction)
                    return true
                }
                if stays { made.withLock { $0 += 1 } }
                return stays
            })
        let count = made.withLock { $0 }
        // That there are none is told too: an empty deck says nothing of why.
        try await context.keep(in: database) { transaction in
            guard try await DeckStore().hold(id, user: user, in: transaction) else { return }
            try await decks.tellMade(id, cards: count, user: user, in: transaction)
        }
        return count
    }

    private static func key(_ id: DeckID) -> String { "cards.make:\(id)" }

    /// The same deck gets the same cards when its job runs again.
    private static func seed(of id: DeckID) -> UInt64 {
        id.description.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
