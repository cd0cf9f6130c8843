/// A piece of a recording that is stored: pieces of one take make its file when they are put one behind the other.
struct RecordingPiece: Sendable, Hashable {
    /// From 0, through all takes.
    let number: Int
    /// A recording that was interrupted goes on with another take: a file of its own.
    let take: Int
    /// Of its bytes.
    let sha256: String
    let size: Int
}
