/// Chooses the sentences of the answer: the best one, then what adds to it without repeating it.
struct AnswerSelection: Sendable {
    let question: Question
    let reader: PassageReader

    /// The parts of an answer.
    struct Part: Sendable, Hashable {
        var passage: Int
        var index: Int
        var sentence: Sentence
        var isBullet = false
        /// The heading that the sentence explains without naming it.
        var label: String?
    }

    /// - Parameter scored: best first, not empty.
    func chosen(from scored: [Candidate]) -> [Part] {
        let section = SectionAnswer(question: question, reader: reader)
        if let list = section.list() { return list }
        if question.kind == .summary {
            if question.isAboutAll { return leads(of: scored) }
            if let opening = section.opening(limit: 5) { return opening }
        }
        if question.kind == .definition, !scored.prefix(4).contains(where: { $0.fit >= 0.7 }),
            let opening = section.opening(limit: 3)
        {
            return opening
        }
        var parts: [Part] = []
        var taken: [Candidate] = []
        let best = scored[0]
        let limits = limits(question.kind)
        for candidate in diversified(scored, limit: limits.sentences, floor: max(0.3, best.score * limits.floor)) {
            taken.append(candidate)
        }
        if question.kind == .compare {
            if let sides = definedSides(of: scored, unless: best) {
                taken = sides
            } else {
                addMissingSides(to: &taken, from: scored)
            }
        }
        let (lead, rest) = (taken[0], taken.dropFirst())
        if question.kind == .list, let whole = wholeList(around: lead) { return whole }
        if let told = told(after: lead) { return told }
        // How something works is told in its order.
        if question.kind == .how, question.aim == .plain {
            let own = rest.filter {
                $0.passage == lead.passage && $0.sentence.paragraph == lead.sentence.paragraph && $0.index < lead.index
            }
            for candidate in own.sorted(by: { $0.index < $1.index }) { add(candidate, to: &parts) }
        }
        // What stands right before the lead and belongs to it is told before it.
        if let before = rest.first(where: { $0.passage == lead.passage && $0.index == lead.index - 1 && follows(lead, $0) }) {
            add(before, to: &parts)
        }
        add(lead, to: &parts)
        // The rest in the order of the sources, those of the lead's passage first: what belongs together reads together.
        let ordered = rest.sorted { a, b in
            let (x, y) = (a.passage == lead.passage ? -1 : a.passage, b.passage == lead.passage ? -1 : b.passage)
            return (x, a.index) < (y, b.index)
        }
        for candidate in ordered { add(candidate, to: &parts) }
        return parts
    }

    private func limits(_ kind: Question.Kind) -> (sentences: Int, floor: Double) {
        switch kind {
        case .definition: (2, 0.5)
        case .why: (2, 0.5)
        case .how: (3, 0.55)
        case .list: (6, 0.66)
        case .compare: (4, 0.66)
        case .summary: (6, 0.6)
        case .quantity: (2, 0.8)
        case .when, .who, .whereabouts: (1, 0.8)
        case .other: (2, 0.6)
        }
    }

    /// Maximal marginal relevance: each next one is the best of those left, less what it shares with those taken.
    private func diversified(_ scored: [Candidate], limit: Int, floor: Double) -> [Candidate] {
        var taken = [scored[0]]
        var left = Array(scored.dropFirst().filter { $0.score >= floor && earnsItsPlace($0, beside: scored[0]) })
        while taken.count < limit {
            var found: (index: Int, value: Double)?
            for (index, candidate) in left.enumerated() {
                let likeness = taken.map { Self.likeness($0, candidate) }.max() ?? 0
                guard likeness < 0.88, addsWords(candidate) else { continue }
                // A neighbour of what is taken continues its thought.
                let isNext = taken.contains { $0.passage == candidate.passage && abs($0.index - candidate.index) == 1 }
                let value = candidate.score - 0.25 * likeness + (isNext ? 0.04 : 0)
                if value > found?.value ?? (floor - 0.25) { found = (index, value) }
            }
            guard let found else { break }
            taken.append(left.remove(at: found.index))
        }
        return taken
    }

    /// A further sentence is about all that was asked and answers it in the same form, or goes on where the first one ended. One exact
    /// sentence is better than three with noise.
    private func earnsItsPlace(_ candidate: Candidate, beside best: Candidate) -> Bool {
        if question.kind == .summary { return true }
        if Discourse.dependence(candidate.sentence.text) >= 1 { return false }
        if question.kind == .compare {
            if candidate.sentence.text.hasSuffix(":") || candidate.fit < 0.9 && candidate.passage != best.passage { return false }
            func sides(_ c: Candidate) -> Int {
                question.subjects.count { side in side.allSatisfy { term in c.stems.contains { Words.match($0, term) } } }
            }
            // The entries of one list take the sides in turn.
            if candidate.passage == best.passage, candidate.sentence.isListItem, best.sentence.isListItem {
                return sides(candidate) > 0
            }
            return sides(candidate) >= (question.subjects.count > 1 && sides(best) > 1 ? 2 : 1)
        }
        // Elsewhere the same word may mean something else.
        if question.kind != .list, reader.passages[candidate.passage].title != reader.passages[best.passage].title { return false }
        let (a, b) = (reader.sentences[candidate.passage][candidate.index], reader.sentences[best.passage][best.index])
        if question.aim == .steps {
            // A procedure goes on where it began.
            return candidate.passage == best.passage && (1...4).contains(candidate.index - best.index) && candidate.fit >= 0.6
                && candidate.similarity >= 0.4 * best.similarity
        }
        if question.kind == .definition {
            if candidate.sentence.text.hasSuffix(":") { return false }
            if candidate.index == best.index - 1, follows(best, candidate), candidate.fit >= 0.7 { return true }
        }
        if candidate.passage == best.passage, a.paragraph == b.paragraph, (1...2).contains(candidate.index - best.index) {
            // What follows a reason is not a reason yet.
            if question.kind == .why, candidate.fit < 0.6, !Pronouns.leans(candidate.sentence.text) { return false }
            let leans = candidate.index == best.index + 1 && Pronouns.leans(candidate.sentence.text)
            return candidate.similarity >= (leans || candidate.fit > best.fit ? 0.4 : 0.6) * best.similarity
        }
        if question.kind == .definition, candidate.fit < 0.9 || candidate.missing > 0 { return false }
        switch question.kind {
        case .why where best.fit < 0.6 && candidate.fit >= 0.6 && candidate.passage == best.passage:
            if candidate.similarity >= 0.6 * best.similarity { return true }
        case .how
        where question.aim == .plain && candidate.passage == best.passage && candidate.agency >= min(0.6, best.agency):
            if candidate.similarity >= 0.9 * best.similarity, candidate.coverage >= 0.3 { return true }
        // The nearest in meaning is told even if its form says less.
        case .why where candidate.similarity > best.similarity,
            .how where question.aim == .plain && candidate.similarity > best.similarity:
            if candidate.missing <= best.missing, candidate.coverage >= 0.3 { return true }
        // Each of several sentences names one.
        case .list where best.fit < 0.9 && candidate.passage == best.passage && candidate.coverage >= best.coverage:
            if candidate.similarity >= 0.75 * best.similarity { return true }
        default: break
        }
        return candidate.coverage >= max(0.6, 0.75 * best.coverage) && candidate.fit >= best.fit - 0.25
            && candidate.similarity >= 0.75 * best.similarity
    }

    /// The list of which an entry is the best sentence, or that the best sentence announces.
    private func wholeList(around lead: Candidate) -> [Part]? {
        func part(_ index: Int, isBullet: Bool) -> Part {
            Part(passage: lead.passage, index: index, sentence: reader.sentences[lead.passage][index], isBullet: isBullet)
        }
        if reader.leadIn(of: lead.index, in: lead.passage) == nil, let list = reader.siblings(of: lead.index, in: lead.passage) {
            return (list.above.map { [part($0, isBullet: false)] } ?? []) + list.items.prefix(8).map { part($0, isBullet: true) }
        }
        let announced = reader.announced(below: lead.index, in: lead.passage)
        guard announced.count >= 2 else { return nil }
        return [part(lead.index, isBullet: false)] + announced.prefix(8).map { part($0, isBullet: true) }
    }

    /// “Why is X not Y?” – “X is not Y.”: what follows is the answer.
    private func told(after lead: Candidate) -> [Part]? {
        guard question.kind == .why || question.kind == .how && question.aim == .plain, !addsWords(lead),
            !Pronouns.leans(lead.sentence.text)
        else { return nil }
        let list = reader.sentences[lead.passage]
        let next = list.indices.dropFirst(lead.index + 1).prefix { list[$0].paragraph == lead.sentence.paragraph }.prefix(2)
        guard !next.isEmpty else { return nil }
        return ([lead.index] + next).map { Part(passage: lead.passage, index: $0, sentence: list[$0]) }
    }

    /// Whether one is the sentence after the other in its paragraph.
    private func follows(_ second: Candidate, _ first: Candidate) -> Bool {
        first.passage == second.passage && first.index + 1 == second.index && first.sentence.paragraph == second.sentence.paragraph
    }

    /// For a comparison: what defines each side, where no sentence sets them against each other.
    private func definedSides(of scored: [Candidate], unless best: Candidate) -> [Candidate]? {
        let contrast = [
            " whereas ", " unlike ", "in contrast", "by contrast", " differ from", " differs from", "difference between", " while ",
            " compared ", " rather than ", " opposite ",
        ]
        let isContrast = best.fit >= 1 && contrast.contains(where: (" " + best.sentence.text.lowercased()).contains)
        guard question.subjects.count == 2, !isContrast, !best.sentence.isListItem else { return nil }
        var found: [Candidate] = []
        for side in question.subjects {
            let form = DefinitionForm(subject: side, asksForRole: false)
            func worth(_ candidate: Candidate) -> Double { form.fit(candidate.sentence.text) + 0.5 * candidate.similarity }
            let fitting = scored.filter { form.fit($0.sentence.text) >= 0.7 && $0.similarity >= 0.3 }
            guard let side = fitting.max(by: { worth($0) < worth($1) }) else { return nil }
            if !found.contains(where: { $0.passage == side.passage && $0.index == side.index }) { found.append(side) }
        }
        return found
    }

    /// “The best known example is the pump” says nothing to someone who asked about the pump.
    private func addsWords(_ candidate: Candidate) -> Bool {
        let known = Set(question.terms.map(\.stem))
        return Set(candidate.stems.filter(Words.isTopic)).subtracting(known).subtracting(Words.stopWords).count >= 2
    }

    /// For a summary of everything: how each passage begins, each document's together.
    private func leads(of scored: [Candidate]) -> [Part] {
        var parts: [Part] = []
        for passage in reader.sentences.indices {
            let own = scored.filter { $0.passage == passage && !$0.sentence.isListItem && !Pronouns.leans($0.sentence.text) }
            guard let first = own.min(by: { $0.index < $1.index }) else { continue }
            parts.append(Part(passage: passage, index: first.index, sentence: first.sentence, isBullet: true))
        }
        if parts.isEmpty { parts = [Part(passage: scored[0].passage, index: scored[0].index, sentence: scored[0].sentence)] }
        let titles = reader.passages.map(\.title)
        let order = Dictionary(titles.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
        return Array(parts.prefix(8)).sorted {
            (order[titles[$0.passage]] ?? 0, $0.passage) < (order[titles[$1.passage]] ?? 0, $1.passage)
        }
    }

    /// Cosine of meaning, or share of words, whichever is larger.
    private static func likeness(_ a: Candidate, _ b: Candidate) -> Double {
        let (x, y) = (Set(a.stems), Set(b.stems))
        let shared = Double(x.intersection(y).count) / Double(max(1, min(x.count, y.count)))
        return max(SentenceScorer.dot(a.vector, b.vector), shared > 0.8 ? shared : 0)
    }

    /// A comparison says of each side what it is by itself.
    private func addMissingSides(to taken: inout [Candidate], from scored: [Candidate]) {
        func isAbout(_ side: [String], _ candidate: Candidate) -> Bool {
            side.contains { term in candidate.stems.contains { Words.match($0, term) } }
        }
        // One sentence that sets the sides against each other may be the whole comparison.
        let isCompared = taken.contains { one in question.subjects.allSatisfy { isAbout($0, one) } }
        for (index, side) in question.subjects.enumerated() {
            let others = question.subjects.enumerated().filter { $0.offset != index }.map(\.element)
            func isOwn(_ candidate: Candidate) -> Bool {
                isAbout(side, candidate) && !others.contains { isAbout($0, candidate) }
            }
            guard !taken.contains(where: isOwn) else { continue }
            func begins(_ candidate: Candidate) -> Bool {
                candidate.stems.prefix(3).contains { stem in side.contains { Words.match($0, stem) } }
            }
            // A sentence that begins with it says most about it.
            func worth(_ candidate: Candidate) -> Double {
                candidate.score
                    + (begins(candidate) ? 0.15 : 0)
            }
            let found = scored.filter {
                isOwn($0) && $0.score > 0.2
                    && (begins($0) || !isCompared || $0.passage == taken[0].passage && $0.sentence.isListItem)
            }.max { worth($0) < worth($1) }
            if let found { taken.append(found) }
        }
    }

    /// Not a list's entries, nor one name, date, place or number.
    private var asksForMore: Bool {
        switch question.kind {
        case .list, .who, .when, .whereabouts, .quantity: false
        default: true
        }
    }

    /// Adds the sentence with what it needs to be understood: the one it points back to, the list below it, the line above the list.
    private func add(_ candidate: Candidate, to parts: inout [Part]) {
        let passage = candidate.passage
        func put(_ index: Int, bullet: Bool = false) {
            let sentence = reader.sentences[passage][index]
            guard !parts.contains(where: { $0.passage == passage && $0.index == index }) else { return }
            parts.append(Part(passage: passage, index: index, sentence: sentence, isBullet: bullet))
        }
        if let before = reader.antecedent(of: candidate.index, in: passage) { put(before) }
        // A definition or one side of a comparison is one entry, not the list.
        let isOneEntry = question.kind == .compare || question.kind == .definition && !parts.isEmpty
        if !isOneEntry, let lead = reader.leadIn(of: candidate.index, in: passage) {
            put(lead)
            for item in reader.items(below: lead, in: passage).prefix(8) { put(item, bullet: true) }
            return
        }
        let items = question.kind == .compare && !parts.isEmpty ? [] : reader.items(below: candidate.index, in: passage)
        put(candidate.index, bullet: candidate.sentence.isListItem)
        // What a heading announces may take more than its first sentence: “… cannot cross. They need a protein.”
        let next = candidate.index + 1
        if candidate.label != nil, parts.count == 1, next < reader.sentences[passage].count,
            reader.antecedent(of: next, in: passage) == candidate.index
        {
            put(next)
        }
        if items.isEmpty, let shown = reader.shown(below: candidate.index, in: passage) { put(shown) }
        if parts.count == 1, !parts[0].isBullet { parts[0].label = candidate.label }
        for item in items.prefix(8) { put(item, bullet: true) }
        // An entry of a list that answers is told to its end.
        guard candidate.sentence.isListItem, parts.count == 1, asksForMore else { return }
        let list = reader.sentences[passage]
        for index in list.indices.dropFirst(candidate.index + 1).prefix(2)
        where list[index].paragraph == candidate.sentence.paragraph { put(index) }
    }
}
