package import Ambient
package import FoundationEssentials
package import Speech

package enum SpokenAudioKind {}
package typealias SpokenAudioID = Identifier<SpokenAudioKind>

/// A text that was read aloud for a student, or is about to be.
package struct SpokenAudio: Sendable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Its job waits, or is at it.
        case pending
        case ready
        case failed
    }

    /// Where the text came from.
    package struct Source: Sendable, Hashable {
        package enum Kind: String, Sendable, Codable, CaseIterable { case document, message }

        package let kind: Kind
        package let id: UUID
    }

    /// A word of the text, and when it is spoken.
    package struct Word: Sendable, Hashable {
        package let text: String
        /// Where it stands in the text, in UTF-16 code units.
        package let range: Range<Int>
        /// Milliseconds.
        package let start, end: Int
    }

    package let id: SpokenAudioID
    package let userID: UserID
    /// The beginning of the text, or the title of what it is from.
    package let title: String
    package let text: String
    package let source: Source?
    package let form: AudioForm
    package let speed: Double
    /// What was asked for; nil for the best.
    package let wish: String?
    /// As ISO 639-1: nil to find it out.
    package let language: String?
    package var state: State
    /// The voice and the engine that spoke most of it, once it is ready.
    package var voice: String?
    package var engine: String?
    /// Of the file: its SHA-256, and how many bytes it has.
    package var sha256: String?
    package var size: Int?
    package var milliseconds: Int?
    package var words: [Word]
    /// Why it failed, for the person.
    package var problem: String?
    package var jobID: UUID?
    package let createdAt: Date
}
