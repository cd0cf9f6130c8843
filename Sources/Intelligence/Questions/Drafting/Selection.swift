import LanguageModels

/// Chooses among candidates: the best of each stretch of the text, no two that ask the same.
struct Selection {
    let wish: DraftWish
    private(set) var dropped: [DropReason: Int] = [:]
    private(set) var chosen: [DraftQuestion] = []
    /// Kinds that are right less often, and were not asked for.
    private(set) var more = 0
    /// Of kinds that are given only to who asks for them alone.
    private(set) var unnamed = 0

    private var perKey: [String: Int] = [:]
    private var perSentence: [Int: Set<Bool>] = [:]
    private var stems: [Set<String>] = []
    /// Terms whose meaning is asked for already.
    private var asked: Set<String> = []
    /// What the chosen show, and what they ask for, as stems between spaces.
    private var shown: [String] = []
    private var answers: Set<String> = []
    private var truths = (right: 0, wrong: 0)

    init(_ candidates: [Candidate], wish: DraftWish, stretches: [String: Int]) {
        self.wish = wish
        let topic = Set(wish.topic.map { Words.contentStems(of: $0) } ?? [])
        stems = wish.known.map { Set(Words.contentStems(of: $0)) }
        let open = candidates.filter { candidate in
            guard wanted(candidate, topic) else { return false }
            return true
        }
        dropped[.unwanted] = candidates.count - open.count - more - unnamed
        if dropped[.unwanted] == 0 { dropped[.unwanted] = nil }
        let sorted = open.sorted { a, b in
            if a.draft.tier != b.draft.tier { return a.draft.tier == .standard }
            return a.weight > b.weight
        }
        // One of each stretch in turn, so that a long text is asked about from end to end; the standard kinds first.
        for tier in QuestionTier.allCases {
            var byStretch: [Int: [Candidate]] = [:]
            for candidate in sorted where candidate.draft.tier == tier {
                byStretch[stretches[candidate.draft.origin.passage] ?? 0, default: []].append(candidate)
            }
            var round = byStretch.keys.sorted()
            while !round.isEmpty, chosen.count < wish.count {
                round = round.filter { stretch in
                    guard chosen.count < wish.count else { return false }
                    while let next = byStretch[stretch]?.first {
                        byStretch[stretch]?.removeFirst()
                        if take(next) { return true }
                    }
                    return false
                }
            }
        }
    }

    private mutating func wanted(_ candidate: Candidate, _ topic: Set<String>) -> Bool {
        if candidate.draft.making.mustBeNamed, wish.kinds != [candidate.draft.kind] {
            unnamed += 1
            return false
        }
        if wish.tier == .standard, !candidate.draft.making.mustBeNamed, candidate.draft.tier == .more {
            more += 1
            return false
        }
        if let kinds = wish.kinds, !kinds.contains(candidate.draft.kind) { return false }
        if let difficulties = wish.difficulties, !difficulties.contains(candidate.draft.difficulty) { return false }
        guard !topic.isEmpty else { return true }
        let about = candidate.stems.union(Words.contentStems(of: candidate.draft.origin.sentence))
            .union(candidate.draft.origin.headings.flatMap { Words.contentStems(of: $0) })
        return !topic.isDisjoint(with: about)
    }

    private mutating func take(_ candidate: Candidate) -> Bool {
        let isTruth = candidate.draft.kind == .trueFalse
        if perKey[candidate.key, default: 0] >= (candidate.key.hasPrefix("list:") ? 12 : 2) { return refuse(.repeated) }
        if !asked.isDisjoint(with: candidate.facts) { return refuse(.repeated) }
        if let sentence = candidate.sentence, perSentence[sentence]?.contains(isTruth) == true { return refuse(.repeated) }
        if case .truth(let isRight) = candidate.draft.content {
            // About as many that are true as false ones.
            if isRight, truths.right > truths.wrong { return refuse(.repeated) }
            if !isRight, truths.wrong > truths.right { return refuse(.repeated) }
        }
        let alike = stems.count { other in
            let both = candidate.stems.intersection(other).count
            return both > 0 && Double(both) >= 0.5 * Double(candidate.stems.union(other).count)
        }
        if alike >= (wish.known.isEmpty ? 2 : 1) || stems.contains(where: { !$0.isEmpty && $0 == candidate.stems }) && !isTruth {
            return refuse(.duplicate)
        }
        let (shows, asks) = (Self.shown(candidate.draft), Self.answers(candidate.draft))
        // None prints what another asks for.
        if answers.contains(where: shows.contains) || asks.contains(where: { ask in shown.contains { $0.contains(ask) } }) {
            return refuse(.giveAway)
        }
        shown.append(shows)
        answers.formUnion(asks)
        if case .truth(let isRight) = candidate.draft.content { if isRight { truths.right += 1 } else { truths.wrong += 1 } }
        perKey[candidate.key, default: 0] += 1
        asked.formUnion(candidate.facts)
        if let sentence = candidate.sentence { perSentence[sentence, default: []].insert(isTruth) }
        stems.append(candidate.stems)
        chosen.append(candidate.draft)
        return true
    }

    private static func form(_ text: String) -> String { " \(Words.stems(of: text).joined(separator: " ")) " }

    private static func shown(_ draft: DraftQuestion) -> String {
        guard case .matching(_, let answers) = draft.content else { return form(draft.stem) }
        return answers.reduce(form(draft.stem)) { $0 + form($1) }
    }

    private static func answers(_ draft: DraftQuestion) -> Set<String> {
        switch draft.content {
        case .typed(let key) where !key.isOpen: Set(key.accepted.prefix(1).map(form))
        case .gaps(let keys): Set(keys.flatMap { $0.accepted.prefix(1).map(form) })
        case .choice(let options, let right) where draft.making == .listItem: Set(right.map { form(options[$0]) })
        default: []
        }
    }

    private mutating func refuse(_ reason: DropReason) -> Bool {
        dropped[reason, default: 0] += 1
        return false
    }
}
