import LanguageModels

extension ConceptMap {
    /// Terms around the topic.
    private static let mostTerms = 7

    /// The topic in the middle of what the texts relate to it; nil where they relate nothing to the topic.
    package init?(of topic: String, in texts: [String]) {
        let topicStems = Set(Words.contentStems(of: topic))
        guard !topicStems.isEmpty else { return nil }
        var sentences: [String] = []
        for text in texts {
            for sentence in SentenceSplitter.sentences(in: text) where (30...260).contains(sentence.text.count) {
                let text = sentence.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                if !sentences.contains(text) { sentences.append(text) }
            }
        }
        // Those that speak of the topic; their other words are what it has to do with.
        let about = sentences.filter { !topicStems.isDisjoint(with: Words.contentStems(of: $0)) }
        guard !about.isEmpty else { return nil }
        var counts: [String: (count: Int, word: String, first: Int)] = [:]
        for (number, sentence) in about.enumerated() {
            var seen: Set<String> = []
            for word in Self.words(of: sentence) {
                guard let stem = Words.contentStems(of: word).first, Words.isTopic(stem), !topicStems.contains(stem),
                    word.count > 3,
                    !word.allSatisfy(\.isNumber), seen.insert(stem).inserted
                else { continue }
                let known = counts[stem]
                let shown = known.map { $0.word.count <= word.count ? $0.word : word } ?? word
                counts[stem] = ((known?.count ?? 0) + 1, shown, known?.first ?? number)
            }
        }
        let chosen = counts.sorted { ($1.value.count, $0.value.first, $0.key) < ($0.value.count, $1.value.first, $1.key) }
            .prefix(Self.mostTerms)
        guard !chosen.isEmpty else { return nil }
        let stems = chosen.map(\.key)
        var relations: [Relation] = []
        func relate(_ from: Int, _ to: Int, _ fromStems: Set<String>, _ toStems: Set<String>) {
            let candidates = sentences.compactMap { sentence in
                Self.between(fromStems, toStems, in: sentence).map { (sentence: sentence, label: $0.label, turned: $0.turned) }
            }
            // The closest two say most about each other.
            guard let best = candidates.min(by: { ($0.label.count, $0.sentence.count) < ($1.label.count, $1.sentence.count) })
            else { return }
            let (start, end) = best.turned ? (to, from) : (from, to)
            relations.append(Relation(from: start, to: end, label: best.label, sentence: best.sentence))
        }
        for (number, stem) in stems.enumerated() { relate(0, number + 1, topicStems, [stem]) }
        for first in stems.indices {
            for second in stems.indices where second > first && relations.count < Self.mostTerms + 4 {
                relate(first + 1, second + 1, [stems[first]], [stems[second]])
            }
        }
        guard relations.contains(where: { $0.from == 0 || $0.to == 0 }) else { return nil }
        self.init(terms: [topic] + chosen.map(\.value.word), relations: relations)
    }

    private static func words(of text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "'" }.map(String.init)
    }

    /// The words between two terms of a sentence, if they are few; and whether the second stands first.
    static func between(_ one: Set<String>, _ other: Set<String>, in sentence: String) -> (label: String, turned: Bool)? {
        let words = words(of: sentence)
        let stems = words.map { Words.contentStems(of: $0).first }
        let ones = stems.indices.filter { stems[$0].map(one.contains) == true }
        let others = stems.indices.filter { stems[$0].map(other.contains) == true }
        let pairs = ones.flatMap { a in others.map { b in (a, b) } }.filter { $0.0 != $0.1 }
        guard let (a, b) = pairs.min(by: { abs($0.0 - $0.1) < abs($1.0 - $1.1) }), abs(a - b) <= 8 else { return nil }
        let label = words[(min(a, b) + 1)..<max(a, b)].joined(separator: " ")
        return (label.count <= 42 ? label : "", b < a)
    }
}
