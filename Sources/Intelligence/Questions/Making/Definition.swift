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
        guard let parsed = sentence.parsed, let root = parsed.roots.first, let parts = Self.parts(root, in: parsed),
            parsed.child(of: root, as: .negation, .auxiliary) == nil
        else { return nil }
        let (subject, finite, attribute, anchor) = parts
        let span = parsed.span(of: subject)
        guard span.lowerBound == 0, span.upperBound == finite, span.count <= 8, parsed[subject].isNoun,
            let name = Self.name(subject, in: parsed), let term = terms.term(of: 0..<subject + 1, in: parsed)
        else { return nil }
        // `Therefore, X is` says what follows, and seldom what it is.
        let opening = sentence.original.lowercased().prefix { $0.isLetter || $0 == " " }
        if ["thus", "therefore", "consequently", "hence", "as a result"].contains(where: opening.hasPrefix) { return nil }
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
        guard definition.lowerBound == (anchor == attribute ? root : anchor) + 1, definition.upperBound <= end else { return nil }
        // `1.8 times the height`: how much it is, and not what.
        if parsed[definition.lowerBound].text.first?.isNumber == true { return nil }
        // What follows the noun's own words must still be about it.
        let others = parsed.children(of: root).filter { $0 > attribute && $0 != anchor && parsed[$0].relation != .punctuation }
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
        if parsed[finite].lower == "is", parsed[attribute].isPluralNoun, determiner == nil { return nil }
        if name.count > subject + 1, TermTable.generic.contains(term.head) { return nil }
        // `The properties of proteins are …` says how they are.
        if name.count > subject + 1, Self.attributes.contains(parsed[subject].lemma.lowercased()) { return nil }
        let kind = Self.kind(of: attribute, in: parsed)
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
        guard Self.tells(definition.lowerBound..<end, text, in: parsed, terms) else { return nil }
        // A definition that names what it defines says nothing.
        let own = Set(Words.contentStems(of: term.key))
        guard
            own.isDisjoint(with: Words.contentStems(of: text)) || term.words > 1 && !own.isSubset(of: Words.contentStems(of: text))
        else {
            return nil
        }
        guard Set(Words.contentStems(of: text)).subtracting(own).count >= 4 else { return nil }
        self.sentence = index
        self.term = term.key
        self.subject = terms.inSentence(parsed.text(name), parsed[0])
        isPlural = parsed[finite].lower == "are" || finite == root && parsed[root].tag == "VBP"
        self.text = text
        self.kind = kind
    }

    /// `X is Y`, `X refers to Y`, `X means Y`, `X is defined as Y`: where X, the verb that agrees with it, and Y are, and what Y hangs on.
    private static func parts(
        _ root: Int, in parsed: ParsedSentence
    ) -> (subject: Int, finite: Int, attribute: Int, anchor: Int)? {
        guard let finite = Predicate.finite(root, in: parsed), ["VBZ", "VBP"].contains(parsed[finite].tag),
            let subject = Predicate.subject(root, in: parsed)
        else { return nil }
        let noun: Int?
        let anchor: Int?
        switch parsed[root].lemma {
        case "be":
            noun = parsed.child(of: root, as: .attribute)
            anchor = noun
        case "mean":
            noun = parsed.child(of: root, as: .object)
            anchor = noun
        case "refer", "define":
            let word = parsed[root].lemma == "refer" ? "to" : "as"
            guard (word == "to") == (finite == root), finite == root || root == finite + 1 else { return nil }
            anchor = parsed.children(of: root, as: .preposition).first { parsed[$0].lower == word && $0 == root + 1 }
            noun = anchor.flatMap { parsed.child(of: $0, as: .prepositionObject) }
        default: return nil
        }
        guard let noun, let anchor, parsed[noun].part == .noun, noun > root else { return nil }
        return (subject, finite, noun, anchor)
    }

    /// The noun that says which kind of thing it is: `marriage` of `a form of marriage`.
    private static func kind(of noun: Int, in parsed: ParsedSentence) -> String {
        let lemma = parsed[noun].lemma.lowercased()
        guard ["form", "type", "kind", "sort", "class"].contains(lemma),
            let of = parsed.children(of: noun, as: .preposition).first(where: { parsed[$0].lower == "of" }),
            let inner = parsed.child(of: of, as: .prepositionObject), parsed[inner].isNoun
        else { return lemma }
        return parsed[inner].lemma.lowercased()
    }

    /// What a sentence says in passing: `the amygdala, a structure that stores fear, …`, `the amygdala, which is a structure that …`.
    ///
    /// It is understood by itself even where the rest of its sentence is not.
    static func asides(_ sentence: TextSentence, at index: Int, terms: TermTable) -> [Definition] {
        guard let parsed = sentence.parsed else { return [] }
        var found: [Definition] = []
        for chunk in parsed.nounChunks {
            let noun = chunk.upperBound - 1
            guard let core = TermTable.core(of: chunk, in: parsed), let term = terms.term(of: core, in: parsed),
                chunk.upperBound + 1 < parsed.count, parsed[chunk.upperBound].text == ",", !term.isPerson,
                parsed[noun].part == .noun,
                (chunk.lowerBound..<core.lowerBound).allSatisfy({ ["a", "an", "the"].contains(parsed[$0].lower) }),
                chunk.lowerBound == 0 || !["of", "and", "or", ",", "-"].contains(parsed[chunk.lowerBound - 1].lower)
            else { continue }
            let start = chunk.upperBound + 1
            let told: Int
            let first: Int
            if let apposed = parsed.child(of: noun, as: .apposition), parsed[apposed].part == .noun,
                parsed.span(of: apposed).lowerBound == start, ["a", "an", "the"].contains(parsed[start].lower)
            {
                (told, first) = (apposed, start)
            } else if let clause = parsed.child(of: noun, as: .relativeClause), parsed[clause].lemma == "be",
                ["VBZ", "VBP"].contains(parsed[clause].tag), clause == start + 1, parsed[start].lower == "which",
                let attribute = parsed.child(of: clause, as: .attribute), parsed[attribute].part == .noun,
                parsed.span(of: attribute).lowerBound == clause + 1
            {
                (told, first) = (attribute, clause + 1)
            } else {
                continue
            }
            let end = parsed.span(of: told).upperBound
            guard end >= parsed.count || [",", ".", ";"].contains(parsed[end].text), end - first >= 5,
                parsed.child(of: told, as: .conjunct) == nil, parsed[told].isPluralNoun == parsed[noun].isPluralNoun,
                parsed.children(of: told).contains(where: {
                    $0 > told && [.preposition, .relativeClause, .adjectivalClause].contains(parsed[$0].relation)
                }), !TermTable.generic.contains(term.key)
            else { continue }
            let text = parsed.text(first..<end)
            let kind = kind(of: told, in: parsed)
            let words = Set((first..<end).map { parsed[$0].lower })
            let own = Set(Words.contentStems(of: term.key))
            guard tells(first..<end, text, in: parsed, terms), words.isDisjoint(with: praise), words.isDisjoint(with: leaning),
                !empty.contains(kind), !own.isSubset(of: Words.contentStems(of: text)),
                Set(Words.contentStems(of: text)).subtracting(own).count >= 4, PlainGate.reason("The thing is \(text).") == nil
            else { continue }
            let article = parsed[chunk.lowerBound].lower
            let name = parsed.text(core)
            let subject = core.lowerBound == 0 ? terms.inSentence(name, parsed[0]) : name
            found.append(
                Definition(
                    sentence: index, term: term.key,
                    subject: core.lowerBound == chunk.lowerBound ? subject : "\(article) \(subject)",
                    isPlural: parsed[noun].isPluralNoun, text: text, kind: kind))
        }
        return found
    }

    private init(sentence: Int, term: String, subject: String, isPlural: Bool, text: String, kind: String) {
        (self.sentence, self.term, self.subject) = (sentence, term, subject)
        (self.isPlural, self.text, self.kind) = (isPlural, text, kind)
    }

    /// Whether a definition says enough, and nothing that only the text before it makes clear.
    private static func tells(_ range: Range<Int>, _ text: String, in parsed: ParsedSentence, _ terms: TermTable) -> Bool {
        // Which virus, only the text before says.
        if parsed.hasLooseNoun(in: range, terms: terms) { return false }
        // `a plastic used for packaging`: many are.
        // More than what, only the text before says.
        if parsed.words[range].contains(where: { ["JJR", "RBR"].contains($0.tag) || $0.lower == "more" }),
            !text.contains("or more"),
            !text.contains("than ")
        {
            return false
        }
        if ["used for", "used primarily for", "used mainly for", "used mostly for", "used in "].contains(where: text.contains) {
            return false
        }
        if ["all", "any", "each", "one", "some", "many", "major", "various", "several", "most", "certain"].contains(
            parsed[range.lowerBound].lower) || text.contains("and so on")
        {
            return false
        }
        // `organisms, such as bacteria` could be many things.
        if let such = text.firstRange(of: ", such as"), Words.contentStems(of: String(text[..<such.lowerBound])).count < 4 {
            return false
        }
        return true
    }

    /// Words that lean on what stands elsewhere.
    private static let leaning: Set<String> = [
        "this", "these", "those", "it", "its", "they", "their", "them", "he", "she", "his", "her", "which", "other", "another",
        "also", "such",
        "same", "similar", "then", "here", "there", "we", "our", "you", "your", "not", "former", "latter", "common", "popular",
        "important",
        "good", "like", "example", "part", "shown", "described", "discussed", "mentioned", "called",
    ]

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
        "because", "than", "final", "third", "second", "fourth", "distant", "critical", "considerable", "controversial", "poor",
        "relatively",
        "major", "former", "perfect", "crucial", "vital", "significant", "interesting", "integral", "central", "frequent",
        "typical", "rare",
        "very", "useful", "fundamental", "versatile", "powerful", "easy", "simple", "great", "excellent", "best", "essential",
        "key",
        "favourite", "nice", "elegant", "king", "preferred", "foundation", "mature", "clever", "handy", "convenient", "man-made",
        "supported", "compelling", "interesting", "wonderful",
    ]

    /// What things have, and what they are not.
    private static let attributes: Set<String> = [
        "property", "characteristic", "role", "function", "structure", "use", "benefit", "effect", "cause", "symptom", "goal",
        "importance",
        "origin", "product", "reason", "quality", "strength", "weakness",
    ]

    private static let empty: Set<String> = [
        "basis", "indicator", "mechanism", "component", "relative", "area", "hallmark", "challenge", "concern", "priority", "field",
        "source", "member",
        "means", "cause", "factor", "consequence", "characteristic", "element", "aspect", "contributor", "marker", "victim",
        "winner",
        "heart", "part", "selection", "opposite", "core", "backbone", "beginning", "end", "cornerstone", "must-have",
        "example", "case", "thing", "reason", "problem", "question", "matter", "lot", "idea", "goal", "step", "fact", "exception",
        "choice", "alternative", "bug", "mistake", "number", "majority", "difference", "advantage", "disadvantage", "purpose",

        "day", "aim", "task", "one", "issue", "variety", "couple", "result", "sign", "topic", "subject", "favorite", "must",
        "feature",
    ]
}
