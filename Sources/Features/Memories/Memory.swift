package import Ambient
package import FoundationEssentials
package import Recollection

/// Something that is remembered of a student.
package struct Memory: Sendable, Hashable {
    package let id: MemoryID
    package let userID: UserID
    package var kind: MemoryKind
    /// In the student's own words.
    package var text: String
    /// What it is one answer to, of which there can be one at a time.
    package var slot: String?
    /// How sure it is, from 0 to 1; what the student wrote down is 1.
    package var confidence: Double
    package var isPinned: Bool
    /// The message that said it last; nil where the student wrote it down.
    package var source: UtteranceID?
    /// The one that holds in its place.
    package var supersededBy: MemoryID?
    package var createdAt: Date
    /// When it was last said.
    package var toldAt: Date
    /// When it was last of use for an answer, and for how many.
    package var usedAt: Date?
    package var uses: Int

    /// The same as what an utterance tells.
    var recollected: Recollected { Recollected(kind, text, slot: slot, confidence: confidence) }
}

/// A memory with the vector of its text.
struct EmbeddedMemory: Sendable {
    var memory: Memory
    var vector: [Float]

    func cosine(_ other: [Float]) -> Double {
        guard vector.count == other.count else { return 0 }
        return Double(zip(vector, other).reduce(Float(0)) { $0 + $1.0 * $1.1 })
    }
}
