import LanguageModels
import Parsing

/// The terms of a text, and which of them are of one kind.
struct TermTable: Sendable {
    private(set) var terms: [String: Term] = [:]
    /// Words that stand in lower case within sentences: those are no names.
    private(set) var lowerWords: Set<String> = []
    private let sentenceCount: Int
    /// Other names: `dns` for `domain name system`, both ways.
    private(set) var aliases: [String: Set<String>] = [:]
    private var headings: Set<String> = []

    init(_ sentences: [TextSentence], headingStems: Set<String>, frequencies: WordFrequencies) {
        sentenceCount = sentences.count
        headings = headingStems
        var surfaces: [String: [String: Int]] = [:]
        for sentence in sentences {
            for (place, word) in sentence.original.split(separator: " ").enumerated() where place > 0 {
                let plain = word.trimmingCharacters { !$0.isLetter && !$0.isNumber && $0 != "-" }
                if plain.first?.isLowercase == true { lowerWords.insert(plain) }
            }
        }
        for (index, sentence) in sentences.enumerated() {
            guard let parsed = sentence.parsed else { continue }
            for chunk in parsed.nounChunks {
                guard let core = Self.core(of: chunk, in: parsed) else { continue }
                let key = Self.key(core, parsed)
                var term = terms[key] ?? Term(key: key, surface: "", head: parsed[core.upperBound - 1].lemma.lowercased())
                term.count += 1
                term.sentences.insert(index)
                term.sections.insert(sentence.section)
                let last = parsed[core.upperBound - 1]
                if last.part == .properNoun, !lowerWords.contains(last.lower) { term.isProper = true }
                if let entity = parsed.entity(at: core.upperBound - 1), entity.kind == .person { term.isPerson = true }
                terms[key] = term
                // A capital at the beginning of a sentence says nothing.
                let surface = surface(core, parsed)
                surfaces[key, default: [:]][surface, default: 0] += core.lowerBound == 0 || chunk.lowerBound == 0 ? 1 : 3
            }
        }
        for (key, term) in terms {
            var term = term
            let best = surfaces[key]?.max { ($0.value, $1.key) < ($1.value, $0.key) }
            term.surface = best?.key ?? key
            let commonness = key.split(separator: " ").map { frequencies.zipf(of: String($0)) }
            term.zipf = commonness.max() ?? 1
            term.rarest = commonness.min() ?? 1
            let stems = Words.contentStems(of: key)
            term.inHeading = !stems.isEmpty && stems.allSatisfy(headingStems.contains)
            let last = term.surface.split(separator: " ").last.map { $0.lowercased() } ?? ""
            term.isPlural = last != term.head && last.hasSuffix("s") || Self.irregularPlurals.contains(last)
            if term.isPerson, term.surface.split(separator: " ").contains(where: { lowerWords.contains($0.lowercased()) }) {
                term.isPerson = false
            }
            terms[key] = term
        }
        findAliases(in: sentences)
    }

    mutating func markDefined(_ key: String) { terms[key]?.isDefined = true }

    subscript(_ key: String) -> Term? { terms[key] }

    /// The term that a chunk of a sentence names.
    func term(of chunk: Range<Int>, in parsed: ParsedSentence) -> Term? {
        Self.core(of: chunk, in: parsed).flatMap { terms[Self.key($0, parsed)] }
    }

    /// Whether a text turns on it at all.
    func isCentral(_ term: Term) -> Bool {
        term.score > 0 && (term.count >= 2 || term.inHeading || term.isDefined) && !Self.generic.contains(term.key)
    }

    /// Whether it may be the answer of a question.
    func isKey(_ term: Term) -> Bool {
        guard term.words <= 6, !Self.generic.contains(term.key), !(term.words == 1 && Self.generic.contains(term.head)) else {
            return false
        }
        guard term.zipf < 4.5 || term.words > 1 || term.inHeading || term.isDefined || term.isProper else { return false }
        guard term.count >= 3 || term.inHeading || term.isDefined || term.isProper && term.count >= 2 else { return false }
        // What stands in every tenth sentence answers everything.
        return sentenceCount < 30 || term.sentences.count * 10 <= sentenceCount
    }

    /// How many longer terms it is the head of: `membrane` of `inner membrane` and `plasma membrane`.
    func longer(than head: String) -> Int { byHead[head]?.count ?? 0 }
    /// Keys of terms of several words by the last of them, and of persons.
    private(set) var byHead: [String: [String]] = [:]
    private(set) var persons: [String] = []

    mutating func countHeads() {
        byHead = Dictionary(grouping: terms.values.filter { $0.words > 1 }, by: \.head).mapValues { $0.map(\.key) }
        persons = terms.values.filter { $0.isPerson && $0.words > 1 }.map(\.key)
    }

    func isHeadingStem(_ stem: String) -> Bool { headings.contains(stem) }

    /// The noun without what does not belong to its name.
    static func core(of chunk: Range<Int>, in parsed: ParsedSentence) -> Range<Int>? {
        var start = chunk.lowerBound
        while start < chunk.upperBound {
            let word = parsed[start]
            let isLeftOut =
                [.determiner, .numeral, .pronoun, .punctuation, .adverb, .adposition, .symbol, .coordinator, .particle].contains(
                    word.part)
                || word.relation == .possessive || light.contains(word.lower) || word.tag == "JJR" || word.tag == "JJS"
            guard isLeftOut else { break }
            start += 1
        }
        guard start < chunk.upperBound, chunk.upperBound - start <= 6, parsed[chunk.upperBound - 1].isNoun else { return nil }
        let core = start..<chunk.upperBound
        guard core.allSatisfy({ parsed[$0].text.contains(where: \.isLetter) || parsed[$0].tag == "HYPH" }) else { return nil }
        // `cell's membrane` and `A and B` are two.
        guard !core.contains(where: { parsed[$0].tag == "POS" || parsed[$0].part == .coordinator || parsed[$0].text == "," }) else {
            return nil
        }
        return core
    }

    static func key(_ core: Range<Int>, _ parsed: ParsedSentence) -> String {
        var text = ""
        for index in core {
            text += index == core.upperBound - 1 ? parsed[index].lemma.lowercased() : parsed[index].lower
            if parsed[index].hasSpaceAfter, index < core.upperBound - 1 { text += " " }
        }
        return text
    }

    private func surface(_ core: Range<Int>, _ parsed: ParsedSentence) -> String {
        let text = parsed.text(core)
        return core.lowerBound == 0 ? inSentence(text, parsed[0]) : text
    }

    /// A text that stands at the beginning of a sentence, as it would stand within one.
    func inSentence(_ text: String, _ first: ParsedWord) -> String {
        let isName = first.part == .properNoun && !lowerWords.contains(first.lower)
        let isAcronym = first.text.dropFirst().contains(where: \.isUppercase) || (first.text.count == 1 && first.text != "A")
        // `Sequence Queue` is a name throughout; of `The Celestial Equator` the article is none.
        let isTitle =
            first.part != .determiner && first.part != .adposition
            && text.split(separator: " ").dropFirst().contains { $0.first?.isUppercase == true }
        return isName || isAcronym || isTitle ? text : text.prefix(1).lowercased() + text.dropFirst()
    }

    private mutating func findAliases(in sentences: [TextSentence]) {
        var acronyms: [String: [String]] = [:]
        for key in terms.keys where key.contains(" ") || key.contains("-") {
            let initials = String(key.split { $0 == " " || $0 == "-" }.compactMap(\.first))
            if initials.count >= 2 { acronyms[initials, default: []].append(key) }
        }
        for sentence in sentences {
            for word in sentence.original.split(separator: " ") where word.count <= 8 {
                let plain = word.trimmingCharacters { !$0.isLetter && !$0.isNumber }
                guard plain.count >= 2, plain.allSatisfy({ $0.isUppercase || $0.isNumber }),
                    let keys = acronyms[plain.lowercased()],
                    keys.count == 1
                else { continue }
                aliases[keys[0], default: []].insert(plain)
                aliases[plain.lowercased(), default: []].insert(terms[keys[0]]?.surface ?? keys[0])
            }
        }
    }

    /// Of which everybody knows which is meant.
    static let unique: Set<String> = [
        "sun", "earth", "moon", "world", "sky", "sea", "brain", "heart", "body", "internet", "universe", "past", "future",
        "environment",
        "atmosphere", "ocean", "equator",
    ]

    static let light: Set<String> = [
        "such", "many", "several", "various", "other", "different", "same", "certain", "new", "own", "main", "important", "first",
        "second", "third", "last", "next", "following", "previous", "common", "typical", "usual", "most", "few", "much", "more",
        "less",
        "good", "bad", "great", "little", "big", "large", "small", "whole", "entire", "full", "general", "particular", "specific",
        "similar", "possible", "available", "both", "all", "some", "any", "each", "every", "only", "simple", "current", "given",
    ]
    static let generic: Set<String> = [
        "method", "value", "thing", "way", "case", "example", "number", "kind", "type", "form", "part", "result", "fact", "time",
        "use",
        "point", "problem", "question", "reason", "set", "amount", "group", "level", "name", "order", "person", "people", "place",
        "process", "side", "size", "step", "term", "word", "year", "day", "work", "change", "effect", "end", "idea", "issue",
        "item",
        "list", "lot", "matter", "piece", "purpose", "rate", "range", "rule", "something", "anything", "sort", "state", "system",
        "user",
        "version", "world", "one", "man", "woman", "information", "data", "datum", "line", "page", "text", "section", "course",
        "option",
        "feature", "answer", "approach", "rest", "remainder", "default", "beginning", "start", "aspect", "area", "advantage",
        "disadvantage", "difference", "addition", "condition",
        "situation", "factor", "member", "majority", "variety", "series", "combination", "instance", "object", "element",
        "component",
    ]
    static let irregularPlurals: Set<String> = [
        "bacteria", "mitochondria", "nuclei", "mice", "men", "women", "people", "children", "data", "fungi", "phenomena",
        "criteria",
        "feet", "teeth", "geese", "algae", "vertebrae", "larvae", "alveoli", "ova", "taxa", "genera", "media",
    ]
}
