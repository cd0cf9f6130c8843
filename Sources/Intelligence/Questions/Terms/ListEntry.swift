import LanguageModels
import Parsing

/// A term of a list or glossary with what describes it, cleaned of what gives it away or is no part of what it says.
struct ListEntry: Sendable {
    /// As it is shown: `initial public offering`.
    let term: String
    /// Other names of it, which the list tells: `IPO`.
    let aliases: [String]
    let description: String
    /// nil without a parser, and where the description is a sentence of its own.
    let kind: DescribedKind?
    let item: TextListItem
    /// Content words of the description.
    let stems: Set<String>
    /// What tells it from others wherever it stands.
    let key: String
    /// Whether the term is one of several things: `moieties`.
    let isPlural: Bool

    /// - Parameter isGlossary: there a description must say what its term is; in other lists it may be a sentence about it.
    init?(_ item: TextListItem, isGlossary: Bool, parser: EnglishParser?, wordnet: WordNet?) {
        guard let name = item.term, let told = Self.told(name), let (description, others) = Self.brief(item.description) else {
            return nil
        }
        guard Self.isTerm(told.term), Self.isDescription(description), Self.isNoun(told.term, wordnet) else { return nil }
        if let parser {
            kind = DescribedKind(description, parser: parser, wordnet: wordnet)
            if isGlossary, kind == nil { return nil }
        } else {
            kind = nil
        }
        // `individuals who are connected by blood` are nobody's `descent`.
        isPlural = Self.isPlural(told.term, wordnet)
        if let kind, kind.isPlural, !isPlural, kind.lexicalClass == WordNet.persons { return nil }
        term = told.term
        aliases = told.aliases + others
        self.description = description
        self.item = item
        stems = Set(Words.contentStems(of: description))
        key = Self.key(told.term)
    }

    static func key(_ term: String) -> String { Words.contentStems(of: term).joined(separator: " ") }

    /// `initial public offering (IPO)` as a name and a second one.
    private static func told(_ name: String) -> (term: String, aliases: [String])? {
        guard let open = name.firstIndex(of: "(") else { return (name, []) }
        guard let close = name[open...].firstIndex(of: ")") else { return nil }
        let inner = name[name.index(after: open)..<close].trimmingCharacters(where: \.isWhitespace)
        let rest = (name[..<open] + name[name.index(after: close)...]).split(separator: " ").joined(separator: " ")
        guard !rest.isEmpty else { return nil }
        return name[name.index(after: close)...].allSatisfy(\.isWhitespace)
            ? (rest, Self.isPlain(inner) ? [inner] : []) : (rest, [])
    }

    /// Its first sentence without the full stop, and the other names that it tells.
    private static func brief(_ text: String) -> (String, [String])? {
        var rest = SentenceSplitter.sentences(in: text).first?.text ?? text
        var names: [String] = []
        // `(also, interstice) space between atoms`, `also called mean; a number that …`
        if rest.hasPrefix("("), let close = rest.firstIndex(of: ")") {
            names += otherNames(String(rest[rest.index(after: rest.startIndex)..<close]))
            rest = rest[rest.index(after: close)...].trimmingCharacters(where: \.isWhitespace)
        } else if rest.lowercased().hasPrefix("also "), let cut = rest.firstIndex(where: { $0 == ";" || $0 == "," }) {
            names += otherNames(String(rest[..<cut]))
            rest = rest[rest.index(after: cut)...].trimmingCharacters(where: \.isWhitespace)
        }
        // `a space, also called a hole`: what stands behind it, or before it, is told without.
        for sign in [("(also ", ")"), ("(often called", ")"), ("(or ", ")"), ("(abbreviated", ")")] {
            if let open = rest.lowercased().firstRange(of: sign.0), let close = rest[open.lowerBound...].firstIndex(of: ")") {
                names += otherNames(String(rest[rest.index(after: open.lowerBound)..<close]))
                rest = (rest[..<open.lowerBound].trimmingCharacters(where: \.isWhitespace) + rest[rest.index(after: close)...])
            }
        }
        if let see = rest.firstRange(of: "; see ") ?? rest.firstRange(of: ". See ") ?? rest.firstRange(of: " (see ") {
            rest = String(rest[..<see.lowerBound])
        }
        let lower = rest.lowercased()
        guard
            !["also called", "often called", "also known", "also referred", "sometimes called", "abbreviated"].contains(
                where: lower.contains)
        else { return nil }
        rest = rest.replacing("()", with: "").split(separator: " ").joined(separator: " ").replacing(" ,", with: ",").replacing(
            " .", with: ".")
        let text = rest.trimmingCharacters { ".; ,".contains($0) }
        return text.isEmpty ? nil : (text, names)
    }

    private static func otherNames(_ text: String) -> [String] {
        var name = text.trimmingCharacters { ",; ".contains($0) }
        for lead in ["also", "often", "sometimes", "or", "called", "known as", "referred to as", "abbreviated", "the", "a", "an"] {
            for sign in [" ", ", "] where name.lowercased().hasPrefix(lead + sign) {
                name = String(name.dropFirst(lead.count + sign.count))
            }
        }
        return name.isEmpty || !isPlain(name) || name.split(separator: " ").count > 4 ? [] : [name]
    }

    /// Whether a name is one, and not a word about it such as `plural = schemata`.
    private static func isPlain(_ name: String) -> Bool { !name.contains("=") && !name.hasPrefix("plural") }

    private static func isTerm(_ term: String) -> Bool {
        let lower = term.lowercased()
        if ordinals.contains(lower) { return false }
        // `Line 3` is told by its place alone.
        if term.split(separator: " ").count == 2, let last = term.split(separator: " ").last, last.allSatisfy(\.isNumber) {
            return false
        }
        return term.split(separator: " ").count <= 5
            && !["note", "example", "hint", "tip", "warning", "question", "answer", "q", "a", "definition", "summary"].contains(
                lower)
            && !term.contains(where: { "_`/\\=<>{}$@[]*".contains($0) }) && term.contains(where: \.isLetter)
    }

    private static let ordinals: Set<String> = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "firstly", "secondly",
        "thirdly", "finally", "last", "lastly", "one", "two", "three", "four", "next", "then",
    ]

    private static func isDescription(_ text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
        guard (4...45).contains(text.split(separator: " ").count), !text.contains(where: { "{}\\`_=<>|@".contains($0) }),
            !text.contains("http"), !text.contains("TODO"), !text.hasSuffix("?"), !text.contains(": "), !text.contains("“”"),
            !text.contains("\"\""),
            !PlainGate.isPersonal(text), !PlainGate.isUnbalanced(text)
        else { return false }
        if Self.openings.contains(where: { text.lowercased().hasPrefix($0) }) { return false }
        // What only the text around it names.
        return !words.contains {
            ["this", "these", "those", "latter", "former", "above", "below", "following", "figure", "chapter", "example"].contains(
                $0)
        }
    }

    private static let openings = [
        "the term", "a term", "term ", "when ", "where ", "how ", "see ", "if ", "in ", "of ", "for ", "used ", "also ", "one of ",
        "another ",
        "type of", "that ", "which ", "refers ", "describes ", "describing ", "referring ", "relating ", "pertaining ",
    ]

    /// `isomorphous` says how a thing is, and is no name of one.
    private static func isNoun(_ term: String, _ wordnet: WordNet?) -> Bool {
        guard let wordnet, let last = head(term), !last.hasSuffix("ing") else { return true }
        // `components of emotion` are a list of things that have names of their own.
        let base = last.hasSuffix("s") ? String(last.dropLast()) : last
        if term.lowercased().contains("\(last) of "), TermTable.generic.contains(base) { return false }
        if !wordnet.senses(of: last, as: .noun).isEmpty { return true }
        // `evaluate` is what is done, `seminomadic` how something is.
        if !wordnet.senses(of: last, as: .verb).isEmpty { return false }
        if ["ic", "ous", "ive", "ical"].contains(where: last.hasSuffix) { return false }
        return wordnet.senses(of: last, as: .adjective).isEmpty && wordnet.senses(of: last, as: .adverb).isEmpty
    }

    /// The word that says what it is: `head` of `head of state`.
    private static func head(_ term: String) -> String? {
        let words = term.lowercased().split(separator: " ").map(String.init)
        if let cut = words.firstIndex(where: { ["of", "in", "with", "for", "by", "on", "to"].contains($0) }), cut > 0 {
            return words[cut - 1]
        }
        return words.last
    }

    static func isPlural(_ term: String, _ wordnet: WordNet?) -> Bool {
        guard let last = head(term) else { return false }
        if TermTable.irregularPlurals.contains(last) { return true }
        guard last.hasSuffix("s"), !["ss", "us", "is", "ics"].contains(where: last.hasSuffix) else { return false }
        guard let wordnet else { return true }
        let singular = last.hasSuffix("ies") ? String(last.dropLast(3)) + "y" : String(last.dropLast())
        return !wordnet.senses(of: singular, as: .noun).isEmpty || wordnet.senses(of: last, as: .noun).isEmpty
    }
}
