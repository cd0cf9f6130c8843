@testable import LanguageModels
import Testing

struct AnswerComposerTests {
    @Test("What a colon shows keeps its small letter; another sentence begins with a capital")
    func capitals() {
        let composer = AnswerComposer(
            question: Question("How is the main function declared?"),
            passages: [SourcePassage(number: 1, title: "Manual", text: "")])
        func part(_ index: Int, _ text: String) -> AnswerSelection.Part {
            .init(
                passage: 0, index: index,
                sentence: Sentence(text: text, range: 0..<text.count, paragraph: index, isListItem: false))
        }
        let shown = composer.text(of: [part(0, "the main function is declared like this:"), part(1, "fn main() { greet() }")])
        #expect(shown == "The main function is declared like this [1]: fn main() { greet() } [1]")
        let apart = composer.text(of: [part(0, "It is declared once."), part(2, "programs begin there.")])
        #expect(apart == "It is declared once [1]. Programs begin there [1].")
    }
}
