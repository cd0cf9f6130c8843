/// A word or sign as the tokenizer cuts it out of a text.
struct RawWord: Sendable, Hashable {
    var text: String
    /// What it usually looks like: `not` for `n't`, `"` for `“`.
    var norm: String
    var hasSpaceAfter = false
}
