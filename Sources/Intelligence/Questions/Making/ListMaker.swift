import LanguageModels

/// Asks which term belongs to which description of a list or glossary.
struct ListMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        for (list, entries) in zip(bench.lists, bench.entries) {
            let isGlossary = list.isGlossary
            let isWhole = Set(entries.map(\.key)).count == entries.count && entries.count * 3 >= list.items.count * 2
            // Who is thanked is nobody's question; half of a list is none.
            guard !list.items.contains(where: { isThanks($0.description) }), isGlossary || entries.count >= 3 && isWhole else {
                if list.items.contains(where: { $0.term != nil }) { harvest.drop(.matter) }
                continue
            }
            for group in groups(of: entries, isGlossary: isGlossary, bench) { matching(group, list, bench, &harvest) }
            let pool = isGlossary ? bench.glossary : entries
            for entry in entries { ask(entry, of: list, among: pool, bench, &random, &harvest) }
        }
        siblings(bench, &harvest)
        return harvest
    }

    private func isThanks(_ text: String) -> Bool {
        let words = text.lowercased()
        return ["thank", "for supporting", "for funding", "for providing", "who fund", "for access to", "contributed"].contains {
            words.contains($0)
        }
    }

    // MARK: One term

    private func ask(
        _ entry: ListEntry, of list: TextList, among pool: [ListEntry], _ bench: Workbench, _ random: inout DraftRandom,
        _ harvest: inout Harvest
    ) {
        let others = pool.filter { $0.key != entry.key }
        let one = DescribedTerm(entry)
        // Two entries that say the same have two right answers.
        guard !others.contains(where: { Distractors.saySame(one, DescribedTerm($0)) && $0.stems.count >= entry.stems.count }) else {
            return harvest.drop(.alsoRight)
        }
        // So short, it fits much else: `ownership by a few individuals`.
        guard entry.stems.count >= 4 || entry.description.split(separator: " ").count >= 8 else {
            harvest.drop(.matter)
            return
        }
        guard !gives(entry.description, entry) else {
            harvest.drop(.giveAway)
            return meaning(entry, list, bench, &harvest)
        }
        // What others are described by would be printed by their questions: it is rather asked what it means.
        if list.isGlossary, others.count(where: { Distractors.holds($0.stems, entry.term) }) >= 2 {
            meaning(entry, list, bench, &harvest)
        }
        // `association` is described, and `trade association` is one.
        if others.contains(where: { Distractors.areAlike($0.term, entry.term) }) {
            harvest.drop(.alsoRight)
            return meaning(entry, list, bench, &harvest)
        }
        let heading = heading(of: list)
        let description = "“\(Openings.capitalised(entry.description))”"
        if let three = options(for: entry, among: pool, list, bench) {
            let stem = "\(heading.map { "\($0): which" } ?? "Which") of these is described here? \(description)"
            keep(entry, list, bench, .multipleChoice, stem, shuffled([entry.term] + three.map(\.name), &random), 2, &harvest)
        } else if entry.kind != nil, list.isGlossary || bench.terms[entry.term.lowercased()].map(bench.terms.isKey) == true {
            let head = entry.term.split(separator: " ").last.map(String.init) ?? ""
            let key = TypedKey(accepted: [entry.term] + entry.aliases, partly: entry.term.contains(" ") ? [head] : [])
            keep(
                entry, list, bench, .shortAnswer, "Which term is described? \(description) (\(Self.hint(to: entry.term)))",
                .typed(key), 3,
                &harvest)
        } else {
            harvest.drop(.distractors)
        }
    }

    /// How a term begins: most descriptions fit another word as well, which the reader of a chapter may know from elsewhere.
    static func hint(to term: String) -> String {
        let letters = term.split(separator: " ").compactMap(\.first).map { "\($0)…" }
        return letters.joined(separator: " ")
    }

    private func options(
        for entry: ListEntry, among pool: [ListEntry], _ list: TextList, _ bench: Workbench
    ) -> [DescribedTerm]? {
        let one = DescribedTerm(entry)
        if GiveAway.means(entry.description, entry.term, bench.wordnet) { return nil }
        if let three = Distractors(bench: bench).three(
            for: one, among: pool.map { DescribedTerm($0) }, where: { !GiveAway.names(entry.description, $0.name) })
        {
            return three
        }
        // `Link layer`, `transport layer`: the list itself says that they are of one kind.
        guard !list.isGlossary, haveOneName(pool) else { return nil }
        let others = pool.filter { $0.key != entry.key && !gives(entry.description, $0) }.map { DescribedTerm($0) }
        return others.count >= 3 ? Array(others.prefix(3)) : nil
    }

    /// Where its description gives the term away, it is asked for instead: in that direction nothing is given away.
    private func meaning(_ entry: ListEntry, _ list: TextList, _ bench: Workbench, _ harvest: inout Harvest) {
        // It must say more than the term does.
        let own = Set(Words.contentStems(of: entry.term))
        guard list.isGlossary, entry.stems.subtracting(own).count >= 3, !own.isSubset(of: entry.stems) else { return }
        // `Foundation: … on which a position is founded`
        if own.count == 1, GiveAway.hasRoot(of: entry.term, entry.description) { return }
        // What it is short for is no meaning that anybody would type.
        if GiveAway.spells(entry.description, entry.term) { return }
        let key = TypedKey(accepted: [Openings.capitalised(entry.description)], isOpen: true)
        keep(entry, list, bench, .shortAnswer, "What does “\(entry.term)” mean?", .typed(key), 4, making: .whatIs, &harvest)
    }

    private func keep(
        _ entry: ListEntry, _ list: TextList, _ bench: Workbench, _ kind: QuestionKind, _ stem: String, _ content: QuestionContent,
        _ difficulty: Int, making: QuestionMaking = .listItem, _ harvest: inout Harvest
    ) {
        let score = bench.terms[entry.term.lowercased()]?.score ?? 0
        harvest.keep(
            Candidate(
                draft: DraftQuestion(
                    kind: kind, making: making, stem: stem, content: content, explanation: entry.item.text,
                    origin: bench.origin(list.passage, entry.item.range, entry.item.text, list.headings), topic: entry.term,
                    difficulty: difficulty, bloom: making == .whatIs ? .understand : .remember),
                sentence: nil, key: "list:\(list.passage):\(list.items[0].text)", facts: [entry.key],
                weight: (making == .whatIs ? 1.3 : 1.2) * (1 + min(4, score / 10)),
                stems: Set(Words.contentStems(of: stem))))
    }

    // MARK: Matching

    /// Terms of one kind of which no description tells another's.
    private func groups(of entries: [ListEntry], isGlossary: Bool, _ bench: Workbench) -> [[ListEntry]] {
        guard isGlossary else {
            let isOneKind =
                haveOneName(entries) || entries.allSatisfy { $0.kind == nil }
                || entries.allSatisfy { one in
                    one.kind.map { kind in entries.allSatisfy { $0.kind?.isLike(kind) == true } } ?? false
                }
            let shown = Array(entries.prefix(6))
            return isOneKind && areApart(shown) ? [shown] : []
        }
        let distractors = Distractors(bench: bench)
        var open = entries
        var found: [[ListEntry]] = []
        while let first = open.first {
            var group = [first]
            for other in open.dropFirst() where group.count < 5 {
                let isLike = group.allSatisfy { distractors.likeness(DescribedTerm($0), DescribedTerm(other)) != nil }
                if isLike, areApart(group + [other]) { group.append(other) }
            }
            if group.count >= 4, areApart(group) { found.append(group) }
            let taken = Set(group.count >= 4 ? group.map(\.key) : [first.key])
            open.removeAll { taken.contains($0.key) }
        }
        return found
    }

    private func areApart(_ entries: [ListEntry]) -> Bool {
        Set(entries.map(\.description)).count == entries.count
            && !entries.contains { one in entries.contains { gives(one.description, $0) } }
    }

    /// `Link layer` and `transport layer` end in one word.
    private func haveOneName(_ entries: [ListEntry]) -> Bool {
        let last = entries.map { Words.contentStems(of: $0.term).last }
        return entries.count >= 3 && entries.allSatisfy { $0.term.contains(" ") } && Set(last).count == 1
    }

    private func matching(_ entries: [ListEntry], _ list: TextList, _ bench: Workbench, _ harvest: inout Harvest) {
        guard let first = entries.first, let last = entries.last else { return }
        let range = first.item.range.lowerBound..<last.item.range.upperBound
        let text = entries.map(\.item.text).joined(separator: " ")
        let heading = heading(of: list) ?? ""
        let stem = heading.isEmpty ? "Match each term with its description." : "\(heading): match each term with its description."
        // Where there are few terms, one question for each is more.
        let isLong = !list.isGlossary || bench.glossary.count >= 25
        harvest.keep(
            Candidate(
                draft: DraftQuestion(
                    kind: .matching, making: .matching, stem: stem,
                    content: .matching(prompts: entries.map(\.term), answers: entries.map(\.description)), explanation: text,
                    origin: bench.origin(list.passage, range, text, list.headings),
                    topic: heading.isEmpty ? first.term : heading, difficulty: entries.count > 4 ? 3 : 2, bloom: .remember),
                sentence: nil, key: "matching", facts: Set(entries.map(\.key)), weight: isLong ? 1.8 : 0.4,
                stems: Set(Words.contentStems(of: stem + " " + entries.map(\.term).joined(separator: " ")))))
    }

    /// Definitions of things of one kind that the text tells one by one.
    private func siblings(_ bench: Workbench, _ harvest: inout Harvest) {
        var byKind: [String: [Definition]] = [:]
        for definition in bench.definitions { byKind["\(definition.kind) \(definition.isPlural)", default: []].append(definition) }
        for (_, all) in byKind.sorted(by: { $0.key < $1.key }) {
            var seen: Set<String> = []
            let each = all.filter { seen.insert($0.term).inserted }.prefix(5)
            let terms = each.compactMap { bench.terms[$0.term]?.surface }
            let answers = each.map { Openings.capitalised($0.text) }
            guard each.count >= 4, terms.count == each.count, Set(answers).count == answers.count,
                !answers.contains(where: { answer in terms.contains { GiveAway.names(answer, $0) } })
            else { continue }
            let first = each[each.startIndex]
            harvest.keep(
                Candidate(
                    draft: DraftQuestion(
                        kind: .matching, making: .matching, stem: "Match each term with what it is.",
                        content: .matching(prompts: terms, answers: answers),
                        explanation: each.map { bench.sentences[$0.sentence].text }.joined(separator: " "),
                        origin: bench.origin(of: first.sentence), topic: first.kind, difficulty: 3, bloom: .understand),
                    sentence: nil, key: "matching", facts: Set(terms.map(ListEntry.key)), weight: 1.6,
                    stems: Set(terms.flatMap { Words.contentStems(of: $0) })))
        }
    }

    /// The heading without its number; nil where it is a question, a sentence itself, or says only that terms follow.
    private func heading(of list: TextList) -> String? {
        guard let last = list.headings.last, !list.isGlossary else { return nil }
        let plain = Section.plain(last)
        return plain.isEmpty || plain.contains("?") || plain.split(separator: " ").count > 7 ? nil : plain
    }

    /// Whether the description gives the term away, by a word, a number, or its letters written together.
    private func gives(_ description: String, _ entry: ListEntry) -> Bool {
        for name in [entry.term] + entry.aliases {
            if GiveAway.names(description, name) { return true }
            let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
            if letters.count > 2, description.lowercased().filter({ $0.isLetter || $0.isNumber }).contains(letters) { return true }
            let digits = name.split { !$0.isNumber }.filter { $0.count > 1 }
            if digits.contains(where: { description.contains($0) }) { return true }
        }
        return false
    }
}
