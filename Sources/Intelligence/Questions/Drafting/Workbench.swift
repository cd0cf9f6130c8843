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
    /// Of each list, what can be asked about.
    var entries: [[ListEntry]]
    /// Of all lists that say what the text's words mean, each term once.
    var glossary: [ListEntry] = []
    private(set) var glossaryKeys: Set<String> = []
    /// Of words that such a list names without saying what they mean.
    private(set) var wordList: Set<String> = []
    var terms: TermTable
    var definitions: [Definition]
    var wordnet: WordNet?
    /// Of terms, definitions and sentences; empty without an embedder.
    var vectors: [String: [Float]] = [:]
    var scale = CosineScale()
    private var stemsOf: [Set<String>] = []
    private var places: [String: [Int]] = [:]

    init(
        source: QuestionSource, sentences: [TextSentence], passed: [Int], lists: [TextList], entries: [[ListEntry]],
        terms: TermTable,
        definitions: [Definition], wordnet: WordNet?
    ) {
        self.source = source
        self.sentences = sentences
        self.passed = passed
        self.lists = lists
        self.terms = terms
        self.entries = entries
        for (list, entries) in zip(lists, entries) where list.isGlossary {
            for item in list.items where item.term == nil && item.text.split(separator: " ").count <= 4 {
                wordList.insert(ListEntry.key(item.text))
            }
            for entry in entries where glossaryKeys.insert(entry.key).inserted { glossary.append(entry) }
        }
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

    /// Whether a text turns on the term enough to ask for it: one with a glossary says itself what is to be learnt, and asks for that there.
    func isWorthAsking(_ term: Term) -> Bool {
        let key = ListEntry.key(term.surface)
        if wordList.contains(key) { return true }
        guard hasWholeGlossary else {
            // A word that nobody says elsewhere is one of the subject.
            return term.count >= 2 || term.inHeading || sentences.count < Self.shortText || term.rarest < 3.3 && !term.isPerson
        }
        return !glossaryKeys.contains(key) && (term.inHeading || term.count >= 4)
    }

    /// Whether it is asked what the sentences say that a term is: a whole glossary says it better, but for words that it only names.
    func isWorthDefining(_ term: Term) -> Bool {
        isWorthAsking(term) && (!hasWholeGlossary || wordList.contains(ListEntry.key(term.surface)))
    }

    /// So many entries say which words matter, and what they mean.
    private var hasWholeGlossary: Bool { glossary.count >= 8 }
    /// In so few sentences, a term may stand once.
    private static let shortText = 150

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
