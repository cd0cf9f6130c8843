/// A thing that a text is about: a noun with what makes it that noun.
struct Term: Sendable {
    /// The words in lower case, the last in its base form.
    let key: String
    /// As it mostly stands within sentences.
    var surface: String
    var count = 0
    /// Places of sentences that name it.
    var sentences: Set<Int> = []
    var sections: Set<String> = []
    var inHeading = false
    var isDefined = false
    var isPlural = false
    var isProper = false
    var isPerson = false
    /// Base form of its last word.
    var head: String
    /// Of its most frequent word, which says how common the term is.
    var zipf = 0.0
    /// Of its rarest word.
    var rarest = 0.0

    var words: Int { key.split(separator: " ").count }

    /// How much a text turns on it.
    var score: Double { (Double(count) + (inHeading ? 2 : 0) + (isDefined ? 2 : 0)) * max(0, 6.4 - zipf) }
}
