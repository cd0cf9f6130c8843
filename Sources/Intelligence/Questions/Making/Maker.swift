import LanguageModels

/// Where candidates and what was dropped are gathered.
struct Harvest {
    private(set) var candidates: [Candidate] = []
    private(set) var dropped: [DropReason: Int] = [:]

    mutating func drop(_ reason: DropReason) { dropped[reason, default: 0] += 1 }

    mutating func keep(_ candidate: Candidate) { candidates.append(candidate) }

    mutating func merge(_ other: Harvest) {
        candidates += other.candidates
        dropped.merge(other.dropped, uniquingKeysWith: +)
    }
}

/// Makes questions of one sort from a source.
protocol QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest
}

extension QuestionMaker {
    /// A question of a sentence; nil where its stem gives its answer away.
    func candidate(
        _ bench: Workbench, _ kind: QuestionKind, _ making: QuestionMaking, stem: String, _ content: QuestionContent, sentence: Int,
        key: String, about term: Term? = nil, difficulty: Int, bloom: BloomLevel, weight: Double = 1
    ) -> Candidate {
        let facts = term.map { Set([ListEntry.key($0.surface)]) } ?? []
        let term = bench.terms[key]
        return Candidate(
            draft: DraftQuestion(
                kind: kind, making: making, stem: stem, content: content, explanation: bench.sentences[sentence].text,
                origin: bench.origin(of: sentence), topic: term?.surface ?? key, difficulty: difficulty, bloom: bloom),
            sentence: sentence, key: key, facts: facts, weight: weight * (1 + min(4, (term?.score ?? 0) / 10)),
            stems: Set(Words.contentStems(of: stem)))
    }

    /// Options in a random order, and where the right one, which is given first, has come to stand.
    func shuffled(_ options: [String], _ random: inout DraftRandom) -> QuestionContent {
        let order = options.indices.shuffled(using: &random)
        return .choice(options: order.map { options[$0] }, right: [order.firstIndex(of: 0) ?? 0])
    }

    /// A term as a typed answer: its other names are right too, its last word alone is right in part.
    func typedKey(_ term: Term, shown: String? = nil, _ bench: Workbench) -> TypedKey {
        let shown = shown ?? term.surface
        let accepted = [shown] + (bench.terms.aliases[term.key] ?? []).filter { $0.lowercased() != shown.lowercased() }.sorted()
        let head = term.surface.split(separator: " ").last.map(String.init) ?? ""
        return TypedKey(accepted: accepted, partly: term.words > 1 && !term.isPerson ? [head] : term.isPerson ? [head] : [])
    }
}
