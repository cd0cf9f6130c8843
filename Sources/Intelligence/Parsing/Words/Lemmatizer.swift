/// Base forms of English words, by spaCy's tables: endings, exceptions, and the words that there are.
package struct Lemmatizer: Sendable {
    private struct Table: Sendable {
        var known: Set<String> = []
        var exceptions: [String: [String]] = [:]
        var endings: [(old: String, new: String)] = []
    }

    private let tables: [PartOfSpeech: Table]

    init(_ file: PackedFile) throws {
        guard let index = file.root["lemma_index"], let exceptions = file.root["lemma_exc"], let rules = file.root["lemma_rules"]
        else {
            throw file.damaged("no tables of base forms")
        }
        var tables: [PartOfSpeech: Table] = [:]
        for part in [PartOfSpeech.noun, .verb, .adjective, .adverb] {
            let key = MurmurHash.key(of: part.rawValue.lowercased())
            func entry(_ table: PackedValue) -> PackedValue? { table.map?.first { $0.key.hash == key }?.value }
            var table = Table()
            table.known = Set(entry(index)?.list?.compactMap(\.text) ?? [])
            table.exceptions = Dictionary(
                (entry(exceptions)?.map ?? []).compactMap { pair in
                    pair.key.text.map { ($0, pair.value.list?.compactMap(\.text) ?? []) }
                },
                uniquingKeysWith: { first, _ in first })
            table.endings = (entry(rules)?.list ?? []).compactMap { rule in
                guard let pair = rule.list, pair.count == 2, let old = pair[0].text, let new = pair[1].text else { return nil }
                return (old, new)
            }
            tables[part] = table
        }
        self.tables = tables
    }

    func lemma(of text: String, part: PartOfSpeech, tag: String, lower: String) -> String {
        if let fixed = AttributeRules.lemma(tag: tag, lower: lower) { return fixed }
        switch (part, tag) {
        case (.properNoun, _): return text
        case (.noun, "NN"), (.verb, "VB"), (.verb, "VBP"), (.adjective, "JJ"): return lower
        default: return lemma(of: lower, as: part) ?? (tables[part] == nil ? lower : text)
        }
    }

    /// The base form of a word in lower case as a noun, verb, adjective or adverb; nil where no rule has one.
    package func lemma(of lower: String, as part: PartOfSpeech) -> String? {
        guard let table = tables[part] else { return nil }
        var known: [String] = []
        var unknown: [String] = []
        for (old, new) in table.endings where lower.hasSuffix(old) {
            let form = lower.dropLast(old.count) + new
            if form.isEmpty { continue }
            if table.known.contains(String(form)) {
                known.insert(String(form), at: 0)
            } else if !form.allSatisfy(\.isLetter) {
                known.append(String(form))
            } else {
                unknown.append(String(form))
            }
        }
        // An exception comes first, unless a rule has found it as well.
        for exception in table.exceptions[lower] ?? [] where !known.contains(exception) { known.insert(exception, at: 0) }
        return known.first ?? unknown.first
    }
}
