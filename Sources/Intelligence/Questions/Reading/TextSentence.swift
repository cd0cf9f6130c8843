import Parsing

/// A sentence of a source, taken apart if it got that far.
struct TextSentence: Sendable {
    /// What questions are made from: without an opening connective, and with `It` told.
    var text: String
    /// What stands in the source.
    var original: String
    /// Place in the source's passages.
    var passage: Int
    /// In Unicode scalars of the passage.
    var range: Range<Int>
    var headings: [String]
    /// Sentences of one paragraph share it; those of two passages never do.
    var paragraph: Int
    var isListItem: Bool
    var parsed: ParsedSentence?

    /// Its innermost heading.
    var section: String { headings.last ?? "" }
}

/// An item of a list, or an entry of a glossary.
struct TextListItem: Sendable {
    /// What stands before the colon or dash; nil where there is none.
    var term: String?
    var description: String
    /// Of the whole item in the passage, in Unicode scalars.
    var range: Range<Int>
    var text: String
}

/// Items that follow one another.
struct TextList: Sendable {
    var items: [TextListItem]
    var passage: Int
    var headings: [String]
    /// The sentence above it.
    var lead: String?
    var isNumbered: Bool

    var isGlossary: Bool { Section.isGlossary(headings) }
}
