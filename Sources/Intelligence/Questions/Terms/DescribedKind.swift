import LanguageModels
import Parsing

/// Which kind of thing a description describes, by the noun that it turns on: `statement` of `a statement that is always false`.
struct DescribedKind: Sendable, Hashable {
    /// Base form of the noun; of `adding salt to water` nil.
    let head: String?
    /// WordNet's class of the noun in its first sense, such as acts, persons or feelings.
    let lexicalClass: Int?
    let isPlural: Bool

    init(head: String?, isPlural: Bool, wordnet: WordNet?) {
        self.head = head
        self.isPlural = isPlural
        // WordNet has `person` itself above all classes.
        if let head {
            lexicalClass = ["person", "individual", "people"].contains(head) ? WordNet.persons : wordnet?.lexicalClass(of: head)
        } else {
            lexicalClass = WordNet.acts
        }
    }

    /// Takes a description apart; nil where it begins with a verb or describes no thing.
    init?(_ description: String, parser: EnglishParser, wordnet: WordNet?) {
        let text = Self.inSentence(description)
        let plain = parser.parse(text + ".")
        guard let first = plain.words.first else { return nil }
        if first.tag == "VBG", first.relation != .adjectivalClause, plain.words.count > 1, !plain[1].isNoun || first.head == 0 {
            self.init(head: nil, isPlural: false, wordnet: wordnet)
            return
        }
        guard !["VBZ", "VBP", "VBN", "VBD", "MD", "WRB", "TO"].contains(first.tag) else { return nil }
        // A sentence of its own, such as `The subject must know of any risk`.
        if plain.roots.contains(where: { Predicate.isFinite($0, in: plain) && Predicate.subject($0, in: plain) != nil }) {
            return nil
        }
        let parsed = parser.parse("It is \(text).")
        guard let root = parsed.roots.first, parsed.roots.count == 1, parsed[root].lemma == "be",
            var noun = parsed.child(of: root, as: .attribute), parsed[noun].isNoun
        else { return nil }
        // `a form of marriage` is a marriage.
        if Self.sorts.contains(parsed[noun].lemma.lowercased()),
            let of = parsed.children(of: noun, as: .preposition).first(where: { parsed[$0].lower == "of" }),
            let inner = parsed.child(of: of, as: .prepositionObject), parsed[inner].isNoun
        {
            self.init(head: parsed[inner].lemma.lowercased(), isPlural: parsed[noun].isPluralNoun, wordnet: wordnet)
            return
        }
        while parsed[noun].relation == .compound { noun = parsed[noun].head }
        self.init(head: parsed[noun].lemma.lowercased(), isPlural: parsed[noun].isPluralNoun, wordnet: wordnet)
    }

    /// Whether both are of one kind, so that one does not stand out beside the other.
    func isLike(_ other: DescribedKind) -> Bool {
        guard isPlural == other.isPlural else { return false }
        if hasHead(of: other) { return true }
        guard let one = lexicalClass, let two = other.lexicalClass, head != nil, other.head != nil else { return false }
        return one == two && WordNet.tangible.contains(one)
    }

    /// Whether both turn on the same noun, or both on what is done.
    func hasHead(of other: DescribedKind) -> Bool { head == other.head && isPlural == other.isPlural }

    private static let sorts: Set<String> = ["form", "type", "kind", "sort", "class", "category", "subcategory", "example", "one"]

    private static func inSentence(_ text: String) -> String {
        guard let first = text.first, first.isUppercase,
            text.dropFirst().first?.isLowercase == true || text.dropFirst().first == " "
        else {
            return text
        }
        return first.lowercased() + text.dropFirst()
    }
}
