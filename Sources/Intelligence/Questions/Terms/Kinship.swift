import LanguageModels
import Parsing

/// Which terms are proven to be of one kind: by a list or coordination that names both, by what the text calls them, by their last word.
struct Kinship: Sendable {
    private var siblings: [String: Set<String>] = [:]
    private var classes: [String: Set<String>] = [:]
    private var members: [String: Set<String>] = [:]

    init(_ sentences: [TextSentence], lists: [[String]], terms: TermTable) {
        for list in lists { join(list) }
        for sentence in sentences {
            guard let parsed = sentence.parsed else { continue }
            var chunkOf: [Int: Term] = [:]
            for chunk in parsed.nounChunks { chunkOf[chunk.upperBound - 1] = terms.term(of: chunk, in: parsed) }
            for index in parsed.words.indices where parsed[index].relation != .conjunct {
                var chain = [index]
                while let last = chain.last, let next = parsed.child(of: last, as: .conjunct) { chain.append(next) }
                let named = chain.compactMap { chunkOf[$0]?.key }
                if named.count >= 2 { join(named) }
                // `gases such as A and B`
                if let preposition = parsed.child(of: index, as: .preposition), parsed[preposition].lower == "as",
                    preposition > 0, parsed[preposition - 1].lower == "such",
                    let first = parsed.child(of: preposition, as: .prepositionObject)
                {
                    var all = [first]
                    while let last = all.last, let next = parsed.child(of: last, as: .conjunct) { all.append(next) }
                    for member in all.compactMap({ chunkOf[$0]?.key }) { add(member, to: parsed[index].lemma.lowercased()) }
                }
                // `A is a X that …`
                if parsed[index].lemma == "be", let subject = parsed.child(of: index, as: .subject),
                    let attribute = parsed.child(of: index, as: .attribute), let term = chunkOf[subject], parsed[attribute].isNoun
                {
                    add(term.key, to: parsed[attribute].lemma.lowercased())
                }
            }
        }
    }

    private mutating func join(_ keys: [String]) {
        for key in keys { siblings[key, default: []].formUnion(keys.filter { $0 != key }) }
    }

    private mutating func add(_ key: String, to kind: String) {
        guard !TermTable.generic.contains(kind) else { return }
        classes[key, default: []].insert(kind)
        members[kind, default: []].insert(key)
    }

    /// Terms of the same kind, the surest first.
    func kin(of term: Term, in terms: TermTable, wordnet: WordNet?) -> [Term] {
        var found: [Term] = []
        var seen: Set<String> = [term.key]
        func add(_ keys: some Sequence<String>) {
            for key in keys.sorted() where seen.insert(key).inserted { if let other = terms[key] { found.append(other) } }
        }
        add(siblings[term.key] ?? [])
        add((classes[term.key] ?? []).flatMap { members[$0] ?? [] })
        if term.words > 1 { add(terms.byHead[term.head] ?? []) }
        if term.isPerson { add(terms.persons) }
        // Only to fill up, and only where nobody can mistake what is meant.
        if let wordnet, found.count < 6 { add(wordnet.coordinates(of: term.key).filter { terms[$0] != nil }) }
        return found
    }

    /// Whether one may stand for the other as a wrong answer: neither is a word for the other, nor a kind of it.
    static func areApart(_ one: Term, _ other: Term, aliases: [String: Set<String>], wordnet: WordNet?) -> Bool {
        guard one.isPlural == other.isPlural, one.isProper == other.isProper, one.isPerson == other.isPerson else { return false }
        let (a, b) = (Set(one.key.split(separator: " ")), Set(other.key.split(separator: " ")))
        if a.isSubset(of: b) || b.isSubset(of: a) { return false }
        if aliases[one.key]?.contains(where: { $0.lowercased() == other.key || $0 == other.surface }) == true { return false }
        guard let wordnet else { return true }
        if wordnet.synonyms(of: one.key, as: .noun).contains(other.key) { return false }
        return !wordnet.generals(of: one.key).contains(other.key) && !wordnet.generals(of: other.key).contains(one.key)
    }
}
