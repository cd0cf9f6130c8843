import Embedding
import Glibc
import LanguageModels
import Parsing

/// All that is known of a source when questions are made from it.
struct Workbench: Sendable {
    var source: QuestionSource
    var sentences: [TextSentence]
    /// Places of the sentences that passed every gate.
    var passed: [Int]
    var lists: [TextList]
    var terms: TermTable
    var kinship: Kinship
    var definitions: [Definition]
    var wordnet: WordNet?
    /// Of terms, definitions and sentences; empty without an embedder.
    var vectors: [String: [Float]] = [:]
    var scale = CosineScale()
    private var stemsOf: [Set<String>] = []
    private var places: [String: [Int]] = [:]

    init(
        source: QuestionSource, sentences: [TextSentence], passed: [Int], lists: [TextList], terms: TermTable, kinship: Kinship,
        definitions: [Definition], wordnet: WordNet?
    ) {
        self.source = source
        self.sentences = sentences
        self.passed = passed
        self.lists = lists
        self.terms = terms
        self.kinship = kinship
        self.definitions = definitions
        self.wordnet = wordnet
        stemsOf = sentences.map { Set(Words.contentStems(of: $0.text)) }
        for (index, stems) in stemsOf.enumerated() { for stem in stems { places[stem, default: []].append(index) } }
    }

    func stems(of sentence: Int) -> Set<String> { stemsOf[sentence] }

    /// How much a word says: rare ones more.
    func weight(of stem: String) -> Double {
        let count = Double(places[stem]?.count ?? 0)
        return log(Double(sentences.count + 1) / (count + 0.5))
    }

    func weight(of stems: some Sequence<String>) -> Double { stems.reduce(0) { $0 + max(0.1, weight(of: $1)) } }

    /// The greatest share of `stems`, by weight, that any sentence holds which names the term.
    func greatestShare(of stems: Set<String>, naming term: Term) -> Double {
        let own = Set(Words.contentStems(of: term.key))
        let asked = stems.subtracting(own)
        let all = weight(of: asked)
        guard all > 0, let rarest = own.min(by: { (places[$0]?.count ?? 0) < (places[$1]?.count ?? 0) }) else { return 0 }
        var best = 0.0
        for sentence in places[rarest] ?? [] where own.isSubset(of: stemsOf[sentence]) {
            best = max(best, weight(of: asked.intersection(stemsOf[sentence])) / all)
        }
        return best
    }

    /// Sentences that name the term.
    func sentences(naming term: Term) -> [Int] {
        let own = Set(Words.contentStems(of: term.key))
        guard let rarest = own.min(by: { (places[$0]?.count ?? 0) < (places[$1]?.count ?? 0) }) else { return [] }
        return (places[rarest] ?? []).filter { own.isSubset(of: stemsOf[$0]) }
    }

    /// As of all-MiniLM-L6-v2; nil without vectors.
    func cosine(_ one: String, _ other: String) -> Double? {
        guard let a = vectors[one], let b = vectors[other] else { return nil }
        var dot: Float = 0
        for index in a.indices { dot += a[index] * b[index] }
        return scale(Double(dot))
    }

    func origin(of sentence: Int) -> QuestionOrigin {
        let one = sentences[sentence]
        return origin(one.passage, one.range, one.original, one.headings)
    }

    func origin(_ passage: Int, _ range: Range<Int>, _ text: String, _ headings: [String]) -> QuestionOrigin {
        let here = source.passages[passage]
        return QuestionOrigin(
            passage: here.id, document: here.document, range: range, page: here.page(at: range.lowerBound), headings: headings,
            sentence: text)
    }

    /// A guess: 1 to 5.
    func difficulty(_ base: Int, of key: String, options: Double? = nil) -> Int {
        var level = base
        if let options, options > 0.55 { level += 1 }
        if let term = terms[key] {
            if term.count <= 1 { level += 1 }
            if term.inHeading { level -= 1 }
        }
        return min(5, max(1, level))
    }
}
