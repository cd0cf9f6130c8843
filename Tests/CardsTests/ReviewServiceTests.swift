import Ambient
@testable import Cards
import Database
import FoundationEssentials
import HTTPServingTesting
import Jobs
import Spacing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct ReviewServiceTests {
    @Test func `what is being learned comes first, then reviews with new cards between, and soon what is nearly due`() async throws
    {
        try await CardStage.with(.sqlite) { stage in
            let deck = try await stage.deck()
            for name in ["known 1", "known 2", "known 3", "known 4"] {
                let card = try #require(try await stage.write(name, in: deck).first).card
                _ = try await stage.reviews.review(.init(cardID: card.id, grade: .easy), user: stage.ann)
                stage.clock.advance(minutes: 1)
            }
            #expect(try await stage.questions().isEmpty)
            stage.clock.advance(days: 40)
            for name in ["new 1", "new 2"] { try await stage.write(name, in: deck) }
            let learning = try #require(try await stage.write("learning", in: deck).first).card
            _ = try await stage.reviews.review(.init(cardID: learning.id, grade: .again), user: stage.ann)
            // Among each other reviews stand as they are due, which the spreading of intervals says.
            let order = try await stage.questions()
            #expect(order.map { $0.split(separator: " ")[0] } == ["known", "known", "new", "known", "known", "new", "learning"])
            #expect(Set(order).count == 7 && order[2] == "new 1" && order[5] == "new 2")
            stage.clock.advance(minutes: 2)
            #expect(try await stage.questions().first == "learning")
        }
    }

    @Test func `a review is due from the morning of its day on, by the student's own clock`() async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stage.reviews.changeSettings(of: stage.ann) {
                $0.utcOffset = 120
                $0.learningSteps = []
            }
            // Two hours before midnight there.
            stage.clock.advance(minutes: 8 * 60)
            let card = try #require(try await stage.write("a", in: try await stage.deck()).first).card
            let next = try await stage.reviews.review(.init(cardID: card.id, grade: .again), user: stage.ann).written.card
            #expect(next.schedule.due == stage.clock.now.addingTimeInterval(86_400))
            // Half past three: the same day for who studies late.
            stage.clock.advance(minutes: 5.5 * 60)
            #expect(try await stage.questions().isEmpty)
            stage.clock.advance(minutes: 45)
            #expect(try await stage.questions() == ["a"])
            let after = try await stage.reviews.review(.init(cardID: card.id, grade: .good), user: stage.ann)
            #expect(try await stage.reviews.history(of: card.id, user: stage.ann).first?.days == 1)
            #expect(after.written.card.schedule.phase == .review)
        }
    }

    @Test func `no more new cards a day than the student wants, over all decks`() async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stage.reviews.changeSettings(of: stage.ann) {
                $0.newPerDay = 2
            }
            for deck in [try await stage.deck("A"), try await stage.deck("B")] {
                for index in 1...2 { try await stage.write("\(index)", in: deck) }
            }
            #expect(try await stage.reviews.due(CardFilter(), user: stage.ann, limit: 50).counts.new == 2)
            for _ in 1...2 {
                let card = try #require(try await stage.reviews.due(CardFilter(), user: stage.ann, limit: 1).cards.first)
                _ = try await stage.reviews.review(.init(cardID: card.written.card.id, grade: .easy), user: stage.ann)
            }
            #expect(try await stage.questions().isEmpty)
            stage.clock.advance(days: 1)
            #expect(try await stage.reviews.due(CardFilter(), user: stage.ann, limit: 50).counts.new == 2)
        }
    }

    @Test(arguments: Dialect.allCases) func `new cards are foretold on the days on which they will be shown`(_ dialect: Dialect)
        async throws
    {
        try await CardStage.with(dialect) { stage in
            try await stage.reviews.changeSettings(of: stage.ann) { $0.newPerDay = 2 }
            let deck = try await stage.deck()
            var first: CardID?
            for name in ["a", "b", "c", "d", "e"] { first = try await stage.write(name, in: deck).first?.card.id ?? first }
            func foretold(days: Double) async throws -> [Int] {
                let now = stage.clock.now
                return try await stage.database.read(as: .user(stage.ann)) {
                    try await CardForecast.due(in: now..<now.addingTimeInterval(days * 86_400), user: stage.ann, in: $0)
                }.map { Int(($0.timeIntervalSince(now) / 86_400).rounded(.up)) }
            }
            #expect(try await foretold(days: 7) == [0, 0, 1, 1, 2])
            #expect(try await foretold(days: 1) == [0, 0, 1, 1])
            _ = try await stage.reviews.review(.init(cardID: try #require(first), grade: .again), user: stage.ann)
            // The one that is being learned, one more today, and the rest.
            #expect(try await foretold(days: 7).sorted() == [0, 1, 1, 1, 2])
            #expect(
                try await stage.database.read(as: .user(stage.ben)) {
                    try await CardForecast.due(
                        in: stage.clock.now..<stage.clock.now.addingTimeInterval(86_400), user: stage.ben, in: $0)
                }.isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases) func `siblings wait for the next day, and come back when the answer is taken back`(
        _ dialect: Dialect
    ) async throws {
        try await CardStage.with(dialect) { stage in
            let deck = try await stage.deck()
            let made = try await stage.write("front", "back", .reversed, in: deck)
            #expect(made.map(\.face.question) == ["front", "back"])
            #expect(try await stage.questions() == ["front"])
            let outcome = try await stage.reviews.review(.init(cardID: made[0].card.id, grade: .easy), user: stage.ann)
            #expect(try await stage.questions().isEmpty)
            _ = try await stage.reviews.undo(outcome.reviewID, user: stage.ann)
            #expect(try await stage.questions() == ["front"])
            _ = try await stage.reviews.review(.init(cardID: made[0].card.id, grade: .easy), user: stage.ann)
            stage.clock.advance(days: 1)
            #expect(try await stage.questions() == ["back"])
        }
    }

    @Test(arguments: Dialect.allCases) func `what was answered without a network ends as if it had come in time`(_ dialect: Dialect)
        async throws
    {
        try await CardStage.with(dialect) { stage in
            let deck = try await stage.deck()
            let card = try #require(try await stage.write("a", in: deck).first).card
            let start = stage.clock.now
            let answers: [(ReviewGrade, Double)] = [(.good, 0), (.easy, 0.01), (.again, 12), (.good, 12.01), (.hard, 20)]
            stage.clock.advance(days: 30)
            func send(_ order: [Int]) async throws -> Card {
                var ids: [ReviewID] = []
                for index in order {
                    let outcome = try await stage.reviews.review(
                        .init(
                            cardID: card.id, grade: answers[index].0,
                            reviewedAt: start.addingTimeInterval(answers[index].1 * 86_400)), user: stage.ann)
                    ids.append(outcome.reviewID)
                }
                let end = try await stage.cards.card(card.id, user: stage.ann).card
                for id in ids { _ = try await stage.reviews.undo(id, user: stage.ann) }
                let undone = try await stage.cards.card(card.id, user: stage.ann).card
                #expect(undone.memento == card.memento)
                return end
            }
            let ordered = try await send([0, 1, 2, 3, 4])
            #expect(ordered.reps == 5 && ordered.lapses == 1)
            for order in [[4, 3, 2, 1, 0], [2, 0, 4, 1, 3]] { #expect(try await send(order) == ordered, "\(order)") }
        }
    }

    @Test(arguments: Dialect.allCases) func `the same answer sent by many at once counts once`(_ dialect: Dialect) async throws {
        try await CardStage.with(dialect) { stage in
            let card = try #require(try await stage.write("a", in: try await stage.deck()).first).card
            let id = ReviewID(UUID())
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...8 {
                    group.addTask {
                        _ = try await stage.reviews.review(.init(id: id, cardID: card.id, grade: .good), user: stage.ann)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await stage.cards.card(card.id, user: stage.ann).card.reps == 1)
            #expect(try await stage.eventTypes().count { $0 == "card.reviewed" } == 1)
            // The id of another card's answer says nothing about this one.
            let other = try #require(try await stage.write("b", in: try await stage.deck("B")).first).card
            await #expect(throws: CardsFailure.self) {
                try await stage.reviews.review(.init(id: id, cardID: other.id, grade: .good), user: stage.ann)
            }
        }
    }

    @Test func `a card that is forgotten again and again is set aside as a leech`() async throws {
        try await CardStage.with(.sqlite) { stage in
            try await stage.reviews.changeSettings(of: stage.ann) {
                $0.leechAfter = 2
                $0.learningSteps = []
                $0.relearningSteps = []
            }
            let card = try #require(try await stage.write("a", in: try await stage.deck()).first).card
            func forget() async throws -> ReviewService.Outcome {
                stage.clock.advance(days: 3)
                return try await stage.reviews.review(.init(cardID: card.id, grade: .again), user: stage.ann)
            }
            _ = try await forget()
            #expect(try await forget().isNewLeech == false)
            let leech = try await forget()
            #expect(leech.isNewLeech && leech.written.card.isSuspended && leech.written.card.lapses == 2)
            stage.clock.advance(days: 3)
            #expect(try await stage.questions().isEmpty)
            var change = CardService.Change()
            change.isSuspended = false
            let back = try await stage.cards.change(card.id, change, user: stage.ann)
            #expect(!back.card.isLeech)
            #expect(try await stage.questions() == ["a"])
            #expect(try await stage.reviews.undo(leech.reviewID, user: stage.ann).card.lapses == 1)
        }
    }

    @Test func `who wants to learn ahead gets what is due next, and only what was asked for`() async throws {
        try await CardStage.with(.sqlite) { stage in
            let (one, two) = (try await stage.deck("One"), try await stage.deck("Two"))
            for (name, deck) in [("a", one), ("b", two)] {
                let card = try #require(
                    try await stage.cards.create(.init(front: name, back: "x", tags: [name]), deck: deck, user: stage.ann).first)
                _ = try await stage.reviews.review(.init(cardID: card.card.id, grade: .easy), user: stage.ann)
            }
            #expect(try await stage.questions(ahead: true).sorted() == ["a", "b"])
            #expect(try await stage.questions(CardFilter(deck: one), ahead: true) == ["a"])
            #expect(try await stage.questions(CardFilter(tag: "b"), ahead: true) == ["b"])
            #expect(try await stage.questions(CardFilter(tag: "b")).isEmpty)
        }
    }

    @Test func `parameters are fitted to the student's own log, and memories reckoned anew`() async throws {
        try await CardStage.with(.sqlite) { stage in
            let deck = try await stage.deck()
            var texts: [WrittenCard] = []
            for index in 0..<90 { texts += try await stage.write("\(index)", in: deck) }
            // A student who forgets much sooner than most.
            for round in 0..<8 {
                for (index, written) in texts.enumerated() {
                    let grade: ReviewGrade = (index * 7 + round * 3) % 5 < 2 ? .again : .good
                    _ = try await stage.reviews.review(
                        .init(cardID: written.card.id, grade: grade, reviewedAt: stage.clock.now), user: stage.ann)
                }
                stage.clock.advance(days: 2)
            }
            let before = try await stage.cards.card(texts[0].card.id, user: stage.ann).card
            #expect(try await stage.client().post("/reviews/parameters").status == 202)
            try await stage.worker.drain()
            let fitted = try #require(try await stage.reviews.settings(of: stage.ann).fitted)
            #expect(fitted.lossAfter < fitted.lossBefore && fitted.reviews == 630)
            let view: ParametersView = try await stage.client().get("/reviews/parameters").json()
            #expect(view.isFitted && view.weights == fitted.weights)
            let after = try await stage.cards.card(texts[0].card.id, user: stage.ann).card
            #expect(after.schedule.memory != before.schedule.memory && after.schedule.due == before.schedule.due)
            #expect(try await stage.eventTypes().last == "card.parameters_fitted")
        }
    }

    @Test(arguments: Dialect.allCases) func `statistics tell what was done, remembered and is coming`(_ dialect: Dialect)
        async throws
    {
        try await CardStage.with(dialect) { stage in
            try await stage.reviews.changeSettings(of: stage.ann) { $0.learningSteps = [] }
            let deck = try await stage.deck()
            let one = try #require(try await stage.write("one", in: deck).first).card
            let two = try #require(try await stage.write("two", in: deck).first).card
            try await stage.write("new", in: deck)
            func answer(_ card: Card, _ grade: ReviewGrade) async throws {
                _ = try await stage.reviews.review(.init(cardID: card.id, grade: grade, durationMs: 2000), user: stage.ann)
            }
            try await answer(one, .good)
            try await answer(two, .easy)
            stage.clock.advance(days: 1)
            try await answer(one, .hard)
            stage.clock.advance(days: 1)
            try await answer(one, .again)
            let found = try await stage.reviews.statistics(days: 30, deck: nil, user: stage.ann)
            #expect(found.days.map(\.reviews) == [2, 1, 1] && found.days.map(\.new) == [2, 0, 0] && found.streak == 3)
            #expect(found.days.map(\.durationMs) == [4000, 2000, 2000] && found.days[0].date == "2026-03-02")
            #expect(found.buttons == .init(again: 1, hard: 1, good: 1, easy: 1))
            #expect(found.young == .init(tested: 2, remembered: 1) && found.mature.tested == 0)
            #expect(found.cards == .init(new: 1, learning: 1, young: 1))
            #expect(
                found.forecast.count == 30 && found.forecast[0].date == "2026-03-04" && found.forecast.map(\.due).reduce(0, +) == 1)
            let other = try await stage.deck("Other")
            #expect(try await stage.reviews.statistics(days: 30, deck: other, user: stage.ann).days.isEmpty)
            await #expect(throws: CardsFailure.self) {
                try await stage.reviews.statistics(days: 30, deck: deck, user: stage.ben)
            }
        }
    }
}
