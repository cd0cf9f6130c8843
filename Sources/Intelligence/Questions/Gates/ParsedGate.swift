import LanguageModels
import Parsing

/// Holds back sentences that cannot be understood by themselves, or that say nothing certain, by how they are built.
struct ParsedGate {
    let terms: TermTable
    let frequencies: WordFrequencies

    func reason(_ sentence: TextSentence) -> DropReason? {
        guard let parsed = sentence.parsed, parsed.roots.count == 1, let root = parsed.roots.first else { return .noVerb }
        guard Predicate.isFinite(root, in: parsed), let subject = parsed.child(of: root, as: .subject, .passiveSubject),
            parsed[subject].isNoun
        else { return .noVerb }
        for child in parsed.children(of: root, as: .auxiliary) where Self.doubtful.contains(parsed[child].lower) {
            return .uncertain
        }
        if Self.opinions.contains(parsed[root].lemma) { return .uncertain }
        if parsed.words.contains(where: { Self.doubts.contains($0.lower) }) { return .uncertain }
        guard parsed.nounChunks.contains(where: { terms.term(of: $0, in: parsed).map(terms.isCentral) == true }) else {
            return .noTerm
        }
        return isDangling(sentence, parsed, root) ? .dangling : nil
    }

    /// Whether it speaks of something that only the sentences before it name.
    private func isDangling(_ sentence: TextSentence, _ parsed: ParsedSentence, _ root: Int) -> Bool {
        let hasThan = parsed.words.contains { $0.lower == "than" }
        for (index, word) in parsed.words.enumerated() {
            let lower = word.lower
            let next = index + 1 < parsed.count ? parsed[index + 1].lower : ""
            switch lower {
            case "this", "these", "those", "latter", "former", "same", "aforesaid", "respective": return true
            case "such" where next != "as": return true
            case "other" where index == 0 || !["each", "than"].contains(parsed[index - 1].lower): return true
            case "also", "another", "others", "otherwise", "too", "either", "instead", "similarly": return true
            case "that" where word.tag == "DT": return true
            case "here" where word.relation == .adverb, "there" where word.relation == .adverb: return true
            case "it", "its", "itself", "they", "their", "them", "themselves":
                if !hasAntecedent(index, isPlural: lower.hasPrefix("the"), parsed) { return true }
            default: break
            }
            if word.tag == "JJR" || word.tag == "RBR" || lower == "more" || lower == "less", !hasThan,
                !(lower == "further" || next == "or")
            {
                return true
            }
        }
        for chunk in parsed.nounChunks where isBare(chunk, parsed, sentence) { return true }
        // A first name alone, or a family name that was told in full before.
        for entity in parsed.entities where entity.kind == .person && entity.words.count == 1 {
            let word = parsed[entity.words.lowerBound].lower
            if terms[word].map({ !$0.inHeading }) ?? true { return true }
        }
        return false
    }

    /// A noun before it that it may stand for.
    private func hasAntecedent(_ pronoun: Int, isPlural: Bool, _ parsed: ParsedSentence) -> Bool {
        // What is done to `it` is not done to the one that does it.
        var verb = parsed[pronoun].head
        while parsed[verb].part != .verb, parsed[verb].part != .auxiliary, parsed[verb].head != verb { verb = parsed[verb].head }
        let isOwn = ["its", "their", "itself", "themselves"].contains(parsed[pronoun].lower)
        let agent = isOwn ? nil : Predicate.subject(verb, in: parsed)
        for index in 0..<pronoun where parsed[index].isNoun && parsed[index].relation != .compound && index != agent {
            if parsed[index].isPluralNoun == isPlural || (isPlural && parsed.child(of: index, as: .conjunct) != nil) { return true }
        }
        return false
    }

    /// `the N` of which the sentence does not say which, or `each N`.
    private func isBare(_ chunk: Range<Int>, _ parsed: ParsedSentence, _ sentence: TextSentence) -> Bool {
        let noun = chunk.upperBound - 1
        let first = parsed[chunk.lowerBound].lower
        guard chunk.count == 2, parsed[noun].part == .noun else { return false }
        let isQualified = parsed.children(of: noun).contains {
            $0 > noun && parsed[$0].relation != .punctuation && parsed[$0].relation != .conjunct
                && parsed[$0].relation != .coordinator
        }
        if isQualified { return false }
        if first == "one", parsed.roots.first.map({ noun > $0 }) == true { return false }
        if ["all", "each", "every", "one", "both", "some", "any"].contains(first) { return true }
        guard first == "the" else { return false }
        let lemma = parsed[noun].lemma.lowercased()
        if terms.longer(than: lemma) >= 2 { return true }
        if TermTable.unique.contains(lemma) { return false }
        guard let term = terms[lemma] else { return true }
        return !(term.isDefined || term.inHeading || term.sections.count >= 3 || frequencies.zipf(of: lemma) < 3.75)
    }

    private static let doubtful: Set<String> = ["may", "might", "could", "should", "ought", "would", "'d"]
    private static let opinions: Set<String> = [
        "think", "believe", "seem", "appear", "suggest", "hope", "suppose", "assume", "feel", "guess", "wonder", "recommend",
        "note",
        "remember", "consider", "discuss", "describe", "illustrate", "explain", "show",
    ]
    private static let doubts: Set<String> = [
        "undoubtedly", "easy", "easily", "useful", "recommended", "convenient", "handy", "nice", "enormous", "best",
        "presumably", "possibly", "supposedly", "allegedly", "likely", "unlikely", "roughly speaking",
    ]
}
