/// What was heard of a recording in passing, while it is made: what is said is written down again, and better, when it is whole.
struct RecordingCaption: Sendable, Hashable {
    /// Of the last piece that it is of.
    let number: Int
    /// Milliseconds.
    let start, end: Int
    /// Empty where nothing was said.
    let text: String
}
