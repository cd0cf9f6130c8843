import Accounts
import Ambient
import Cards
import Courses
import Database
import Events
import FoundationEssentials
import Jobs
import Spacing

/// Times of what stands in the database.
struct DeckBenchmark {
    let database: any Database

    /// Half of the cards are due, a tenth new.
    func due(cards count: Int) async throws {
        let user = try await student()
        let events = CardEvents(outbox: EventOutbox(bus: EventBus()))
        let decks = DeckService(database: database, events: events)
        let reviews = ReviewService(database: database, events: events)
        let deck = try await decks.create("All", user: user).deck.id
        try await fill(deck, count, of: user)
        if database.dialect == .postgres { try await database.transaction(as: .system) { try await $0.execute("ANALYZE") } }
        try await reviews.changeSettings(of: user) { $0.reviewsPerDay = 100_000 }
        var (all, one, answers) = ([Double](), [Double](), [Double]())
        for _ in 0..<101 {
            var list: ReviewService.DueList?
            all.append(try await milliseconds { list = try await reviews.due(CardFilter(), user: user, limit: 50) })
            one.append(try await milliseconds { _ = try await reviews.due(CardFilter(deck: deck), user: user, limit: 50) })
            if let card = list?.cards.first?.written.card {
                answers.append(
                    try await milliseconds { _ = try await reviews.review(.init(cardID: card.id, grade: .good), user: user) })
            }
        }
        func middle(_ times: [Double]) -> Double { times.dropFirst().sorted()[50] }
        func late(_ times: [Double]) -> Double { times.dropFirst().sorted()[95] }
        print(
            #"{"cards": \#(count), "all_p50": \#(middle(all)), "all_p95": \#(late(all)), "deck_p50": \#(middle(one)), "deck_p95": \#(late(one)), "answer_p50": \#(middle(answers))}"#
        )
    }

    private func milliseconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return MemoryBenchmark.seconds(ContinuousClock.now - start) * 1000
    }

    private func student() async throws -> UserID {
        try await Migrator(database: database).apply(
            EventsMigrations.all + JobsMigrations.all + AccountsMigrations.all + CoursesMigrations.all + CardsMigrations.all)
        let user = UserID(UUIDv7.make(at: Date()))
        try await database.transaction(as: .system) { transaction in
            try await transaction.execute(
                """
                INSERT INTO users (id, email, email_key, display_name, role, password_hash, created_at, password_changed_at)
                VALUES (\(user), \("\(user)"), \("\(user)"), 'Somebody', 'student', '', \(Date()), \(Date()))
                """)
        }
        return user
    }

    private func fill(_ deck: DeckID, _ count: Int, of user: UserID) async throws {
        let now = Date()
        for start in stride(from: 0, to: count, by: 1000) {
            let places = start..<min(start + 1000, count)
            let ids = places.map { _ in (CardTextID(UUIDv7.make(at: now)), CardID(UUIDv7.make(at: now))) }
            let texts = zip(places, ids).map { place, id -> SQL in
                "(\(id.0), \(user), \(deck), 'basic', 'markdown', \("What is number \(place)?"), 'It is a number.', '[]', \("\(place)"), \(now), \(now))"
            }
            let cards = zip(places, ids).map { place, id -> SQL in
                let isNew = place % 10 == 0
                let due = now.addingTimeInterval(Double((place &* 7919) % 40_000 - 20_000) * 600)
                let stability: Double? = isNew ? nil : 20
                let reviewed: Date? = isNew ? nil : due.addingTimeInterval(-20 * 86_400)
                return
                    "(\(id.1), \(user), \(id.0), \(deck), 0, 0, \(isNew ? 0 : 2), \(isNew ? "new" : "review"), 0, \(stability), \(stability.map { _ in 5.0 }), \(due), \(reviewed), \(isNew ? 0 : 5), 0, \(false), \(false), \(isNew ? now : due))"
            }
            try await database.transaction(as: .system) { transaction in
                for part in stride(from: 0, to: texts.count, by: 200) {
                    let range = part..<min(part + 200, texts.count)
                    try await transaction.execute(
                        "INSERT INTO card_texts (id, user_id, deck_id, type, markup, front, back, tags, guid, created_at, updated_at) VALUES \(texts[range].joined(separator: ", "))"
                    )
                    try await transaction.execute(
                        """
                        INSERT INTO cards (id, user_id, text_id, deck_id, part, position, queue, phase, step, stability, difficulty, due,
                            last_review, reps, lapses, is_suspended, is_leech, shown_from)
                        VALUES \(cards[range].joined(separator: ", "))
                        """)
                }
            }
        }
    }
}
