@testable import Cards
import Database
import FoundationEssentials
import Spacing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CardWritingTests {
    @Test func `gaps are asked by number, with hints, within each other, and what is no gap is text`() {
        let text = ClozeText("{{c1::ATP}} is made in the {{c2::mitochondrion::organelle}}, {{c1::not GTP}}.")
        #expect(text.numbers == [1, 2])
        #expect(text.question(1, in: .markdown) == "**[…]** is made in the mitochondrion, **[…]**.")
        #expect(text.question(2, in: .markdown) == "ATP is made in the **[organelle]**, not GTP.")
        #expect(text.answer(2, in: .html) == #"ATP is made in the <b class="cloze">mitochondrion</b>, not GTP."#)
        let nested = ClozeText("{{c1::a {{c2::b}} c}}")
        #expect(nested.numbers == [1, 2])
        #expect(nested.question(2, in: .markdown) == "a **[…]** c" && nested.question(1, in: .markdown) == "**[…]**")
        for plain in ["{{c1::open", "{{c::a}}", "{{c1:a}}", "{{c0::a}}", "{{d1::a}}", "{{c1::a::b", "{{"] {
            #expect(ClozeText(plain).numbers.isEmpty, "\(plain)")
            #expect(ClozeText(plain).question(1, in: .markdown) == plain)
        }
        #expect(ClozeText("{{c1::open {{c2::b}}").numbers == [2])
    }

    @Test(arguments: Dialect.allCases) func `editing keeps what is known of each gap, and takes the cards of gaps that are gone`(
        _ dialect: Dialect
    ) async throws {
        try await CardStage.with(dialect) { stage in
            let deck = try await stage.deck()
            let made = try await stage.write("{{c1::one}} {{c2::two}}", "", .cloze, in: deck)
            #expect(made.map(\.card.part) == [1, 2])
            _ = try await stage.reviews.review(.init(cardID: made[1].card.id, grade: .easy), user: stage.ann)
            var change = CardService.Change()
            change.front = "{{c2::zwei}} {{c3::drei}}"
            // Asked of the card whose gap goes away, the next of the text answers.
            let shown = try await stage.cards.change(made[0].card.id, change, user: stage.ann)
            #expect(shown.card.id == made[1].card.id && shown.card.schedule.phase == .review)
            var search = CardSearch()
            search.filter = CardFilter(deck: deck)
            let all = try await stage.cards.list(search, user: stage.ann, offset: 0, limit: 10).cards
            #expect(all.map(\.card.part) == [2, 3] && all.map(\.face.question) == ["**[…]** drei", "zwei **[…]**"])
            // Into another deck all go together; what cannot be learned is refused, and nothing lost.
            let other = try await stage.deck("Other")
            var move = CardService.Change()
            move.deckID = other
            _ = try await stage.cards.change(made[1].card.id, move, user: stage.ann)
            #expect(try await stage.decks.deck(deck, user: stage.ann).counts.cards == 0)
            #expect(try await stage.decks.deck(other, user: stage.ann).counts == DeckCounts(cards: 2, new: 1))
            var wrong = CardService.Change()
            wrong.type = .basic
            let refused = await #expect(throws: CardsFailure.self) {
                try await stage.cards.change(made[1].card.id, wrong, user: stage.ann)
            }
            #expect(refused?.details["back"] != nil)
            #expect(try await stage.cards.card(made[1].card.id, user: stage.ann).text.type == .cloze)
        }
    }

    @Test func `a card that is set aside is not asked, and one that is buried is tomorrow`() async throws {
        try await CardStage.with(.sqlite) { stage in
            let deck = try await stage.deck()
            let one = try #require(try await stage.write("one", in: deck).first)
            let two = try #require(try await stage.write("two", in: deck).first)
            var change = CardService.Change()
            change.isSuspended = true
            _ = try await stage.cards.change(one.card.id, change, user: stage.ann)
            #expect(try await stage.questions() == ["two"])
            change = CardService.Change()
            change.isBuried = true
            _ = try await stage.cards.change(two.card.id, change, user: stage.ann)
            #expect(try await stage.questions().isEmpty)
            stage.clock.advance(days: 1)
            #expect(try await stage.questions() == ["two"])
        }
    }

    @Test(arguments: Dialect.allCases) func `a deck takes its cards along, and the log of what was remembered stays`(
        _ dialect: Dialect
    ) async throws {
        try await CardStage.with(dialect) { stage in
            let deck = try await stage.deck()
            let card = try #require(try await stage.write("one", in: deck).first).card
            _ = try await stage.reviews.review(.init(cardID: card.id, grade: .good), user: stage.ann)
            try await stage.decks.delete(deck, user: stage.ann)
            let left = try await stage.database.read(as: .user(stage.ann)) { transaction in
                var counts: [Int] = []
                for table in ["decks", "card_texts", "cards", "card_reviews"] {
                    let row = try await transaction.first("SELECT count(*) AS total FROM \(unsafe: table)")
                    counts.append(try row?.get("total") ?? -1)
                }
                return counts
            }
            #expect(left == [0, 0, 0, 1])
        }
    }

    @Test func `days change at four in the morning by the student's clock`() {
        let berlin = StudyDay(utcOffset: 60)
        let three = Date(timeIntervalSince1970: 86_400 + 2 * 3600)
        #expect(berlin.number(of: three) + 1 == berlin.number(of: three.addingTimeInterval(3600)))
        #expect(berlin.end(at: three) == three.addingTimeInterval(3600))
        #expect(berlin.days(from: three, to: three.addingTimeInterval(3600)) == 1)
        #expect(berlin.days(from: three, to: three.addingTimeInterval(-90_000)) == 0)
        #expect(StudyDay(utcOffset: -600).start(at: three) <= three)
    }
}
