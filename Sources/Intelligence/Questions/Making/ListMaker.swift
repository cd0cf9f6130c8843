import LanguageModels

/// Asks which term belongs to which description of a list or glossary.
struct ListMaker: QuestionMaker {
    func make(from bench: Workbench, random: inout DraftRandom) -> Harvest {
        var harvest = Harvest()
        let glossaries = Dictionary(grouping: bench.lists.filter(isGlossary), by: { $0.headings.last?.lowercased() ?? "" })
            .mapValues { lists in lists.flatMap { list in list.items.filter(serves) } }
        for list in bench.lists {
            // Who is thanked is nobody's question.
            guard !list.items.contains(where: { isThanks($0.description) }) else {
                harvest.drop(.matter)
                continue
            }
            let items = list.items.filter(serves)
            guard items.count >= 3, items.count * 3 >= list.items.count * 2, Set(items.compactMap(\.term)).count == items.count
            else {
                if list.items.contains(where: { $0.term != nil }) { harvest.drop(.matter) }
                continue
            }
            matching(items, list, bench, &harvest)
            let pool = isGlossary(list) ? glossaries[list.headings.last?.lowercased() ?? ""] ?? items : items
            if Set(pool.compactMap(\.term)).count >= 4 { choices(items, among: pool, list, bench, &random, &harvest) }
        }
        siblings(bench, &harvest)
        return harvest
    }

    private func serves(_ item: TextListItem) -> Bool { item.term.map(isTerm) == true && isDescription(item.description) }

    /// A list of what the text's words mean. The chapters of a book have one each: their terms are of one kind.
    private func isGlossary(_ list: TextList) -> Bool {
        list.headings.last.map { Self.glossaries.contains(plain($0).lowercased()) } ?? false
    }

    private static let glossaries: Set<String> = [
        "key terms", "key words", "key concepts", "keywords", "glossary", "terms", "terminology", "important terms", "definitions",
        "vocabulary", "key vocabulary", "glossary of terms", "key terms and definitions", "list of terms",
    ]

    private func isTerm(_ term: String) -> Bool {
        let lower = term.lowercased()
        if Self.ordinals.contains(lower) { return false }
        // `Line 3` is told by its place alone.
        if term.split(separator: " ").count == 2, let last = term.split(separator: " ").last, last.allSatisfy(\.isNumber) {
            return false
        }
        return term.split(separator: " ").count <= 4
            && !["note", "example", "hint", "tip", "warning", "question", "answer", "q", "a"].contains(lower)
            && !term.contains(where: { "_`/\\=<>{}$@[]*".contains($0) }) && term.contains(where: \.isLetter)
    }

    private static let ordinals: Set<String> = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "firstly", "secondly",
        "thirdly",
        "finally", "last", "lastly", "one", "two", "three", "four", "next", "then",
    ]

    private func isDescription(_ text: String) -> Bool {
        (4...45).contains(text.split(separator: " ").count) && !text.contains(where: { "{}\\`_=<>|@".contains($0) })
            && !text.contains("http") && !text.contains("TODO") && !text.hasSuffix("?") && !text.contains("“”")
            && !text.contains("\"\"")
            && !PlainGate.isPersonal(text)
    }

    private func isThanks(_ text: String) -> Bool {
        let words = text.lowercased()
        return ["thank", "for supporting", "for funding", "for providing", "who fund", "for access to", "contributed"].contains {
            words.contains($0)
        }
    }

    private func matching(_ items: [TextListItem], _ list: TextList, _ bench: Workbench, _ harvest: inout Harvest) {
        let shown = Array(items.prefix(6))
        let terms = shown.compactMap(\.term)
        let answers = shown.map { brief($0.description) }
        guard Set(answers).count == answers.count, !zip(terms, answers).contains(where: { names($0.1, $0.0) }) else {
            return harvest.drop(.giveAway)
        }
        guard let first = shown.first, let last = shown.last else { return }
        let range = first.range.lowerBound..<last.range.upperBound
        let heading = heading(of: list) ?? ""
        let stem = heading.isEmpty ? "Match each term with its description." : "\(heading): match each term with its description."
        harvest.keep(
            Candidate(
                draft: DraftQuestion(
                    kind: .matching, making: .matching, stem: stem, content: .matching(prompts: terms, answers: answers),
                    explanation: shown.map(\.text).joined(separator: " "),
                    origin: bench.origin(list.passage, range, shown.map(\.text).joined(separator: " "), list.headings),
                    topic: heading.isEmpty ? terms[0] : heading, difficulty: terms.count > 4 ? 3 : 2, bloom: .remember),
                sentence: nil, key: "list:\(terms[0])", weight: 1.8,
                stems: Set(Words.contentStems(of: stem + " " + terms.joined(separator: " ")))))
    }

    private func choices(
        _ items: [TextListItem], among pool: [TextListItem], _ list: TextList, _ bench: Workbench, _ random: inout DraftRandom,
        _ harvest: inout Harvest
    ) {
        for item in items {
            guard let term = item.term else { continue }
            let description = brief(item.description)
            guard !names(description, term) else {
                harvest.drop(.giveAway)
                continue
            }
            let others = others(than: item, named: term, by: description, pool, &random)
            guard others.count == 3 else { continue }
            let context = heading(of: list).map { "\($0): which" } ?? "Which"
            let stem = "\(context) of these is described here? “\(Openings.capitalised(description))”"
            harvest.keep(
                Candidate(
                    draft: DraftQuestion(
                        kind: .multipleChoice, making: .listItem, stem: stem, content: shuffled([term] + others, &random),
                        explanation: item.text, origin: bench.origin(list.passage, item.range, item.text, list.headings),
                        topic: term,
                        difficulty: 2, bloom: .remember),
                    sentence: nil, key: "list:\(items[0].term ?? "")", about: term.lowercased(), weight: 1.2,
                    stems: Set(Words.contentStems(of: description))))
        }
    }

    /// Three terms of the list, rather those whose descriptions speak of the same: another's number or kind tells it from the right one.
    private func others(
        than item: TextListItem, named term: String, by description: String, _ pool: [TextListItem], _ random: inout DraftRandom
    ) -> [String] {
        let stems = Set(Words.contentStems(of: description))
        var seen: Set<String> = [term]
        let open = pool.compactMap { other -> (term: String, shared: Int)? in
            guard let name = other.term, seen.insert(name).inserted, !areAlike(name, term), !names(description, name) else {
                return nil
            }
            return (name, stems.intersection(Words.contentStems(of: other.description)).count)
        }
        return open.shuffled(using: &random).sorted { $0.shared > $1.shared }.prefix(5).shuffled(using: &random).prefix(3).map(
            \.term)
    }

    /// Definitions of things of one kind that the text tells one by one.
    private func siblings(_ bench: Workbench, _ harvest: inout Harvest) {
        var byKind: [String: [Definition]] = [:]
        for definition in bench.definitions { byKind[definition.kind, default: []].append(definition) }
        for (kind, all) in byKind.sorted(by: { $0.key < $1.key }) {
            var seen: Set<String> = []
            let each = all.filter { seen.insert($0.term).inserted }.prefix(6)
            guard each.count >= 4 else { continue }
            let terms = each.compactMap { bench.terms[$0.term]?.surface }
            let answers = each.map { Openings.capitalised($0.text) }
            guard terms.count == each.count, Set(answers).count == answers.count,
                !zip(terms, answers).contains(where: { names($0.1, $0.0) })
            else { continue }
            let first = each[each.startIndex]
            harvest.keep(
                Candidate(
                    draft: DraftQuestion(
                        kind: .matching, making: .matching, stem: "Match each term with what it is.",
                        content: .matching(prompts: terms, answers: answers),
                        explanation: each.map { bench.sentences[$0.sentence].text }.joined(separator: " "),
                        origin: bench.origin(of: first.sentence), topic: kind, difficulty: 3, bloom: .understand),
                    sentence: nil, key: "kind:\(kind)", weight: 1.6, stems: Set(terms.flatMap { Words.contentStems(of: $0) })))
        }
    }

    /// Its first sentence, without the full stop.
    private func brief(_ text: String) -> String {
        let first = SentenceSplitter.sentences(in: text).first?.text ?? text
        return first.trimmingCharacters { ".; ".contains($0) }
    }

    /// The heading without its number; nil where it is a question, a sentence itself, or says only that terms follow.
    private func heading(of list: TextList) -> String? {
        guard let last = list.headings.last, !isGlossary(list) else { return nil }
        let plain = plain(last)
        return plain.isEmpty || plain.contains("?") || plain.split(separator: " ").count > 7 ? nil : plain
    }

    private func plain(_ heading: String) -> String {
        heading.trimmingPrefix(while: { $0.isNumber || $0 == "." || $0 == " " }).trimmingCharacters { ":. ".contains($0) }
    }

    /// `conductor` and `conductors`, `memory` and `memory (LTM)`: one of them would be right as well.
    private func areAlike(_ one: String, _ other: String) -> Bool {
        let (a, b) = (Set(Words.contentStems(of: one)), Set(Words.contentStems(of: other)))
        return a.isSubset(of: b) || b.isSubset(of: a)
    }

    /// Whether the description gives the term away, by a word, a number, or its letters written together.
    private func names(_ description: String, _ term: String) -> Bool {
        if GiveAway.names(description, term) { return true }
        let letters = term.lowercased().filter { $0.isLetter || $0.isNumber }
        if letters.count > 2, description.lowercased().filter({ $0.isLetter || $0.isNumber }).contains(letters) { return true }
        let digits = term.split { !$0.isNumber }.filter { $0.count > 1 }
        return digits.contains { description.contains($0) }
    }
}
