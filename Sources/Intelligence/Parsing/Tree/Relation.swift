/// How a word hangs on its head, in the labels of ClearNLP that spaCy's English models use.
package enum Relation: String, Sendable, Hashable, CaseIterable {
    /// Hangs on nothing: the word that a sentence, or a part of one, is built on.
    case root = "ROOT"
    case adjectivalComplement = "acomp"
    case adjectivalClause = "acl"
    case adverbialClause = "advcl"
    case adverb = "advmod"
    case agent
    case adjective = "amod"
    case apposition = "appos"
    /// What something is said to be: `a molecule` in `Water is a molecule`.
    case attribute = "attr"
    case auxiliary = "aux"
    case passiveAuxiliary = "auxpass"
    case possessiveMarker = "case"
    case coordinator = "cc"
    case clausalComplement = "ccomp"
    case compound
    case conjunct = "conj"
    case clausalSubject = "csubj"
    case passiveClausalSubject = "csubjpass"
    case dative
    case unknown = "dep"
    case determiner = "det"
    case object = "dobj"
    /// `There` in `There are two`.
    case expletive = "expl"
    case interjection = "intj"
    /// `because`, `that`, `if` on the verb of their clause.
    case marker = "mark"
    case meta
    case negation = "neg"
    case nominalModifier = "nmod"
    case nounAdverbial = "npadvmod"
    case subject = "nsubj"
    case passiveSubject = "nsubjpass"
    case number = "nummod"
    /// `green` in `is painted green`, `X` in `is called X`.
    case objectPredicate = "oprd"
    case parataxis
    case prepositionComplement = "pcomp"
    case prepositionObject = "pobj"
    case possessive = "poss"
    case preconjunction = "preconj"
    case predeterminer = "predet"
    case preposition = "prep"
    case particle = "prt"
    case punctuation = "punct"
    case quantifier = "quantmod"
    case relativeClause = "relcl"
    case openComplement = "xcomp"

    package var isSubject: Bool { self == .subject || self == .passiveSubject }
}
