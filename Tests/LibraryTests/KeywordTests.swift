@testable import Library
import Stemming
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
        ("NEAR(\"a\" OR b*) AND -c:d^2", ["near", "b", "c", "d2"]),
        ("光合作用", ["光合", "合作", "作用"]), ("the of and", []), ("", []), ("H2O at 37", ["h2o", "37"]),
        ("Fußball STRAẞE", ["fussbal", "strass"]), ("soft\u{AD}ware zero\u{200B}width", ["softwar", "zerowidth"]),
        ("H₂O x²", ["h2o", "x2"]), ("E = mc^2, mc²; 10¹³ 10^-3", ["e", "mc2", "mc2", "10^13", "10", "3"]),
        ("1,000 1 000 1.000.000 12,742 3,14 3.14", ["1000", "1", "000", "1000000", "12742", "3.14", "3", "3.14", "3"]),
        ("1\u{202F}000 v3.11.2", ["1000", "v3", "11.2", "11", "v311.2"]),
        ("500mg 4.7kΩ", ["500mg", "500", "mg", "4.7kω", "4.7", "kω"]),
        ("C++ C# F# .NET ASP.NET g++ i++", ["c++", "c#", "f#", "dotnet", "asp", "net", "aspnet", "g++", "i++"]),
        (
            "node.js std::vector x86-64 snake_case",
            [
                "node", "js", "nodej", "std", "vector", "stdvector", "x86", "64", "x8664", "snake", "case", "snakecas",
            ]
        ),
        (
            "getElementById JavaScript HTMLParserState",
            [
                "getelementbyid", "get", "element", "id", "javascript", "htmlparserst", "html", "parser", "state",
            ]
        ),
        ("What does the WHO say of an OR gate or of it?", ["who", "sai", "or", "gate"]), ("AND THE REST OF IT", ["rest"]),
        ("α decay, β-carotene, 5 µm, σ", ["alpha", "decai", "beta", "caroten", "betacaroten", "5", "µm", "sigma"]),
        (
            "wrote written colour behaviour organised analyses centre haemoglobin",
            [
                "write", "write", "color", "behavior", "organ", "analys", "center", "hemoglobin",
            ]
        ),
        ("Die Häuser sind groß, und das Haus ist es nicht.", ["haus", "gross", "haus"]),
        ("l’eau de la mer est dans les océans", ["eau", "mer", "ocean"]), ("книги и книга", ["книг", "и", "книг"]),
        ("ﬁle Œuvre Æther", ["file", "oeuvr", "aether"].map(PorterStemmer.stem)), ("don’t donʼt don't", []),
        ("non‑breaking well–known", ["non", "break", "nonbreak", "well", "know"]),
        ("น้ำตาล", ["นำ", "ำต", "ตา", "าล"]),
        ("الكتاب کتاب", ["كتاب", "كتاب"]),
        ("ＡＢＣ１", ["abc1"]),
    ])
    func `text becomes terms`(text: String, terms: [String]) {
        #expect(KeywordAnalyzer.terms(of: text) == terms)
    }

    @Test func `a query asks for other spellings of a word too`() {
        func spellings(_ query: String, _ languages: [TextLanguage] = []) -> [[String]] {
            KeywordQuery(query, languages: languages).terms.filter { !$0.isOptional }.map(\.spellings)
        }
        #expect(spellings("Mueller") == [["mueller", "muller"]])
        #expect(spellings("Müller Straße") == [["muller", "mueller"], ["strass"]])
        #expect(spellings("cells cell") == [["cell"]])
        #expect(spellings("Häuser", [.german]) == [["hauser", "heuser", "haus", "haeus"]])
        #expect(spellings("wie sind die Häuser", [.german]) == [["haus", "haeus", "hauser", "heuser"]])
    }

    @Test(arguments: [
        ("What is osmosis?", false), ("Was ist die Osmose?", true), ("Что такое осмос?", true), ("浸透とは何ですか", true),
        ("σ of DNA", false),
        ("Osmose", false), ("What does 光合作用 mean in botany?", false),
    ])
    func `a query is foreign by its function words and letters`(query: String, isForeign: Bool) {
        #expect(KeywordQuery(query, languages: [.german]).isForeign == isForeign)
    }

    @Test func `parts of a query set together are asked for, and not missed`() {
        func optional(_ query: String) -> [[String]] { KeywordQuery(query).terms.filter(\.isOptional).map(\.spellings) }
        #expect(optional("quick sort of e-mail") == [["quicksort"], ["email"]])
        #expect(optional("10 000 euro") == [["10000"], ["000euro"]])
        #expect(optional("section 8.2") == [["8"]])
        #expect(optional("5 and 6").isEmpty)
    }

    @Test func `a slip of the keyboard is one letter left out, added, changed or swapped`() {
        let near = Misspelling.neighbours(of: "nubmer")
        #expect(near.isSuperset(of: ["number", "numer", "nubmers", "nubber"]) && !near.contains("nubmer"))
        #expect(Misspelling.mended("Which Nubmer, nubmer?", ["nubmer": "number"]) == "Which number, number?")
        let terms = KeywordQuery("nubmers").terms(near: "nubmers") { $0 == "numbers" }
        #expect(terms["number"] == "numbers")
        #expect(["photosynthsis", "nubmer"].allSatisfy(Misspelling.isPossible))
        #expect(!["cell", "x8664", "utf8", "c++", "häuser"].contains(where: Misspelling.isPossible))
    }

    @Test(arguments: [
        ("The round-trip time (RTT) varies.", "rtt", ["round", "trip", "time"]),
        ("Ask the domain name system (DNS).", "dns", ["domain", "name", "system"]),
        ("DNS (domain name system) maps names.", "dns", ["domain", "name", "system"]),
        ("the World Bank (WB) and its department of health and education (DHE)", "wb", ["world", "bank"]),
    ])
    func `a document says what its short forms stand for`(text: String, short: String, long: [String]) {
        #expect(Acronyms(in: [text]).pairs.first == Acronyms.Pair(short: short.uppercased(), long: long))
    }

    @Test func `what is no short form is none`() {
        #expect(Acronyms(in: ["see the table (RTT)", "a (B) c", "f(x) (2020) (for example, HTML) (", "()"]).pairs.isEmpty)
    }

    @Test func `a passage with one form of an acronym has the other`() {
        let terms = DocumentTerms(texts: [
            "The round-trip time (RTT) is measured.", "If the RTT varies, wait.", "Round trip times vary.",
        ])
        func passages(_ term: String) -> [Int] {
            var found: [Int] = []
            terms.postings[term]?.forEach { ordinal, _ in found.append(ordinal) }
            return found
        }
        #expect(passages("rtt") == [0, 1, 2] && passages("trip") == [0, 1, 2])
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

    @Test func `lists of documents joined to one come back with the ordinals of the segment`() {
        let (first, second) = (DocumentTerms(texts: ["cell", "wall", "cell cell"]), DocumentTerms(texts: ["cell", "cell"]))
        func list(_ terms: DocumentTerms, at start: Int) -> [UInt8] { terms.postings["cell"].map { $0.based(at: start) } ?? [] }
        var read: [[Int]] = []
        Postings(bytes: list(first, at: 0) + list(second, at: 3) + list(first, at: 300)).forEach { read.append([$0, $1]) }
        #expect(read == [[0, 1], [2, 2], [3, 1], [4, 1], [300, 1], [302, 2]])
    }

    @Test func `what lives of a segment is what is not dead`() {
        typealias Run = KeywordSegment.Run
        let dead = [Run(first: 5, count: 2), Run(first: 0, count: 3)]
        #expect(KeywordSegment.living(of: 10, without: dead) == [Run(first: 3, count: 2), Run(first: 7, count: 3)])
        #expect(KeywordSegment.living(of: 7, without: dead) == [Run(first: 3, count: 2)])
        #expect(KeywordSegment.runs(KeywordSegment.encode(dead)) == dead)
        #expect(KeywordSegment.lengths(KeywordSegment.encode([0, 300, 70_000])) == [0, 300, 65_535])
    }

    @Test func `BM25 prefers rare terms, frequent terms and short passages`() {
        let texts = [
            "cell cell membrane", "cell", "cell wall and a very long tale of other matters entirely", "osmosis cell",
            "cell mitosis",
        ]
        let terms = DocumentTerms(texts: texts)
        let segment = BM25.Segment(lengths: terms.lengths.map { UInt16($0) }, runs: nil)
        func rank(_ query: String) -> [Int] {
            let found = KeywordAnalyzer.terms(of: query)
                .compactMap { terms.postings[$0].map { BM25.Term(lists: [BM25.List(segment: 0, postings: $0)]) } }
            return BM25().rank(segments: [segment], terms: found, limit: 10).hits.map(\.place.ordinal)
        }
        #expect(rank("osmosis cell").first == 3)
        #expect(rank("cell").last == 2)
        #expect(rank("osmosis") == [3])
        #expect(rank("nothing").isEmpty)
    }

    @Test func `BM25 gives the numbers of its formula`() throws {
        let first = DocumentTerms(texts: ["apple apple pear", "pear"])
        let second = DocumentTerms(texts: ["plum apple"])
        let apples = [
            BM25.List(segment: 0, postings: try #require(first.postings["appl"])),
            BM25.List(segment: 2, postings: try #require(second.postings["appl"])),
        ]
        func segment(_ terms: DocumentTerms) -> BM25.Segment {
            BM25.Segment(lengths: terms.lengths.map { UInt16($0) }, runs: nil)
        }
        let segments = [segment(first), BM25.Segment(lengths: [], runs: nil), segment(second)]
        let ranking = BM25().rank(segments: segments, terms: [BM25.Term(lists: apples)], limit: 10)
        let hits = ranking.hits
        #expect(abs(ranking.ceiling - 0.470004 * 2.2) < 1e-5)
        // N = 3, n = 2, idf = ln(1 + 1.5 / 2.5) = .4700; average length 2.
        #expect(hits.map(\.place) == [BM25.Place(segment: 0, ordinal: 0), BM25.Place(segment: 2, ordinal: 0)])
        #expect(abs(hits[0].score - 0.470004 * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5))) < 1e-5)
        #expect(abs(hits[1].score - 0.470004) < 1e-5)

        // Without the second passage of the first segment: N = 2, n = 2, average 2.5.
        let part =
            [BM25.Segment(lengths: segments[0].lengths, runs: [KeywordSegment.Run(first: 0, count: 1)])] + segments.dropFirst()
        let some = BM25().rank(segments: Array(part), terms: [BM25.Term(lists: apples)], limit: 1)
        #expect(some.hits.map(\.place) == [BM25.Place(segment: 0, ordinal: 0)])
        #expect(abs(some.ceiling - 0.182322 * 2.2) < 1e-5)
    }

    @Test func `only as many as asked for come back, and they are the best`() {
        let passages = (0..<5000).map { ordinal in Array(repeating: "cell", count: ordinal % 97 + 1) + ["other"] }
        let terms = DocumentTerms(passages: passages)
        let segment = BM25.Segment(lengths: terms.lengths.map { UInt16($0) }, runs: nil)
        let lists = [BM25.Term(lists: [BM25.List(segment: 0, postings: terms.postings["other"] ?? Postings())])]
        let all = BM25().rank(segments: [segment], terms: lists, limit: 5000).hits
        let some = BM25().rank(segments: [segment], terms: lists, limit: 30).hits
        #expect(some.map(\.place) == all.prefix(30).map(\.place))
        #expect(all.map(\.score) == all.map(\.score).sorted(by: >))
    }
}
