import Ambient
import Database
import FoundationEssentials
import HTTPServingTesting
@testable import Library
import Passages
import Testing

@Suite("What a search shows")
struct PassageSelectionTests {
    private func found(_ text: String, score: Double, cosine: Double? = 0.6, words: Double = 0.5) -> FoundPassage {
        let passage = Passage(
            chunkID: ChunkID(UUID()), documentID: DocumentID(UUID()), title: "Notes", section: nil, page: nil, text: text,
            score: score)
        return FoundPassage(passage: passage, cosine: cosine, words: words)
    }

    private func shown(_ found: [FoundPassage], limit: Int = 10) -> [(text: String, alike: Int)] {
        PassageSelection().select(found, limit: limit).map { ($0.passage.text, $0.alike) }
    }

    @Test func `what has neither the meaning nor the words is left out`() {
        let all = [
            found("meant", score: 0.5, cosine: 0.5, words: 0), found("worded", score: 0.4, cosine: nil, words: 0.6),
            found("neither", score: 0.1, cosine: 0.1, words: 0.05), found("nothing", score: 0, cosine: nil, words: 0),
        ]
        #expect(shown(all).map(\.text) == ["meant", "worded"])
        #expect(shown(Array(all.dropFirst(2))).isEmpty)
    }

    @Test func `passages that say nearly the same are shown once, with how many there are`() {
        let text = "The cell membrane keeps ions apart, and a potential builds up between both sides of it when channels open."
        let all = [
            found(text, score: 0.9), found("Granite is a rock that cooled slowly, deep under the ground.", score: 0.8),
            found(text + " Yes.", score: 0.7), found(text.uppercased(), score: 0.6),
        ]
        let answer = shown(all)
        #expect(answer.map(\.alike) == [2, 0])
        #expect(answer.map(\.text) == [all[0].passage.text, all[1].passage.text])
        // Those that are folded make room for others, and are counted beyond the limit too.
        #expect(shown(all, limit: 1).map(\.alike) == [2])
    }

    @Test func `passages that share some words stay apart`() {
        let all = [
            found("Osmosis moves water through the membrane of a plant cell into its vacuole.", score: 0.9),
            found("Osmosis moves water through the membrane of an animal cell until it bursts.", score: 0.8),
            found("one", score: 0.7), found("two", score: 0.6),
        ]
        #expect(shown(all).map(\.alike) == [0, 0, 0, 0])
    }

    @Test func `an answer is written from each text once, whichever documents have it`() {
        let text = "The cell membrane keeps ions apart, and a potential builds up between both sides of it when channels open."
        let first = found(text, score: 0.9).passage
        var next = found(text + " Again.", score: 0.8).passage
        next.documentID = first.documentID
        let others = [found(text, score: 0.7), found("Granite is a rock.", score: 0.6), found("Basalt is one too.", score: 0.5)]
        let kept = PassageSelection().distinct([first, next] + others.map(\.passage), limit: 3)
        #expect(kept.map(\.text) == [text, text + " Again.", "Granite is a rock."])
    }

    @Test func `a list of pages comes behind what answers`() {
        let contents = """
            Contents 1 Cells ........ 3 1.1 The membrane ........ 4 1.2 Potentials . . . . . . 9 2 Nerves ........ 15 2.1 Axons ........ 17
            """
        let all = [found("The membrane holds the cell together.", score: 0.6), found(contents, score: 0.9)]
        #expect(shown(all).map(\.text) == [all[0].passage.text, contents])
        #expect(shown([all[1]]).map(\.text) == [contents])
    }

    @Test(arguments: [
        ("1 Introduction .......... 1\n2 Methods ............... 12\n3 Results ............. 30", true),
        ("Foreword . . . . . . . . . vii Cells . . . . . . . . 1 Nerves . . . . . . . 20", true),
        (
            "acetylcholine, 12, 45–48; action potential, 49, 51 actin, 77, 80f; adenine, 102 aldosterone, 140, 144 alveolus, 201 "
                + "amylase, 215, 217 antibody, 300, 302–305 aorta, 180, 182",
            true
        ),
        ("He waited... and waited. Then, in 1969, he left... for good, with 3 others.", false),
        ("In 1914, 1915 and 1916 the harvests failed. Prices rose by 12, then 15, then 20 percent. Nobody had expected it.", false),
        ("The table gives 3.5, 4.2 and 5.1 volts.", false), ("", false),
    ])
    func `contents and indexes are told from text`(text: String, isListing: Bool) { #expect(PageListing.isOne(text) == isListing) }

    @Test(arguments: Dialect.allCases)
    func `a word that no text has finds nothing, and the answer says so`(_ dialect: Dialect) async throws {
        try await LibraryStage.with(dialect) { stage in
            func search(_ query: String, _ mode: SearchMode) async throws -> (count: Int, isNothingClose: Bool) {
                let answer = try await stage.service.answer(query, mode: mode, limit: 5, in: nil, user: stage.ann)
                return (answer.shown.count, answer.isNothingClose)
            }
            // Nothing to search is not the same as nothing close.
            #expect(try await search("zebrafish", .hybrid) == (0, false))
            _ = try await stage.ready("cells.txt", bytes: Array("Osmosis moves water through the membrane of a cell.".utf8))
            for mode in SearchMode.allCases {
                #expect(try await search("zebrafish", mode) == (0, true), "\(mode)")
                #expect(try await search("osmosis", mode) == (1, false), "\(mode)")
            }
            let found: SearchAnswer = try await stage.client().post("/documents/search", json: "{\"query\": \"zebrafish\"}").json()
            #expect(found.data.isEmpty && found.nothingClose)
        }
    }
}
