import Ambient
package import Assembly
package import BlobStorage
import FoundationEssentials
import HTTPServing
import Jobs
package import Sandbox
import Spacing

/// Cards as the program takes them in.
package struct CardsFeature: Feature {
    package static let manifest = FeatureManifest(
        "cards", service: .study, after: ["accounts", "courses", "jobs", "events"], migrations: CardsMigrations.all,
        events: CardEvents.all, queues: [CardJobs.queue], periodic: [CardJobs.sweep],
        portability: AccountPortability(
            export: { user, transaction in
                // Dates that every database can hold, before all that is due.
                let (store, longAgo) = (DeckStore(), Date(timeIntervalSince1970: 0))
                let counts = try await store.counts(of: user, before: longAgo, in: transaction)
                let decks = try await store.list(of: user, course: nil, in: transaction)
                    .map { DeckView(FilledDeck(deck: $0, counts: counts[$0.id] ?? DeckCounts())) }
                let (cards, _) = try await CardStore().list(
                    CardSearch(), now: longAgo, dayEnd: longAgo, user: user, offset: 0, limit: .max, in: transaction)
                let reviews = try await ReviewStore().all(of: user, in: transaction).map(ExportedReview.init)
                let settings = try await ReviewStore().settings(of: user, in: transaction)
                return [
                    .init("decks.json", json: decks), .init("cards.json", json: cards.map { CardView($0) }),
                    .init("card-reviews.json", json: reviews), .init("card-settings.json", json: settings),
                ]
            }, tables: CardTables.all, staying: CardTables.staying,
            // The rows themselves go with the account.
            erase: { user, ground, transaction in
                for left in LeftFiles.batches(try await CardMediaStore().digests(of: user, in: transaction)) {
                    try await ground.jobs.enqueue(CardJobs.removeFiles, left, user: nil, in: transaction)
                }
            }))

    package let decks: DeckService
    package let cards: CardService
    package let reviews: ReviewService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - sandbox: where packages are read.
    ///   - blobs: of its own: packages while they are read, pictures and sounds.
    package init(on ground: FeatureGround, sandbox: Sandbox, blobs: any BlobStore) {
        let events = CardEvents(outbox: ground.outbox)
        decks = DeckService(database: ground.database, events: events, ambient: ground.ambient)
        cards = CardService(database: ground.database, decks: decks, ambient: ground.ambient)
        reviews = ReviewService(database: ground.database, events: events, ambient: ground.ambient)
        let media = CardMediaService(database: ground.database, blobs: blobs, ambient: ground.ambient)
        let exchange = CardExchange(
            database: ground.database, decks: decks, cards: cards, jobs: ground.jobs, events: events, media: media,
            packages: AnkiPackage(sandbox: sandbox, blobs: blobs), ambient: ground.ambient)
        parts = FeatureParts(
            routes: [
                ExchangeRoutes(service: exchange), CardMediaRoutes(service: media),
                DeckRoutes(service: decks), CardRoutes(service: cards, reviews: reviews),
                ReviewRoutes(service: reviews, jobs: ground.jobs),
            ],
            handlers: CardJobs.handlers(reviews, exchange))
    }
}

/// An answer in an export.
private struct ExportedReview: Encodable, Sendable {
    var id: ReviewID
    var cardID: CardID
    var rating: Int
    var reviewedAt: Date
    var durationMs: Int?
    var undoneAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, rating
        case cardID = "card_id"
        case reviewedAt = "reviewed_at"
        case durationMs = "duration_ms"
        case undoneAt = "undone_at"
    }

    init(_ review: Review) {
        id = review.id
        cardID = review.cardID
        rating = review.grade.rawValue
        reviewedAt = review.reviewedAt
        durationMs = review.durationMs
        undoneAt = review.undoneAt
    }
}
