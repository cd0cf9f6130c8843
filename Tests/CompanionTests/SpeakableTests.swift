@testable import Companion
import Testing

@Suite("Answers as they are said")
struct SpeakableTests {
    @Test("numbers of sources are not said, other brackets are")
    func citations() {
        #expect(
            Speakable.withoutCitations("Plants make sugar [1]. So [2, 3] do algae [see 4] and [x].")
                == "Plants make sugar. So do algae [see 4] and [x].")
        #expect(Speakable.withoutCitations("open [1") == "open [1")
    }

    @Test("sentences come whole, however the text is cut")
    func sentences() {
        let text = "Dr. Mendel counted 3.5 peas, e.g. green ones. Then he rested! Was that all? Yes"
        let wanted = ["Dr. Mendel counted 3.5 peas, e.g. green ones.", " Then he rested!", " Was that all?", " Yes"]
        #expect(Sentences.whole(text) == wanted)
        var (sentences, found) = (Sentences(), [String]())
        for character in text { found += sentences.add(String(character)) }
        #expect(found + (sentences.rest().map { [$0] } ?? []) == wanted)
    }

    @Test("a long answer is cut at a sentence, and says that there is more")
    func long() {
        let text = String(repeating: "This sentence is one of very many. ", count: 100)
        let said = Speakable.text(text, "en")
        #expect(said.count < 1_000 && said.hasSuffix("very many. The rest stands on the screen."))
    }
}
