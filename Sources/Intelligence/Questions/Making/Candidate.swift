/// A question that might be asked, before it is chosen among others.
struct Candidate {
    var draft: DraftQuestion
    /// Place of its sentence; nil where it comes from a list.
    var sentence: Int?
    /// The term that it asks for.
    var key: String
    /// The terms whose meaning it asks for, or that their meanings ask for: one quiz does so once.
    var facts: Set<String> = []
    /// How good it promises to be.
    var weight: Double
    /// Words of its stem, as stems.
    var stems: Set<String>
}
