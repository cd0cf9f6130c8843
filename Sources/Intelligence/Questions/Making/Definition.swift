import LanguageModels
import Parsing

/// A sentence that says what a thing is: `A packet is a piece of data with a header`.
struct Definition: Sendable {
    var sentence: Int
    /// The term's key.
    var term: String
    /// As it stands within a sentence, with its article.
    var subject: String
    var isPlural: Bool
    /// `a piece of data with a header`
    var text: String
    /// Base form of the noun that says which kind of thing it is.
    var kind: String

    init?(_ sentence: TextSentence, at index: Int, terms: TermTable) {
        guard let parsed = sentence.parsed, let root = parsed.roots.first, parsed[root].lemma == "be",
            ["VBZ", "VBP"].contains(parsed[root].tag), parsed.child(of: root, as: .negation, .auxiliary) == nil,
            let subject = parsed.child(of: root, as: .subject), let attribute = parsed.child(of: root, as: .attribute),
            parsed[attribute].part == .noun, attribute > root
        else { return nil }
        let span = parsed.span(of: subject)
        guard span.lowerBound == 0, span.upperBound == root, span.count <= 8, parsed[subject].isNoun,
            let name = Self.name(subject, in: parsed), let term = terms.term(of: 0..<subject + 1, in: parsed)
        else { return nil }
        if ["one", "each", "every", "some", "any", "no", "all", "both", "most"].contains(parsed[0].lower) { return nil }
        // Which of several it is that `the` means, only the text before says.
        if parsed[0].lower == "the", name.count == subject + 1, !term.inHeading, term.count < 3 { return nil }
        // `the output format`: of what, only its page says.
        if parsed[0].lower == "the", name.count == subject + 1, name.count > 2, !term.isProper, term.rarest >= 3.75 {
            return nil
        }
        if span.contains(where: { TermTable.light.contains(parsed[$0].lower) || parsed[$0].relation == .number }) { return nil }
        // `Normally X is`, `the selected X`: which of several, or when, is not what it is.
        if parsed[0].part == .adverb { return nil }
        let isGiven = parsed[0].lower == "the" && span.contains { $0 < subject && ["VBN", "VBG"].contains(parsed[$0].tag) }
        if isGiven, !term.inHeading { return nil }
        // A name in quotation marks, or of a parameter.
        if span.contains(where: { parsed[$0].text.contains(where: { "\"“”‘’'`".contains($0) }) }) { return nil }
        if name.count == 1, parsed[subject].text.count >= 5, parsed[subject].text.allSatisfy(\.isUppercase) { return nil }
        if (span).contains(where: { parsed[$0].relation == .possessive || parsed[$0].tag == "JJS" || parsed[$0].tag == "JJR" }) {
            return nil
        }
        let definition = parsed.span(of: attribute)
        let end = Predicate.end(of: parsed)
        guard definition.lowerBound == root + 1, definition.upperBound <= end else { return nil }
        // `1.8 times the height`: how much it is, and not what.
        if parsed[definition.lowerBound].text.first?.isNumber == true { return nil }
        // What follows the noun's own words must still be about it.
        let others = parsed.children(of: root).filter { $0 > attribute && parsed[$0].relation != .punctuation }
        guard others.allSatisfy({ [.preposition, .adverbialClause].contains(parsed[$0].relation) }) else { return nil }
        guard
            !parsed.children(of: root).contains(where: { parsed[$0].text == "," && $0 > attribute && $0 < end - 1 })
                || others.isEmpty
        else { return nil }
        let isQualified = parsed.children(of: attribute).contains {
            $0 > attribute && [.preposition, .relativeClause, .adjectivalClause].contains(parsed[$0].relation)
        }
        guard isQualified || end - definition.lowerBound >= 6, end - definition.lowerBound >= 4 else { return nil }
        guard parsed.child(of: attribute, as: .conjunct) == nil else { return nil }
        // `A cell is source`, `the key is 64 bits`: no definitions.
        let determiner = parsed.child(of: attribute, as: .determiner)
        if ["a", "an"].contains(parsed[0].lower), determiner == nil { return nil }
        if parsed[root].lower == "is", parsed[attribute].isPluralNoun, determiner == nil { return nil }
        if name.count > subject + 1, TermTable.generic.contains(term.head) { return nil }
        let kind = parsed[attribute].lemma.lowercased()
        guard kind != term.head || end - definition.lowerBound >= 7 else { return nil }
        guard !Self.empty.contains(kind) else { return nil }
        let words = Set((definition.lowerBound..<end).map { parsed[$0].lower })
        guard
            words.isDisjoint(with: ["similar", "same", "like", "not", "another", "common", "popular", "good", "important", "its"]),
            words.isDisjoint(with: Self.praise)
        else { return nil }
        // `the percentage change, which is …`: what it is stands before the comma, and is not enough.
        let clause = (definition.lowerBound..<end).first {
            parsed[$0].text == "," && $0 + 1 < end && parsed[$0 + 1].lower == "which"
        }
        if let clause, clause - definition.lowerBound < 4 { return nil }
        // What something else is, beside it, is another definition.
        if !words.isDisjoint(with: ["while", "whereas", "although", "though", "but"]) { return nil }
        let text = parsed.text(definition.lowerBound..<end)
        // A definition that names what it defines says nothing.
        let own = Set(Words.contentStems(of: term.key))
        guard
            own.isDisjoint(with: Words.contentStems(of: text)) || term.words > 1 && !own.isSubset(of: Words.contentStems(of: text))
        else {
            return nil
        }
        self.sentence = index
        self.term = term.key
        self.subject = terms.inSentence(parsed.text(name), parsed[0])
        isPlural = parsed[root].lower == "are"
        self.text = text
        self.kind = kind
    }

    /// The subject's words as they are asked for: `the opportunity cost of a choice`, but `Gross domestic product` without `, GDP,`.
    private static func name(_ subject: Int, in parsed: ParsedSentence) -> Range<Int>? {
        var end = subject + 1
        for child in parsed.children(of: subject) where child > subject {
            switch parsed[child].relation {
            case .punctuation: break
            case .apposition where parsed[child].text.allSatisfy({ $0.isUppercase || $0.isNumber }): break
            case .preposition where parsed[child].lower == "of" && child == subject + 1 && parsed.span(of: child).count <= 4:
                end = parsed.span(of: child).upperBound
            default: return nil
            }
        }
        return end <= 7 ? 0..<end : nil
    }

    /// Whether something of this kind only stands for other words.
    static func isShortForm(_ kind: String) -> Bool {
        ["abbreviation", "acronym", "initialism", "shorthand", "contraction"].contains(kind)
    }

    /// Says how somebody likes a thing, and not what it is.
    private static let praise: Set<String> = [
        "very", "useful", "fundamental", "versatile", "powerful", "easy", "simple", "great", "excellent", "best", "essential",
        "key",
        "favourite", "nice", "elegant", "king", "preferred", "foundation", "mature", "clever", "handy", "convenient", "man-made",
        "supported", "compelling", "interesting", "wonderful",
    ]

    private static let empty: Set<String> = [
        "heart", "part", "selection", "opposite", "core", "backbone", "beginning", "end", "cornerstone", "must-have",
        "example", "case", "thing", "reason", "problem", "question", "matter", "lot", "idea", "goal", "step", "fact", "exception",
        "choice", "alternative", "bug", "mistake", "number", "majority", "difference", "advantage", "disadvantage", "purpose",

        "day", "aim", "task", "one", "issue", "variety", "couple", "result", "sign", "topic", "subject", "favorite", "must",
        "feature",
    ]
}
