import LanguageModels

/// Chooses among candidates: the best of each stretch of the text, no two that ask the same.
struct Selection {
    let wish: DraftWish
    private(set) var dropped: [DropReason: Int] = [:]
    private(set) var chosen: [DraftQuestion] = []
    /// Kinds that are right less often, and were not asked for.
    private(set) var more = 0

    private var perKey: [String: Int] = [:]
    private var perSentence: [Int: Set<Bool>] = [:]
    private var stems: [Set<String>] = []
    /// Terms whose meaning is asked for already.
    private var asked: Set<String> = []
    private var truths = (right: 0, wrong: 0)

    init(_ candidates: [Candidate], wish: DraftWish, stretches: [String: Int]) {
        self.wish = wish
        let topic = Set(wish.topic.map { Words.contentStems(of: $0) } ?? [])
        stems = wish.known.map { Set(Words.contentStems(of: $0)) }
        let open = candidates.filter { candidate in
            guard wanted(candidate, topic) else { return false }
            return true
        }
        dropped[.unwanted] = candidates.count - open.count - more
        if dropped[.unwanted] == 0 { dropped[.unwanted] = nil }
        let sorted = open.sorted { a, b in
            if a.draft.tier != b.draft.tier { return a.draft.tier == .standard }
            return a.weight > b.weight
        }
        // One of each stretch in turn, so that a long text is asked about from end to end; the standard kinds first.
        for tier in QuestionTier.allCases where tier == .standard || wish.tier == .more {
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
        if wish.tier == .standard, candidate.draft.tier == .more {
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
        if perKey[candidate.key, default: 0] >= (candidate.key.hasPrefix("list:") ? 8 : 2) { return refuse(.repeated) }
        if let about = candidate.about, asked.contains(about) { return refuse(.repeated) }
        if let sentence = candidate.sentence, perSentence[sentence]?.contains(isTruth) == true { return refuse(.repeated) }
        if case .truth(let isRight) = candidate.draft.content {
            // About as many that are true as false ones.
            if isRight, truths.right > truths.wrong + 1 { return refuse(.repeated) }
            if isRight { truths.right += 1 } else { truths.wrong += 1 }
        }
        let alike = stems.count { other in
            let both = candidate.stems.intersection(other).count
            return both > 0 && Double(both) >= 0.5 * Double(candidate.stems.union(other).count)
        }
        if alike >= (wish.known.isEmpty ? 2 : 1) || stems.contains(where: { !$0.isEmpty && $0 == candidate.stems }) && !isTruth {
            return refuse(.duplicate)
        }
        perKey[candidate.key, default: 0] += 1
        if let about = candidate.about { asked.insert(about) }
        if let sentence = candidate.sentence { perSentence[sentence, default: []].insert(isTruth) }
        stems.append(candidate.stems)
        chosen.append(candidate.draft)
        return true
    }

    private mutating func refuse(_ reason: DropReason) -> Bool {
        dropped[reason, default: 0] += 1
        return false
    }
}
