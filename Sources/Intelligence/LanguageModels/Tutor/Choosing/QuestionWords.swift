#if canImport(Glibc)
    import Glibc
#endif

/// The question's words among the units that compete: how rare each is, and which of them a text holds.
struct QuestionWords: Sendable {
    let question: Question
    /// Of each term.
    let weights: [Double]
    private let ordered: [String]

    init(_ question: Question, units: [Unit]) {
        self.question = question
        ordered = Words.contentStems(of: question.text)
        let count = Double(units.count)
        weights = question.terms.map { term in
            let holders = Double(units.count { Self.holds(term.stem, $0.stemSet) || Self.holds(term.stem, $0.headingStems) })
            return term.weight * log(1 + (count - holders + 0.5) / (holders + 0.5) + 1)
        }
    }

    static func holds(_ term: String, _ stems: Set<String>) -> Bool {
        if stems.contains(term) { return true }
        return stems.contains { Words.match($0, term) || Verbs.related($0, term) }
    }

    /// The share of the question that the stems hold, by weight.
    func share(in stems: Set<String>, or others: Set<String> = []) -> Double {
        let total = weights.reduce(0, +)
        guard total > 0 else { return 0 }
        var held = 0.0
        for (term, weight) in zip(question.terms, weights)
        where Self.holds(term.stem, stems) || !others.isEmpty && Self.holds(term.stem, others) { held += weight }
        return held / total
    }

    /// The weight of the rarest term that is missing, as a share of the greatest.
    func rarestMissing(in stems: Set<String>, or others: Set<String>) -> Double {
        guard let most = weights.max(), most > 0 else { return 0 }
        let missing = zip(question.terms, weights).filter { term, _ in
            !Self.holds(term.stem, stems) && !Self.holds(term.stem, others)
        }
        return (missing.map(\.1).max() ?? 0) / most
    }

    /// The share of the question's neighbouring words that stand within six words of each other, and how many more of them do so in
    /// the question's order than against it, as a share.
    func pairs(in stems: [String]) -> (near: Double, order: Double) {
        guard ordered.count >= 2 else { return (0, 0) }
        var places: [String: [Int]] = [:]
        for (index, stem) in stems.enumerated() {
            for term in ordered where stem == term || Words.match(stem, term) { places[term, default: []].append(index) }
        }
        var (near, forward, backward) = (0, 0, 0)
        for (a, b) in zip(ordered, ordered.dropFirst()) {
            let gaps = (places[a] ?? []).flatMap { x in (places[b] ?? []).map { $0 - x } }.filter { $0 != 0 && abs($0) <= 6 }
            guard let gap = gaps.min(by: { abs($0) < abs($1) }) else { continue }
            near += 1
            if gap > 0 { forward += 1 } else { backward += 1 }
        }
        let count = Double(ordered.count - 1)
        return (Double(near) / count, Double(forward - backward) / count)
    }

    /// How well a heading is the question: F1 of their words, in which those that only ask weigh little.
    func likeness(toHeading stems: [String]) -> Double {
        let heading = Set(stems.filter { !$0.allSatisfy { $0.isNumber || $0 == "." } })
        let own = Set(question.terms.map(\.stem))
        func weight(_ stem: String) -> Double { Words.isAsking(stem) ? 0.25 : 1 }
        func sum(_ stems: some Sequence<String>) -> Double { stems.reduce(0) { $0 + weight($1) } }
        guard !heading.isEmpty, !own.isEmpty else { return 0 }
        let recall = sum(own.filter { Self.holds($0, heading) }) / sum(own)
        let precision = sum(heading.filter { Self.holds($0, own) }) / sum(heading)
        return recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0
    }

    /// How much of the question that sentence holds which holds most of it.
    func bestSentence(of unit: Unit) -> Double {
        unit.blocks.flatMap(\.parts).map { share(in: Set(Words.stems(of: $0))) }.max() ?? 0
    }

    /// The share of the question's names with signs that a text holds as they are written.
    func signs(in text: String) -> Double {
        guard !question.signs.isEmpty else { return 0 }
        return Double(question.signs.count { SignedName.holds($0, text) }) / Double(question.signs.count)
    }

    /// The share of the question's names with signs that a unit holds as they are written, or is headed by.
    func signs(in unit: Unit) -> Double {
        guard !question.signs.isEmpty else { return 0 }
        let heads = (unit.blocks.filter { $0.kind == .label }.map(\.text) + unit.path.suffix(1)).map(SignedName.bare)
        let held = question.signs.count { sign in SignedName.holds(sign, unit.text) || heads.contains(SignedName.bare(sign)) }
        return Double(held) / Double(question.signs.count)
    }
}
