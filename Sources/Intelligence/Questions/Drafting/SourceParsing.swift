import LanguageModels
import Parsing
import Stemming

/// A source that was read, parsed and put through the gates.
struct SourceParsing: Sendable {
    let bench: Workbench
    let summary: DraftSummary
    /// Whose vectors the makers ask for.
    let texts: [String]

    /// - Parameter progress: called with how many sentences are done, of all; what it throws ends the reading.
    init(_ source: QuestionSource, resources: QuestionResources, progress: (Int, Int) throws -> Void) throws {
        let reader = SourceReader(source)
        var sentences = reader.sentences
        var summary = DraftSummary(words: reader.words, sentences: sentences.count)
        if reader.words == 0 { summary.notes.append(.noText) }
        let isEnglish = Self.isEnglish(sentences)
        if !isEnglish, reader.words > 0 { summary.notes.append(.notEnglish) }
        if resources.parser == nil { summary.notes.append(.noParser) }

        var open: [Int] = []
        if isEnglish, let parser = resources.parser {
            sentences = try Self.prepared(sentences, &summary, parser, progress)
            open = sentences.indices.filter { sentences[$0].parsed != nil }
        }
        var terms = TermTable(sentences, headingStems: reader.headingStems, frequencies: resources.frequencies)
        terms.countHeads()
        for index in open {
            if let definition = Definition(sentences[index], at: index, terms: terms) { terms.markDefined(definition.term) }
        }
        for list in reader.lists { for item in list.items { if let term = item.term { terms.markDefined(term.lowercased()) } } }
        let parser = isEnglish ? resources.parser : nil
        let entries = reader.lists.map { list in
            Section.isReview(list.headings)
                ? []
                : list.items.compactMap {
                    ListEntry($0, isGlossary: list.isGlossary, parser: parser, wordnet: isEnglish ? resources.wordnet : nil)
                }
        }
        let gate = ParsedGate(terms: terms, frequencies: resources.frequencies)
        let passed = open.filter { index in
            let isReview = Section.isReview(sentences[index].headings) || Section.isGlossary(sentences[index].headings)
            guard let reason = isReview ? .matter : gate.reason(sentences[index]) else { return true }
            summary.dropped[reason, default: 0] += 1
            return false
        }
        var definitions = passed.compactMap { Definition(sentences[$0], at: $0, terms: terms) }
        var defined = Set(definitions.map(\.term))
        for index in open where !Section.isReview(sentences[index].headings) && !Section.isGlossary(sentences[index].headings) {
            for aside in Definition.asides(sentences[index], at: index, terms: terms) where defined.insert(aside.term).inserted {
                definitions.append(aside)
            }
        }
        bench = Workbench(
            source: source, sentences: sentences, passed: passed, lists: reader.lists, entries: entries, terms: terms,
            definitions: definitions, wordnet: resources.wordnet)
        self.summary = summary
        texts = Array(Set(definitions.map(\.text) + entries.joined().map(\.description))).sorted()
    }

    /// Puts sentences through the plain gates, and takes those apart that pass.
    private static func prepared(
        _ sentences: [TextSentence], _ summary: inout DraftSummary, _ parser: EnglishParser, _ progress: (Int, Int) throws -> Void
    ) throws -> [TextSentence] {
        var done: [TextSentence] = []
        done.reserveCapacity(sentences.count)
        for (number, sentence) in sentences.enumerated() {
            if number % 64 == 0 { try progress(number, sentences.count) }
            let parts = clauses(of: sentence)
            for part in parts {
                var part = part
                guard let text = Openings.stripped(WorksCited.left(outOf: part.text)) else {
                    summary.dropped[.dangling, default: 0] += 1
                    done.append(part)
                    continue
                }
                part.text = told(text, after: done.last, part) ?? text
                if let reason = PlainGate.reason(part.text) {
                    summary.dropped[reason, default: 0] += 1
                } else {
                    part.parsed = parser.parse(part.text)
                }
                done.append(part)
            }
        }
        try progress(sentences.count, sentences.count)
        return done
    }

    /// The halves of a sentence with a semicolon; the gates see whether each is one.
    private static func clauses(of sentence: TextSentence) -> [TextSentence] {
        let halves = sentence.text.split(separator: ";").map { $0.trimmingCharacters(where: \.isWhitespace) }
        guard halves.count == 2, halves.allSatisfy({ $0.split(separator: " ").count >= 5 }), sentence.text.hasSuffix(".") else {
            return [sentence]
        }
        return halves.enumerated().map { number, half in
            var part = sentence
            part.text = Openings.capitalised(half) + (number == 0 ? "." : "")
            return part
        }
    }

    /// `It` and `They` at the beginning as what the sentence before was about; nil where they are not there, or where that is not plain.
    private static func told(_ text: String, after before: TextSentence?, _ sentence: TextSentence) -> String? {
        let isPlural = text.hasPrefix("They ")
        guard isPlural || text.hasPrefix("It "), let before, before.paragraph == sentence.paragraph, let parsed = before.parsed,
            parsed.roots.count == 1, let root = parsed.roots.first, let subject = Predicate.subject(root, in: parsed),
            parsed[subject].isNoun, parsed[subject].isPluralNoun == isPlural
        else { return nil }
        // `It is known that` stands for nothing.
        if !isPlural, text.split(separator: " ").contains("that") || text.contains(" to ") && text.hasPrefix("It is ") {
            return nil
        }
        let span = parsed.span(of: subject)
        guard span.lowerBound == 0, span.count <= 5, parsed.child(of: subject, as: .conjunct) == nil,
            !["this", "these", "those", "such", "each", "another", "some"].contains(parsed[0].lower)
        else { return nil }
        return parsed.text(span) + text.dropFirst(isPlural ? 4 : 2)
    }

    private static func isEnglish(_ sentences: [TextSentence]) -> Bool {
        var evidence = TextLanguage.Evidence()
        let words = sentences.prefix(400).flatMap { $0.text.lowercased().split { !$0.isLetter }.map(String.init) }
        evidence += TextLanguage.Evidence(of: words)
        if let winner = evidence.winner(least: 3) { return winner == .english }
        // Too little to tell: plain letters are taken for English.
        let letters = words.joined().unicodeScalars.filter(\.properties.isAlphabetic)
        return !letters.isEmpty && letters.count(where: \.isASCII) * 100 >= letters.count * 98
    }
}
