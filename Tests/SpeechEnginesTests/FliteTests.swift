@testable import SpeechEngines
import SpeechMessages
import Testing

struct FliteTests {
    private let desk = SpeechDesk(folder: "/nowhere")

    @Test(arguments: ["slt", "rms", "awb"]) func `flite speaks and says where each word ends`(_ voice: String) throws {
        let words = ["Every", "word", "has", "its", "own", "time"]
        guard case .sound(let samples, let rate, let ends) = desk.answer(.speak(voice: voice, words: words, ending: ".", speed: 1))
        else {
            Issue.record("no sound")
            return
        }
        #expect(rate == 16_000 || rate == 8_000)
        #expect(samples.count > rate)
        #expect(samples.contains { abs(Int($0)) > 2_000 })
        #expect(ends.count == words.count)
        #expect(ends == ends.sorted())
        #expect(ends.allSatisfy { (1...samples.count).contains($0) })
    }

    @Test func `it speaks faster when it is told to`() throws {
        func length(_ speed: Float) -> Int {
            guard
                case .sound(let samples, _, _) = desk.answer(
                    .speak(voice: "slt", words: ["one", "two", "three"], ending: ".", speed: speed))
            else { return 0 }
            return samples.count
        }
        let (slow, fast) = (length(0.5), length(2))
        #expect(fast > 0)
        #expect(Double(slow) / Double(fast) > 2)
    }

    @Test(arguments: ["caf\u{E9}", String(repeating: "a", count: 5_000), "two words", ""])
    func `what flite would hang on or drop is refused`(_ word: String) {
        let reply = desk.answer(.speak(voice: "slt", words: [word, "a"], ending: ".", speed: 1))
        if word.isEmpty { return }
        #expect(reply == .failed(.refused, "a word that flite cannot take"))
    }

    @Test func `a voice that is not there and a model that is not there are told`() {
        #expect(
            desk.answer(.speak(voice: "nobody", words: ["a"], ending: ".", speed: 1))
                == .failed(.refused, "flite has no voice nobody"))
        guard case .failed(.unusable, _) = desk.answer(.pronounce(phonemes: [1, 2], speed: 1)) else {
            Issue.record("it spoke without a voice")
            return
        }
        guard case .failed(.unusable, _) = desk.answer(.recognise(samples: [0], language: "", vocabulary: [], threads: 1)) else {
            Issue.record("it listened without a model")
            return
        }
    }
}
