import Ambient
@testable import Cards
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Jobs
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CardExchangeTests {
    private static let odd: [CardService.Draft] = [
        .init(front: "What is 2, 3 and \"4\"?", back: "Numbers;\nall of them\tindeed", tags: ["maths", "exam 1"]),
        .init(.reversed, front: "Haus", back: "house"),
        .init(.cloze, front: "{{c1::ATP::fuel}} comes from the {{c2::mitochondrion}}", back: ""),
        .init(front: "- a list\n- of two", back: "::: and ::"),
        .init(front: "Ökologie 生態学 🌱", back: "  x = y "),
    ]

    @Test(arguments: CardFile.Form.allCases) func `what is written is read again`(_ form: CardFile.Form) async throws {
        try await CardStage.with(.sqlite) { stage in
            let deck = try await stage.deck("All / of it")
            for draft in Self.odd { _ = try await stage.cards.create(draft, deck: deck, user: stage.ann) }
            let exported = try await stage.client().get("/decks/\(deck)/export?format=\(form.rawValue)")
            #expect(exported.status == 200 && exported.headers["Content-Type"] == form.mediaType)
            let file = form.read(exported.text)
            #expect(file.faults.isEmpty)
            if form == .txt {
                // It has no more than two sides, and no tabs.
                #expect(file.entries.map(\.draft.front) == Self.odd.map(\.front))
            } else {
                #expect(file.entries.map(\.draft.front) == Self.odd.map(\.front))
                #expect(file.entries.map(\.draft.back) == Self.odd.map { $0.back.trimmedOfSpace })
                #expect(file.entries.map(\.draft.type) == Self.odd.map(\.type))
                #expect(file.entries.map(\.draft.tags) == Self.odd.map(\.tags))
            }
        }
    }

    @Test func `tables of other programs are read as they are`() {
        let semicolons = CardFile.Form.csv.read("\u{FEFF}Question;Answer\r\n\"a;\n\"\"b\"\"\";c\r\n\r\n")
        #expect(semicolons.entries.map(\.draft.front) == ["a;\n\"b\""] && semicolons.entries.map(\.line) == [2])
        let anki = CardFile.Form.txt.read("#separator:tab\n#html:true\nHaus\thouse\tnouns german\nneu<br>alt\tnew\n")
        #expect(anki.entries.map(\.draft.front) == ["Haus", "neu\nalt"] && anki.entries[0].draft.tags == ["nouns", "german"])
        let notes = CardFile.Form.md.read(
            "# Notes\n\n- cell :: unit of life\nHaus ::: house\nThe {{c1::nucleus}}\n\nQ: a\nb\nA: c\n\nd\n")
        #expect(notes.entries.map(\.draft.front) == ["cell", "Haus", "The {{c1::nucleus}}", "a\nb"])
        #expect(notes.entries.map(\.draft.type) == [.basic, .reversed, .cloze, .basic] && notes.entries[3].draft.back == "c\n\nd")
    }

    @Test func `a line that cannot be learned is named, and the rest comes in`() {
        let file = CardFile.Form.csv.read("front,back,type\na,b,\n,c,\nd,,\ne,f,magic\ng,h,cloze\n\"i,j\n")
        #expect(file.entries.map(\.draft.front) == ["a"])
        #expect(
            file.faults.map(\.line) == [7, 3, 4, 5, 6] && file.faults[1].reason == "front must not be blank"
                && file.faults[0].reason == "a quotation mark is never closed")
    }

    @Test(arguments: Dialect.allCases) func `a file becomes a deck by a job, once however often that runs`(_ dialect: Dialect)
        async throws
    {
        try await CardStage.with(dialect) { stage in
            let client = stage.client()
            let lines = (1...450).map { "front \($0),back \($0)" } + ["only a front"]
            let form = TestForm().file("file", filename: "Cell biology.csv", Array(lines.joined(separator: "\n").utf8))
            let answer = try await client.post("/decks/import", form: form)
            let taken: ImportRequest = try answer.json()
            #expect(answer.status == 202)
            try await stage.worker.drain()
            let job = try await stage.jobs.job(taken.jobID, of: stage.ann)
            #expect(job.result?.facts["imported"] == "450" && job.result?.facts["skipped"] == "1")
            #expect(job.result?.facts["first_fault"] == "Line 451: back must not be blank.")
            let deck = try await stage.decks.deck(taken.deckID, user: stage.ann)
            #expect(deck.deck.name == "Cell biology" && deck.counts.cards == 450)
            #expect(try await stage.questions().first == "front 1")
            // Into the same deck again it is a second file.
            let again = TestForm().text("deck_id", taken.deckID.description).file("file", filename: "x.txt", Array("a\tb".utf8))
            #expect(try await client.post("/decks/import", form: again).status == 202)
            try await stage.worker.drain()
            #expect(try await stage.decks.deck(taken.deckID, user: stage.ann).counts.cards == 451)
        }
    }

    @Test func `a file that is none of cards is refused, and makes no deck`() async throws {
        try await CardStage.with(.sqlite) { stage in
            let client = stage.client()
            for (name, bytes, status) in [
                ("a.exe", [UInt8]("a".utf8), 415), ("a.csv", [], 422), ("a.csv", [0xFF, 0xFE, 0x41], 422),
                ("a.csv", [0x20, 0x0A], 422),
            ] {
                let form = TestForm().file("file", filename: name, bytes)
                #expect(try await client.post("/decks/import", form: form).status == status, "\(name)")
            }
            #expect(try await client.post("/decks/import", form: TestForm().text("deck_id", "x")).status == 400)
            #expect(try await client.get("/decks").json(Page<DeckView>.self).data.isEmpty)
            let ben = try await stage.decks.create("Ben's", user: stage.ben).deck.id
            let form = TestForm().text("deck_id", ben.description).file("file", filename: "a.csv", Array("a,b".utf8))
            #expect(try await client.post("/decks/import", form: form).status == 422)
            #expect(try await client.get("/decks/\(ben)/export").status == 404)
        }
    }
}
