import Testing

@testable import Parsing

@Suite("Words of an English text")
struct WordTests {
    @Test(
        "are told apart from signs",
        arguments: [
            ("don't", "do n't"), ("(cells).", "( cells ) ."), ("10km", "10 km"), ("state-of-the-art", "state - of - the - art"),
            ("U.S.", "U.S."), ("e.g.", "e.g."), ("NATO.", "NATO ."), ("one...two", "one ... two"),
            ("“so-called”", "“ so - called ”"),
            ("1990s", "1990s"), ("x=y", "x = y"), ("https://a.org/b-c", "https://a.org/b-c"), ("Tom's", "Tom 's"), ("£20", "£ 20"),
        ])
    func cuts(_ text: String, _ expected: String) throws {
        #expect(try Equipment.parser().parse(text).words.map(\.text).joined(separator: " ") == expected)
    }

    @Test("have a shape in which runs are cut at four")
    func shapes() {
        #expect(WordFeatures.shape(of: "Boeing-74712") == "Xxxxx-dddd")
        #expect(WordFeatures.shape(of: "mRNA") == "xXXX")
        #expect(WordFeatures.shape(of: String(repeating: "a", count: 100)) == "LONG")
    }

    @Test("have keys as MurmurHash gives them")
    func hashes() {
        #expect(MurmurHash.key(of: "hello") == 5_983_625_672_228_268_878)
        #expect(MurmurHash.key(of: "membrane") == 8_139_910_914_518_070_935)
        #expect(MurmurHash.key(of: "") == 0)
        let rows = MurmurHash.rows(of: 12_345_678_901_234_567, seed: 8)
        #expect(rows == (1_519_880_696, 3_764_588_297, 132_337_396, 3_499_398_798))
    }

    @Test(
        "have base forms",
        arguments: [
            ("mice", PartOfSpeech.noun, "mouse"), ("analyses", .noun, "analysis"), ("cells", .noun, "cell"), ("went", .verb, "go"),
            ("produces", .verb, "produce"), ("running", .verb, "run"), ("larger", .adjective, "large"), ("better", .adverb, "well"),
        ])
    func lemmas(_ word: String, _ part: PartOfSpeech, _ lemma: String) throws {
        #expect(try Equipment.parser().lemmatizer.lemma(of: word, as: part) == lemma)
    }
}
