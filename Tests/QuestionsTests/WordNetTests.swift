import Testing

@testable import Questions

@Suite("WordNet")
struct WordNetTests {
    @Test("knows synonyms, opposites and kinds")
    func relations() throws {
        let wordnet = try #require(Equipment.resources().wordnet)
        #expect(wordnet.synonyms(of: "car", as: .noun).contains("automobile"))
        #expect(wordnet.antonyms(of: "increase", as: .verb).contains("decrease"))
        #expect(wordnet.antonyms(of: "hot", as: .adjective).contains("cold"))
        #expect(wordnet.generals(of: "oak").contains("tree"))
        #expect(wordnet.coordinates(of: "bank").isEmpty, "a word of several senses")
        #expect(wordnet.senses(of: "zzzz", as: .noun).isEmpty)
        #expect(wordnet.senses(of: "", as: .noun).isEmpty)
        // First and last of the index.
        #expect(!wordnet.senses(of: "zymurgy", as: .noun).isEmpty)
    }

    @Test("and frequencies are told by the Zipf scale")
    func frequencies() throws {
        let frequencies = try Equipment.resources().frequencies
        #expect(frequencies.zipf(of: "the") > 7)
        #expect((2.5...3.7).contains(frequencies.zipf(of: "photosynthesis")))
        #expect(frequencies.zipf(of: "xqzzy") == 1)
    }
}
