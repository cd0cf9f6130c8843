import Ambient
@testable import Cards
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Spacing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CardRoutesTests {
    @Test(arguments: Dialect.allCases) func `a deck is made, filled, learned and taken back over HTTP`(_ dialect: Dialect)
        async throws
    {
        try await CardStage.with(dialect) { stage in
            let client = stage.client()
            let made = try await client.post("/decks", json: #"{"name": " Cell  Biology "}"#)
            let deck: DeckView = try made.json()
            #expect(made.status == 201 && made.headers["Location"] == "/api/v1/decks/\(deck.id)" && deck.name == "Cell Biology")
            #expect(made.text.contains(#""course_id":null"#))
            let written = try await client.post(
                "/cards",
                json: """
                    {"deck_id": "\(deck.id)", "type": "basic", "front": "What makes ATP?", "back": "The mitochondrion", "tags": [" cell ", "Cell"],
                     "source": {"document_id": "\(UUID().uuidString.lowercased())", "page": 3, "quote": "makes ATP"}}
                    """)
            #expect(written.status == 201)
            let card: CardView = try written.json()
            #expect(card.tags == ["cell"] && card.state == "new" && card.source?.page == 3 && card.parts == 1)

            let due: DueCardList = try await client.get("/reviews/due?deck_id=\(deck.id)&limit=10").json()
            let first = try #require(due.data.first)
            #expect(first.cardID == card.id && first.front == "What makes ATP?" && first.back == "The mitochondrion")
            #expect(first.intervals.again == 60 && first.intervals.hard == 330 && first.intervals.good == 600)
            #expect(first.intervals.easy >= 86_400 && due.counts.new == 1)

            let id = UUID().uuidString.lowercased()
            let answer = #"{"id": "\#(id)", "card_id": "\#(card.id)", "rating": 4, "duration_ms": 2500}"#
            let once: ReviewedView = try await client.post("/reviews", json: answer).json()
            #expect(once.state == "review" && once.reps == 1)
            #expect(Int(once.due.timeIntervalSince(stage.clock.now).rounded()) == first.intervals.easy)
            stage.clock.advance(minutes: 5)
            let twice: ReviewedView = try await client.post("/reviews", json: answer).json()
            #expect(twice.due == once.due && twice.reps == 1)
            #expect(try await client.get("/cards/\(card.id)/reviews").json(ReviewList.self).data.map(\.rating) == [4])
            #expect(try await client.get("/reviews/due").json(DueCardList.self).data.isEmpty)

            let undone: ReviewedView = try await client.post("/reviews/\(id)/undo").json()
            #expect(undone.state == "new" && undone.reps == 0 && undone.stability == nil)
            // Sent late once more by a browser that was away, it stays taken back.
            #expect(try await client.post("/reviews", json: answer).json(ReviewedView.self).reps == 0)
            #expect(try await client.post("/reviews/\(id)/undo").status == 200)
            #expect(try await client.get("/reviews/due").json(DueCardList.self).data.map(\.cardID) == [card.id])

            #expect(try await client.delete("/cards/\(card.id)").status == 204)
            #expect(try await client.get("/cards").json(Page<CardView>.self).data.isEmpty)
            #expect(try await client.delete("/decks/\(deck.id)").status == 204)
            #expect(
                try await stage.eventTypes() == [
                    "deck.created", "deck.updated", "card.reviewed", "card.review_undone", "deck.updated", "deck.deleted",
                ])
        }
    }

    @Test func `cards are found by their words, tags, deck and state`() async throws {
        try await CardStage.with(.sqlite) { stage in
            let client = stage.client()
            let (one, two) = (try await stage.deck("One"), try await stage.deck("Two"))
            _ = try await stage.cards.create(
                .init(front: "Ökologie", back: "100 % of it", tags: ["exam_1", "a\"b"]), deck: one, user: stage.ann)
            _ = try await stage.cards.create(.init(front: "Osmosis", back: "water", tags: ["exam"]), deck: two, user: stage.ann)
            func found(_ query: String) async throws -> [String] {
                try await client.get("/cards?\(query)").json(Page<CardView>.self).data.map(\.front)
            }
            #expect(try await found("") == ["Osmosis", "Ökologie"])
            #expect(try await found("q=%C3%B6KO") == ["Ökologie"])
            #expect(try await found("q=100%20%25") == ["Ökologie"])
            #expect(try await found("q=water%20osm") == ["Osmosis"])
            #expect(try await found("tag=exam") == ["Osmosis"])
            #expect(try await found("tag=a%22b") == ["Ökologie"])
            #expect(try await found("deck_id=\(one)") == ["Ökologie"])
            #expect(try await found("state=new").count == 2)
            #expect(try await found("state=due").isEmpty)
            let tags: TagList = try await client.get("/cards/tags").json()
            #expect(tags.data.map(\.tag) == ["a\"b", "exam", "exam_1"] && tags.data.allSatisfy { $0.count == 1 })
        }
    }

    @Test(arguments: [
        #"{"front": "a", "back": "b"}"#, #"{"deck_id": "DECK", "front": " ", "back": "b"}"#, #"{"deck_id": "DECK", "front": "a"}"#,
        #"{"deck_id": "DECK", "type": "cloze", "front": "no gap"}"#,
        #"{"deck_id": "DECK", "type": "odd", "front": "a", "back": "b"}"#,
        #"{"deck_id": "DECK", "front": "a", "back": "b", "tags": [" "]}"#,
    ])
    func `a card that makes no sense is refused`(json: String) async throws {
        try await CardStage.with(.sqlite) { stage in
            let deck = try await stage.deck()
            let answer = try await stage.client().post("/cards", json: json.replacing("DECK", with: deck.description))
            #expect(answer.status == 400)
            #expect(try await stage.client().get("/cards").json(Page<CardView>.self).data.isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases) func `another student finds nothing of it`(_ dialect: Dialect) async throws {
        try await CardStage.with(dialect) { stage in
            let deck = try await stage.deck()
            let card = try #require(try await stage.write("a", in: deck).first).card
            let review = try await stage.reviews.review(.init(cardID: card.id, grade: .good), user: stage.ann)
            let ben = stage.client("ben")
            #expect(try await ben.get("/decks").json(Page<DeckView>.self).data.isEmpty)
            #expect(try await ben.get("/cards").json(Page<CardView>.self).data.isEmpty)
            #expect(try await ben.get("/reviews/due").json(DueCardList.self).data.isEmpty)
            for path in ["/decks/\(deck)", "/cards/\(card.id)", "/cards/\(card.id)/reviews", "/reviews/due?deck_id=\(deck)"] {
                #expect(try await ben.get(path).status == 404, "\(path)")
            }
            #expect(try await ben.patch("/cards/\(card.id)", json: #"{"front": "mine"}"#).status == 404)
            #expect(try await ben.patch("/decks/\(deck)", json: #"{"name": "mine"}"#).status == 404)
            #expect(try await ben.delete("/cards/\(card.id)").status == 404)
            #expect(try await ben.delete("/decks/\(deck)").status == 404)
            #expect(try await ben.post("/reviews/\(review.reviewID)/undo").status == 404)
            #expect(try await ben.post("/reviews", json: #"{"card_id": "\#(card.id)", "rating": 3}"#).status == 422)
            #expect(try await ben.post("/cards", json: #"{"deck_id": "\#(deck)", "front": "a", "back": "b"}"#).status == 422)
            // The same id of two students is two reviews.
            let own = try await stage.decks.create("Ben's", user: stage.ben).deck.id
            let his = try #require(try await stage.cards.create(.init(front: "a", back: "b"), deck: own, user: stage.ben).first)
            let same = try await ben.post(
                "/reviews", json: #"{"id": "\#(review.reviewID)", "card_id": "\#(his.card.id)", "rating": 3}"#)
            #expect(same.status == 200)
        }
    }

    @Test func `settings are kept, checked and used`() async throws {
        try await CardStage.with(.sqlite) { stage in
            let client = stage.client()
            func put(_ json: String) async throws -> TestAnswer { try await client.patch("/reviews/settings", json: json) }
            #expect(try await put(#"{"retention": 0.5}"#).status == 400)
            #expect(try await put(#"{"learning_steps": [0]}"#).status == 400)
            #expect(try await put(#"{"learning_steps": [], "two_buttons": true, "new_per_day": 1}"#).status == 200)
            #expect(try await put(#"{"retention": 0.85}"#).json(StudySettings.self).newPerDay == 1)
            let deck = try await stage.deck()
            try await stage.write("a", in: deck)
            try await stage.write("b", in: deck)
            let due: DueCardList = try await client.get("/reviews/due").json()
            #expect(due.twoButtons && due.data.map(\.front) == ["a"] && due.counts.new == 1)
            // Without steps a new card is reviewed at intervals of days at once.
            #expect(try #require(due.data.first).intervals.again >= 86_400)
        }
    }
}
