@testable import Library
import Testing

struct KeywordTests {
    @Test(arguments: [
        ("caresses", "caress"), ("ponies", "poni"), ("cats", "cat"), ("agreed", "agre"), ("plastered", "plaster"),
        ("motoring", "motor"),
        ("conflated", "conflat"), ("hopping", "hop"), ("hissing", "hiss"), ("falling", "fall"), ("filing", "file"),
        ("happy", "happi"),
        ("sky", "sky"), ("relational", "relat"), ("conditional", "condit"), ("digitizer", "digit"), ("radically", "radic"),
        ("vietnamization", "vietnam"), ("predication", "predic"), ("operator", "oper"), ("feudalism", "feudal"),
        ("hopefulness", "hope"),
        ("formality", "formal"), ("sensitivity", "sensit"), ("triplicate", "triplic"), ("electrical", "electr"),
        ("goodness", "good"),
        ("revival", "reviv"), ("allowance", "allow"), ("airliner", "airlin"), ("adjustable", "adjust"), ("replacement", "replac"),
        ("adoption", "adopt"), ("communism", "commun"), ("activate", "activ"), ("effective", "effect"), ("rate", "rate"),
        ("cease", "ceas"),
        ("controlling", "control"), ("rolling", "roll"), ("is", "is"),
    ])
    func `words are stemmed as Porter's paper has it`(word: String, stem: String) {
        #expect(PorterStemmer.stem(word) == stem)
    }

    @Test(arguments: [
        (
            "What is the mitochondrion's DNA?",
            ["mitochondrion", "dna"].map { PorterStemmer.stem($0 == "mitochondrion" ? "mitochondrions" : $0) }
        ),
        ("Élan vital, ÉCOLE", ["elan", "vital", "ecol"]), ("e\u{301}lan", ["elan"]),
        ("NEAR(\"a\" OR b*) AND -c:d^2", ["near", "b", "c", "d", "2"]),
        ("光合作用", ["光合", "合作", "作用"]), ("the of and", []), ("", []), ("H2O at 37", ["h2o", "37"]),
    ])
    func `text becomes terms`(text: String, terms: [String]) {
        #expect(KeywordAnalyzer.terms(of: text) == terms)
    }

    @Test func `postings come back as they went in`() {
        var postings = Postings()
        let pairs = [(0, 1), (1, 300), (127, 2), (128, 1), (100_000, 70_000)]
        for (ordinal, count) in pairs { postings.append(ordinal: ordinal, count: count) }
        var read: [(Int, Int)] = []
        Postings(bytes: postings.bytes).forEach { read.append(($0, $1)) }
        #expect(read.map(\.0) == pairs.map(\.0) && read.map(\.1) == pairs.map(\.1))
    }

    @Test func `a damaged posting list ends, it does not trap`() {
        Postings(bytes: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).forEach { _, _ in }
        Postings(bytes: [0, 1, 0x80]).forEach { _, _ in }
    }

    @Test func `BM25 prefers rare terms, frequent terms and short chunks`() {
        let texts = [
            "cell cell membrane", "cell", "cell wall and a very long tale of other matters entirely", "osmosis cell",
            "cell mitosis",
        ]
        let terms = DocumentTerms(texts: texts)
        func rank(_ query: String) -> [Int] {
            let found = KeywordAnalyzer.terms(of: query).compactMap { terms.postings[$0].map { [(document: 0, postings: $0)] } }
            return BM25().rank(lengths: [terms.lengths], terms: found, limit: 10).hits.map(\.place.ordinal)
        }
        #expect(rank("osmosis cell").first == 3)
        #expect(rank("cell").last == 2)
        #expect(rank("osmosis") == [3])
        #expect(rank("nothing").isEmpty)
    }

    @Test func `BM25 gives the numbers of its formula`() throws {
        let first = DocumentTerms(texts: ["apple apple pear", "pear"])
        let second = DocumentTerms(texts: ["plum apple"])
        let ranking = BM25().rank(
            lengths: [first.lengths, [], second.lengths],
            terms: [[(0, try #require(first.postings["appl"])), (2, try #require(second.postings["appl"]))]], limit: 10)
        let hits = ranking.hits
        #expect(abs(ranking.ceiling - 0.470004 * 2.2) < 1e-5)
        // N = 3, n = 2, idf = ln(1 + 1.5 / 2.5) = .4700; average length 2.
        #expect(hits.map(\.place) == [BM25.Place(document: 0, ordinal: 0), BM25.Place(document: 2, ordinal: 0)])
        #expect(abs(hits[0].score - 0.470004 * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5))) < 1e-5)
        #expect(abs(hits[1].score - 0.470004) < 1e-5)
    }
}
