/// The passages as sentences, with what each of them has to do with the question's words.
struct PassageReader: Sendable {
    let passages: [SourcePassage]
    let question: Question
    /// For each passage.
    let sentences: [[Sentence]]
    /// For each passage: the stems of its title and headings.
    private let headings: [[String]]

    init(passages: [SourcePassage], question: Question) {
        self.passages = passages
        self.question = question
        sentences = passages.map { SentenceSplitter.sentences(in: $0.text) }
        headings = passages.map { Words.stems(of: ($0.section ?? "") + " " + $0.title) }
    }

    /// Sentences worth a closer look: no noise, each text once, the best by words and by the passage's rank.
    mutating func candidates(limit: Int) -> [Candidate] {
        var seen: Set<String> = []
        var found: [Candidate] = []
        let asksForMistakes = question.terms.contains { ["mistak", "error", "misconception", "wrong"].contains($0.stem) }
        for (passage, list) in sentences.enumerated() {
            for (index, sentence) in list.enumerated()
            where !SentenceNoise.isNoise(sentence) && (asksForMistakes || !SentenceNoise.isMistake(sentence)) {
                let stems = Words.stems(of: sentence.text)
                // Chunks overlap, so the same sentence comes in two passages.
                guard seen.insert(stems.joined(separator: " ")).inserted else { continue }
                // It leans on a sentence that is not told.
                if Pronouns.leans(sentence.text), index > 0, list[index - 1].paragraph == sentence.paragraph,
                    antecedent(of: index, in: passage) == nil
                {
                    continue
                }
                var around = stems + headings[passage] + headingStems(at: index, in: passage)
                if index > 0, list[index - 1].paragraph == sentence.paragraph { around += Words.stems(of: list[index - 1].text) }
                if sentence.isListItem, let lead = leadIn(of: index, in: passage) { around += Words.stems(of: list[lead].text) }
                found.append(
                    Candidate(
                        passage: passage, index: index, sentence: sentence, stems: stems, coverage: coverage(of: stems),
                        contextCoverage: coverage(of: around), fit: AnswerFit.fit(sentence, stems: stems, to: question)))
                judgeSubject(of: &found[found.count - 1], around: around)
            }
        }
        guard found.count > limit else { return found }
        func promise(_ c: Candidate) -> Double { c.coverage + 0.5 * c.contextCoverage + 0.4 * c.fit - 0.04 * Double(c.passage) }
        return Array(found.sorted { promise($0) > promise($1) }.prefix(limit))
    }

    /// Whether the candidate is about what was asked: the sentence, its paragraph and its headings hold the question's rare words.
    private func judgeSubject(of candidate: inout Candidate, around: [String]) {
        let (list, passage) = (sentences[candidate.passage], candidate.passage)
        if let heading = term(above: candidate.index, in: passage) {
            candidate.fit = max(candidate.fit, 0.95)
            let says = question.head.allSatisfy { term in candidate.stems.contains { Words.match($0, term) } }
            if !says { candidate.label = heading }
        } else if let heading = explained(by: candidate.index, in: passage) {
            candidate.label = heading
        }
        if let label = candidate.label { candidate.coverage = coverage(of: candidate.stems + Words.stems(of: label)) }
        candidate.headed = headed(candidate.index, in: passage)
        candidate.lacksExact = lacksExact(candidate)
        candidate.agency = agency(of: candidate)
        if let listed = question.listed { candidate.lacksListed = !around.contains { Words.match($0, listed) } }
        let rare = question.terms.filter(\.isRare)
        guard !rare.isEmpty else { return }
        let section = sections(of: passage).first { $0.contains(candidate.index) } ?? candidate.index..<(candidate.index + 1)
        let known = Set(around + list[section].flatMap { Words.stems(of: $0.text) })
        let absent = rare.filter { term in !known.contains { Words.match($0, term.stem) } }
        candidate.missing = absent.reduce(0) { $0 + $1.weight } / rare.reduce(0) { $0 + $1.weight }
        // A name or a number is not merely somewhere on the page.
        let near = around + list.filter { $0.paragraph == candidate.sentence.paragraph }.flatMap { Words.stems(of: $0.text) }
        // What a section opens with is what it is about; of two numbers that is not certain.
        let opening = section.first { !SentenceNoise.isNoise(list[$0]) }.map { Words.stems(of: list[$0].text) } ?? []
        let lacking = rare.filter { term in
            term.isName && !near.contains { Words.match($0, term.stem) }
                && (term.isNumber || !opening.contains { Words.match($0, term.stem) })
        }
        candidate.lacksName = !lacking.isEmpty
        candidate.lacksNumber = lacking.contains(where: \.isNumber)
    }

    private func lacksExact(_ candidate: Candidate) -> Bool {
        guard !question.exact.isEmpty else { return false }
        let list = sentences[candidate.passage]
        let same = list.filter { $0.paragraph == candidate.sentence.paragraph }.map(\.text)
        func padded(_ text: String) -> String { " " + text.lowercased() + " " }
        let paragraph = padded(same.joined(separator: " "))
        let own = padded((candidate.label ?? "") + " " + context(of: candidate))
        let above = padded(passages[candidate.passage].title + " " + (passages[candidate.passage].section ?? ""))
        return question.exact.contains { exact in
            // A paragraph tells of one release, but of several observatories.
            let text = above + (exact.first?.isNumber == true ? paragraph : own)
            return !text.ranges(of: exact).contains { range in
                func isPart(_ character: Character) -> Bool { character.isLetter || character.isNumber }
                let after = text[range.upperBound...]
                let goesOn = after.first == "." && after.dropFirst().first?.isNumber == true
                return !isPart(text[text.index(before: range.lowerBound)]) && !(after.first.map(isPart) ?? false) && !goesOn
            }
        }
    }

    /// How well the heading above it is the question: it holds the question's topic, and little else.
    private func headed(_ index: Int, in passage: Int) -> Double {
        let heading = headingStems(at: index, in: passage).filter { !Words.stopWords.contains($0) && Words.isTopic($0) }
        guard !heading.isEmpty else { return 0 }
        let named = heading.count { stem in question.terms.contains { Words.match($0.stem, stem) } }
        return coverage(of: heading, ofTopicOnly: true) * Double(named) / Double(heading.count)
    }

    /// For definitions: the heading right above the sentence, if it is the very thing that is asked about.
    private func term(above index: Int, in passage: Int) -> String? {
        guard question.kind == .definition, question.aim == .plain, !question.head.isEmpty,
            let heading = heading(rightAbove: index, in: passage)
        else { return nil }
        let stems = Words.contentStems(of: heading)
        guard stems.count <= question.head.count, question.head.allSatisfy({ term in stems.contains { Words.match($0, term) } })
        else { return nil }
        return heading
    }

    /// The short heading that a sentence such as “This level …” points back to.
    private func explained(by index: Int, in passage: Int) -> String? {
        guard Pronouns.leans(sentences[passage][index].text), let heading = heading(rightAbove: index, in: passage),
            heading.split(separator: " ").count <= 5
        else { return nil }
        return heading
    }

    /// What is embedded for a candidate: a sentence that leans on the one before it is read with it.
    func context(of candidate: Candidate) -> String {
        if let label = candidate.label { return label + ": " + candidate.sentence.text }
        guard let before = antecedent(of: candidate.index, in: candidate.passage) else { return candidate.sentence.text }
        return sentences[candidate.passage][before].text + " " + candidate.sentence.text
    }

    /// The sentence before, if this one cannot be understood without it: it begins with a pronoun that has no noun.
    func antecedent(of index: Int, in passage: Int) -> Int? {
        let list = sentences[passage]
        guard index > 0, list[index - 1].paragraph == list[index].paragraph, !SentenceNoise.isNoise(list[index - 1]),
            !SentenceNoise.isMistake(list[index - 1]),
            Pronouns.leans(list[index].text)
        else { return nil }
        return index - 1
    }

    /// The sentence that ends in a colon above a list.
    func leadIn(of index: Int, in passage: Int) -> Int? {
        let list = sentences[passage]
        guard list[index].isListItem else { return nil }
        var at = index - 1
        while at >= 0, list[at].isListItem { at -= 1 }
        return at >= 0 && list[at].text.hasSuffix(":") ? at : nil
    }

    /// The items below a sentence that ends in a colon.
    func items(below index: Int, in passage: Int) -> [Int] {
        let list = sentences[passage]
        guard list[index].text.hasSuffix(":") else { return [] }
        return Array((index + 1..<list.count).prefix { list[$0].isListItem })
    }

    /// For an entry of a list without a line that ends in a colon: the whole list, if what stands above it is what was asked for.
    func siblings(of index: Int, in passage: Int) -> (above: Int?, items: [Int])? {
        let list = sentences[passage]
        guard list[index].isListItem else { return nil }
        var first = index
        while first > 0, list[first - 1].isListItem { first -= 1 }
        let run = (first..<list.count).prefix { list[$0].isListItem }
        let items = run.filter { $0 == first || list[$0].paragraph != list[$0 - 1].paragraph }
        let above = first > 0 && !SentenceNoise.isNoise(list[first - 1]) ? first - 1 : nil
        let stems = headingStems(at: first, in: passage) + (above.map { Words.stems(of: list[$0].text) } ?? [])
        guard items.count >= 2, coverage(of: stems) >= 0.5 else { return nil }
        return (above, items)
    }

    /// The sentences that follow one which says how many they are.
    func announced(below index: Int, in passage: Int) -> [Int] {
        let list = sentences[passage]
        guard let count = Enumeration.announced(in: list[index].text), !Enumeration.isComplete(list[index].text) else { return [] }
        let next = (index + 1..<list.count).prefix { list[$0].paragraph == list[index].paragraph }.prefix(count)
        if !next.isEmpty { return Array(next) }
        return Array(
            (index + 1..<list.count).prefix { list[$0].isListItem }.filter { list[$0].paragraph != list[$0 - 1].paragraph })
    }

    /// What a sentence that ends in a colon announces, where it is no list: a formula, a command.
    func shown(below index: Int, in passage: Int) -> Int? {
        let list = sentences[passage]
        guard list[index].text.hasSuffix(":"), index + 1 < list.count, !list[index + 1].isListItem,
            list[index + 1].paragraph != list[index].paragraph, list[index + 1].text.count <= 120
        else { return nil }
        return index + 1
    }

    /// Share of the question's terms, by weight, that are among the stems.
    func coverage(of stems: [String]) -> Double {
        let total = question.terms.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return 0 }
        let set = Set(stems)
        return question.terms.reduce(0) { $0 + $1.weight * Self.share(of: $1, in: set) } / total
    }

    /// 1 if the stems hold the term, less if they hold a verb that says much the same.
    private static func share(of term: Question.Term, in stems: Set<String>) -> Double {
        if stems.contains(term.stem) || stems.contains(where: { Words.match($0, term.stem) }) { return 1 }
        return Verbs.isGeneral(term.stem) && stems.contains { Verbs.related($0, term.stem) } ? 0.7 : 0
    }

    /// How clearly a sentence tells of the question's agent: it begins with it, holds it, or stands where it is spoken of.
    private func agency(of candidate: Candidate) -> Double {
        guard !question.agent.isEmpty else { return 0 }
        func holds(_ stems: some Sequence<String>) -> Bool {
            question.agent.allSatisfy { term in stems.contains { Words.match($0, term) } }
        }
        let (list, passage, index) = (sentences[candidate.passage], candidate.passage, candidate.index)
        if holds(candidate.stems.filter { !Words.stopWords.contains($0) }.prefix(question.agent.count + 1)) { return 1 }
        if holds(candidate.stems + Words.stems(of: candidate.label ?? "")) { return 0.6 }
        let opening = list.first { $0.paragraph == candidate.sentence.paragraph } ?? candidate.sentence
        if holds(Words.stems(of: opening.text) + headingStems(at: index, in: passage)) { return 0.6 }
        return holds(headings[passage]) ? 0.3 : 0
    }

    /// The question's rare terms that no passage has, neither in its text nor in its headings.
    var missingTerms: [Question.Term] {
        let all = Set(sentences.joined().flatMap { Words.stems(of: $0.text) } + headings.joined())
        return question.terms.filter { term in term.isRare && !all.contains { Words.match($0, term.stem) } }
    }
}
