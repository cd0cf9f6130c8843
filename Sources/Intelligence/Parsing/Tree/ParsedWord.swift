/// A word of a parsed sentence.
package struct ParsedWord: Sendable, Hashable {
    package var text: String
    package var lemma: String
    /// Of the Penn Treebank: `NNS`, `VBZ`.
    package var tag: String
    package var part: PartOfSpeech
    /// Its head's place in the sentence; its own for a root.
    package var head: Int
    package var relation: Relation
    package var hasSpaceAfter: Bool

    package var lower: String { text.lowercased() }
    package var isNoun: Bool { part == .noun || part == .properNoun }
    /// A verb with a tense, or a modal verb.
    package var isFinite: Bool { ["VBZ", "VBP", "VBD", "MD"].contains(tag) }
    package var isPluralNoun: Bool { tag == "NNS" || tag == "NNPS" }
}

/// Parts of speech of Universal Dependencies.
package enum PartOfSpeech: String, Sendable, Hashable, CaseIterable {
    case adjective = "ADJ", adposition = "ADP", adverb = "ADV", auxiliary = "AUX", coordinator = "CCONJ", determiner = "DET"
    case interjection = "INTJ", noun = "NOUN", numeral = "NUM", particle = "PART", pronoun = "PRON", properNoun = "PROPN"
    case punctuation = "PUNCT", subordinator = "SCONJ", symbol = "SYM", verb = "VERB", other = "X"
}
