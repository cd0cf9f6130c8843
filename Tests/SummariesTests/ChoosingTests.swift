import Embedding
@testable import Summaries
import Testing

struct ChoosingTests {
    /// Three things said, the first of them three times.
    private let vectors: [[Float]] = [[1, 0, 0, 0], [0.98, 0, 0, 0.2], [0.98, 0, 0, -0.2], [0, 1, 0, 0], [0, 0, 1, 0]]

    @Test func `nothing is said twice while something else is not said at all`() {
        let similarity = SentenceSimilarity(vectors: vectors, scale: CosineScale())
        let chosen = CoverageSelection(similarity, sections: [0, 0, 0, 0, 0], weights: [1, 1, 1, 1, 1]).chosen(3)
        #expect(chosen.count == 3 && chosen.contains(3) && chosen.contains(4))
    }

    @Test func `each section has its say before one has a second`() {
        let similarity = SentenceSimilarity(vectors: Array(repeating: [1, 0, 0], count: 6), scale: CosineScale())
        let chosen = CoverageSelection(similarity, sections: [0, 0, 0, 0, 1, 2], weights: Array(repeating: 1, count: 6)).chosen(3)
        #expect(Set(chosen.map { [0, 0, 0, 0, 1, 2][$0] }) == [0, 1, 2])
    }

    @Test func `the lazy choice is the greedy choice`() {
        // Looked at all anew in each round, the same are chosen.
        let similarity = SentenceSimilarity(wordsOf: [
            "Water boils at a hundred degrees.", "Ice melts at zero degrees.", "Water freezes to ice.", "Steam is water as a gas.",
            "Iron melts at high heat.", "Gas fills its vessel.",
        ])
        let selection = CoverageSelection(similarity, sections: [0, 0, 1, 1, 2, 2], weights: [1, 1, 1.2, 1, 1, 0.9])
        let all = selection.chosen(6)
        for count in 1...6 { #expect(selection.chosen(count) == Array(all.prefix(count))) }
        #expect(Set(all).count == all.count)
    }
}
