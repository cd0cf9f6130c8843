@testable import Companion
import Testing

@Suite("What of a turn is written already")
struct TurnWordsTests {
    private static let window = 7 * 16_000
    private static func range(_ from: Int, _ to: Int) -> Range<Int> { from * 16_000..<to * 16_000 }

    @Test("a turn that fits the window is heard whole")
    func short() {
        var words = TurnWords()
        words.paused(.init(range: Self.range(1, 4), text: "One two", language: "en"))
        let (rest, before) = words.rest(of: Self.range(1, 8), window: Self.window)
        #expect(rest == Self.range(1, 8) && before == nil)
    }

    @Test("of a longer one the rest is heard, behind the earliest pause that leaves little enough")
    func long() throws {
        var words = TurnWords()
        for (end, text) in [(3, "One."), (6, "One. Two."), (9, "One. Two. Three.")] {
            words.paused(.init(range: Self.range(0, end), text: text, language: "en"))
        }
        let (rest, before) = words.rest(of: Self.range(0, 12), window: Self.window)
        #expect(rest == Self.range(6, 12))
        let whole = try #require(before).followed(by: .init(range: rest, text: "Four.", language: "de"))
        #expect(whole == .init(range: Self.range(0, 12), text: "One. Two. Four.", language: "en"))
        // Nobody paused for long: the last pause is what there is.
        #expect(words.rest(of: Self.range(0, 20), window: Self.window).rest == Self.range(9, 20))
        #expect(words.rest(of: Self.range(0, 9), window: Self.window).rest == Self.range(3, 9))
    }

    @Test("another turn has nothing of the one before")
    func another() {
        var words = TurnWords()
        words.paused(.init(range: Self.range(0, 5), text: "Before.", language: "en"))
        #expect(words.rest(of: Self.range(6, 20), window: Self.window).before == nil)
        words.paused(.init(range: Self.range(6, 15), text: "Now.", language: "en"))
        #expect(words.rest(of: Self.range(6, 20), window: Self.window).before?.text == "Now.")
        #expect(words.rest(of: Self.range(0, 20), window: Self.window).before == nil)
    }
}
