import Ambient
@testable import Cards
import Database
import DatabaseTesting
import Foundation
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Manuscript
import Reading
import Spacing
import Testing

@Suite(.timeLimit(.minutes(3)))
struct AnkiTests {
    private static func package(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "apkg", subdirectory: "Fixtures"))
        return [UInt8](try Data(contentsOf: url))
    }

    private static func bring(_ bytes: [UInt8], to stage: CardStage, deck: DeckID? = nil, as name: String = "ann") async throws
        -> [String: String]
    {
        var form = TestForm()
        if let deck { form = form.text("deck_id", deck.description) }
        let answer = try await stage.client(name).post("/decks/import", form: form.file("file", filename: "From Anki.apkg", bytes))
        #expect(answer.status == 202)
        let taken: ImportRequest = try answer.json()
        try await stage.worker.drain()
        return try await stage.jobs.job(taken.jobID, of: name == "ann" ? stage.ann : stage.ben).result?.facts ?? [:]
    }

    @Test(arguments: Dialect.allCases, ["new", "legacy"]) func `a package becomes decks with what was known of its cards, once`(
        _ dialect: Dialect, _ name: String
    ) async throws {
        try await CardStage.with(dialect) { stage in
            for round in 0..<2 {
                let facts = try await Self.bring(try Self.package(name), to: stage)
                // Brought again, what is here stays as it is. Of Odd & wild each card is a text of its own.
                #expect(facts["imported"] == (round == 0 ? "8" : "0") && facts["known"] == (round == 0 ? "0" : "8"))
                #expect(facts["media"] == "2" && facts["skipped"] == "1" && facts["first_fault"]?.hasPrefix("“odd.bin”") == true)
            }
            let decks = try await stage.decks.list(user: stage.ann)
            #expect(decks.map(\.deck.name) == ["Biology::Cells", "Languages"])
            var search = CardSearch()
            search.filter = CardFilter(deck: decks[0].deck.id)
            let cells = try await stage.cards.list(search, user: stage.ann, offset: 0, limit: 20).cards
            #expect(cells.count == 7 && cells.count { $0.card.isSuspended } == 1)
            let learned = try #require(cells.first { $0.face.question == "What makes <b>ATP</b>?" })
            #expect(learned.text.tags == ["cell", "exam_1"] && learned.text.markup == .html)
            #expect(learned.card.schedule.phase == .review && learned.card.schedule.memory?.stability == 2.3065)
            #expect(try await stage.reviews.history(of: learned.card.id, user: stage.ann).map(\.grade) == [.good])
            let gap = try #require(cells.first { $0.card.part == 2 && $0.text.type == .cloze })
            #expect(gap.face.question == #"ATP comes from the <b class="cloze">[…]</b>"# && gap.text.back == "More")
            let covered = try #require(cells.first { $0.text.type == .imageOcclusion && $0.card.part == 2 })
            #expect(covered.face.question.contains(#"<ellipse class="occlusion-asked" cx="600.0" cy="700.0""#))
            #expect(covered.face.question.contains(#"<rect class="occlusion-hidden""#) && covered.face.question.contains("<img"))
            search.filter = CardFilter(deck: decks[1].deck.id)
            let words = try await stage.cards.list(search, user: stage.ann, offset: 0, limit: 20).cards
            #expect(Set(words.map(\.face.question)) == ["Haus", "house", "Baum", "tree"])
            #expect(words.contains { $0.face == CardFace(question: "tree", answer: "Baum · wood · Languages") })
            #expect(words.contains { $0.face == CardFace(question: "Baum", answer: "tree") })
            #expect(words.filter { $0.text.type == .reversed }.count == 2)
        }
    }

    @Test func `pictures and sounds come along, are shown as what they are, and to nobody else`() async throws {
        try await CardStage.with(.sqlite) { stage in
            _ = try await Self.bring(try Self.package("new"), to: stage)
            let picture = try await stage.client().get("/cards/media/heart%201.png")
            #expect(
                picture.status == 200 && picture.headers["Content-Type"] == "image/png" && picture.body.starts(with: [0x89, 0x50]))
            #expect(picture.headers["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
            #expect(try await stage.client().get("/cards/media/beat.mp3").headers["Content-Type"] == "audio/mpeg")
            #expect(try await stage.client("ben").get("/cards/media/beat.mp3").status == 404)
            #expect(try await stage.client().get("/cards/media/odd.bin").status == 404)
            // A page is no picture, whatever it is called; another picture of a name that is taken gets one of its own.
            let page = TestForm().file("file", filename: "a.png", Array("<html><script>alert(1)</script>".utf8))
            #expect(try await stage.client().post("/cards/media", form: page).status == 415)
            let other = TestForm().file("file", filename: "../heart 1.png", [0x89, 0x50, 0x4E, 0x47, 1])
            let kept: CardMediumView = try await stage.client().post("/cards/media", form: other).json()
            #expect(kept.name.hasPrefix("heart 1-") && kept.name.hasSuffix(".png"))
            // What no card shows is gone after a day, what one does stays.
            stage.clock.advance(days: 2)
            _ = try await stage.media.sweep()
            let path = try #require(kept.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
            #expect(try await stage.client().get("/cards/media/\(path)").status == 404)
            #expect(try await stage.client().get("/cards/media/beat.mp3").status == 200)
        }
    }

    @Test(arguments: Dialect.allCases) func `a deck goes as a package and comes back the same`(_ dialect: Dialect) async throws {
        try await CardStage.with(dialect) { stage in
            _ = try await Self.bring(try Self.package("new"), to: stage)
            let decks = try await stage.decks.list(user: stage.ann)
            _ = try await stage.cards.create(
                .init(front: "**What** is `x < y`?", back: "- a\n- b & c", tags: ["exam 1"]), deck: decks[0].deck.id,
                user: stage.ann)
            for deck in decks {
                let file = try await stage.client().get("/decks/\(deck.deck.id)/export?format=apkg")
                #expect(file.status == 200 && file.headers["Content-Disposition"]?.contains(".apkg") == true)
                let facts = try await Self.bring(file.body, to: stage, as: "ben")
                #expect(facts["skipped"] == "0" && facts["first_fault"] == "")
            }
            func state(of user: UserID) async throws -> [[String]] {
                let decks = try await stage.decks.list(user: user)
                let cards = try await stage.cards.list(CardSearch(), user: user, offset: 0, limit: 100).cards
                return cards.map { written in
                    let (card, text) = (written.card, written.text)
                    let interval = card.schedule.lastReview.map { StudyDay(utcOffset: 0).days(from: $0, to: card.schedule.due) }
                    return [
                        decks.first { $0.deck.id == card.deckID }?.deck.name ?? "", text.type.rawValue, text.markup.rawValue,
                        text.front,
                        text.back, text.tags.joined(separator: ","), "\(card.part)", card.schedule.phase.name, "\(interval ?? -1)",
                        "\(card.isSuspended)",
                        card.schedule.memory.map { "\(Int($0.stability * 1000)) \(Int($0.difficulty * 1000))" } ?? "",
                        "\(card.reps)",
                    ]
                }.sorted { $0.joined() < $1.joined() }
            }
            let (mine, others) = (try await state(of: stage.ann), try await state(of: stage.ben))
            #expect(mine.count == 12)
            #expect(mine == others)
            #expect(try await stage.client("ben").get("/cards/media/beat.mp3").status == 200)
        }
    }

    @Test func `templates are filled as Anki fills them, and what would run is left out`() {
        let fields = ["Front": "cell", "Back": "<div>unit</div>", "Extra": "  ", "Sound": "[sound:a.mp3]"]
        func filled(_ text: String, _ side: AnkiTemplate.Side = .question) -> String { AnkiTemplate(text).filled(fields, side) }
        #expect(filled("{{Front}}<script>alert(1)</script> {{text:Back}}") == "cell <div>unit</div>")
        #expect(filled("{{FrontSide}}<hr id=answer>{{Back}}", .answer) == "<div>unit</div>")
        #expect(filled("{{#Extra}}has {{Extra}}{{/Extra}}{{^Extra}}none{{/Extra}}{{#Front}}!{{/Front}}") == "none!")
        #expect(
            filled("{{type:Front}}{{Sound}}{{unknown}}x{{") == "[sound:a.mp3]x{{" && filled("{{type:Front}}", .answer) == "cell")
        #expect(AnkiTemplate(" {{Front}} ").onlyField == "Front" && AnkiTemplate("{{Front}} {{Back}}").onlyField == nil)
        #expect(AnkiTemplate("{{cloze:Text}}").gapField == "Text")
        #expect(
            CardHTML.of("**a** *b* `<c>` $x<y$ 5$ and 6$\n- one\n- two\nend")
                == #"<strong>a</strong> <em>b</em> <code>&lt;c&gt;</code> \(x&lt;y\) 5$ and 6$<ul><li>one</li><li>two</li></ul>end"#
        )
        #expect(
            MediaNames.all(
                in: #"<img src="a b.png"> <img src=c.png> [sound:d.mp3] ![](e.png) [no](f.png) <img src="https://g/h.png">"#) == [
                    "a b.png", "c.png", "d.mp3", "e.png",
                ])
    }

    @Test func `an ease and a stability become a difficulty as Anki makes it, and the same ease again`() {
        // As Anki 26.9 does with an interval of ten days at an ease of 250 %.
        for ease in [1300, 1850, 2500, 2750] {
            let difficulty = AnkiSchedule.difficulty(ease: ease, stability: 10)
            #expect(difficulty < 11 && AnkiSchedule.ease(difficulty: difficulty, stability: 10) == ease)
        }
    }

    @Test func `what is no package, or a damaged one, is told, and makes no deck`() async throws {
        let whole = try Self.package("new")
        try await CardStage.with(.sqlite) { stage in
            let noZip = TestForm().file("file", filename: "a.apkg", Array("no zip".utf8))
            #expect(try await stage.client().post("/decks/import", form: noZip).status == 422)
            let half = TestForm().file("file", filename: "a.apkg", Array(whole.prefix(whole.count / 2)))
            let taken: ImportRequest = try await stage.client().post("/decks/import", form: half).json()
            try await stage.worker.drain()
            let job = try await stage.jobs.job(taken.jobID, of: stage.ann)
            #expect(job.state == .dead && job.errorMessage == "The file is no package of Anki's, or it is damaged.")
            #expect(try await stage.decks.list(user: stage.ann).isEmpty)
            #expect(try await stage.eventTypes().contains("deck.imported"))
        }
        #expect(throws: ReadingFault.self) { try Reader.read(Array("no zip".utf8), as: .anki) }
        // Wherever a byte is wrong, it is read or refused.
        for place in stride(from: 0, to: whole.count, by: 197) {
            var broken = whole
            broken[place] ^= 0x5A
            _ = try? Reader.read(broken, as: .anki)
            _ = try? Reader.read(broken, as: .anki, wanted: "notes 0")
        }
    }
}
