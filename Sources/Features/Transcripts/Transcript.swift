package import Ambient
package import FoundationEssentials

package enum TranscriptKind {}
package typealias TranscriptID = Identifier<TranscriptKind>
package enum TranscriptSegmentKind {}
package typealias TranscriptSegmentID = Identifier<TranscriptSegmentKind>

/// A recording that a student brought, and what is said in it as far as it has been written down.
package struct Transcript: Sendable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Its sound is still coming, a piece at a time.
        case recording
        /// The pieces are made one file.
        case joining
        /// Its job waits.
        case pending
        case processing
        case completed
        case failed
        /// The student stopped it; it can go on from there.
        case cancelled
    }

    /// How it stands with the document of the library that is made of it.
    package enum Shelf: String, Sendable, Codable, CaseIterable {
        case none, pending, completed, failed
    }

    /// How far those who speak are told apart.
    package enum Parting: String, Sendable, Codable, CaseIterable {
        case none, pending, completed, failed
    }

    /// A stretch that was not written down, and why.
    package struct Gap: Sendable, Codable, Hashable {
        package enum Reason: String, Sendable, Codable, CaseIterable {
            /// The file ends before it says it does, or is damaged there.
            case lost
            /// The recogniser failed on it.
            case failed
        }

        /// Milliseconds.
        package let start, end: Int
        package let reason: Reason
    }

    package let id: TranscriptID
    package let userID: UserID
    package var title: String
    /// As the browser gave it, without folders.
    package let filename: String
    /// Of the file; empty until there is one.
    package var sha256: String
    package var size: Int
    package var mediaType: String
    /// As ISO 639-1: what it was said to be in; nil to find it out.
    package let wish: String?
    package let vocabulary: [String]
    package var state: State
    /// How much of it has been heard, of how much, in milliseconds; the latter once it is known.
    package var heard: Int
    package var milliseconds: Int?
    package var language: String?
    package var engine: String?
    /// 0 to 1; the mean over what is said.
    package var confidence: Double?
    package var gaps: [Gap]
    /// What the student calls each speaker.
    package var speakers: [String: String]
    package var parting = Parting.none
    /// How many people were said to speak; nil to find it out.
    package var partingCount: Int?
    package var partingProblem: String?
    package var problem: String?
    package var jobID: UUID?
    /// Whose document it becomes, and whose words are likely to be said; an `Identifier` of its feature, as the next are.
    package var courseID: UUID?
    /// The document that is shown while it is said.
    package var slidesID: UUID?
    package var shelf = Shelf.none
    package var shelfProblem: String?
    /// The document of the library.
    package var documentID: UUID?
    /// Up to when that document has what was corrected.
    package var shelvedAt: Date?
    package let createdAt: Date
    package var updatedAt: Date

    /// Whether its document lacks what was corrected since.
    package var isShelfOld: Bool { documentID != nil && shelf != .pending && shelvedAt.map { $0 < updatedAt } ?? true }
}

/// A sentence or so of a transcript.
package struct TranscriptSegment: Sendable, Hashable {
    package struct Word: Sendable, Hashable {
        package var text: String
        /// Milliseconds.
        package var start, end: Int
    }

    package let id: TranscriptSegmentID
    /// Milliseconds.
    package var start, end: Int
    package var text: String
    /// 0 to 1; nil for what the student wrote.
    package var confidence: Double?
    package var speaker: String?
    package var words: [Word]
}
