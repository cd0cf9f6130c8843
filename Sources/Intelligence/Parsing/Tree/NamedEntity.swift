/// A name, date or amount in a sentence.
package struct NamedEntity: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case person = "PERSON", organisation = "ORG", date = "DATE", place = "GPE", money = "MONEY", cardinal = "CARDINAL"
        case group = "NORP", percent = "PERCENT", work = "WORK_OF_ART", location = "LOC", time = "TIME", quantity = "QUANTITY"
        case facility = "FAC", event = "EVENT", ordinal = "ORDINAL", product = "PRODUCT", law = "LAW", language = "LANGUAGE"
    }

    package var kind: Kind
    /// Places of its words in the sentence.
    package var words: Range<Int>
}
