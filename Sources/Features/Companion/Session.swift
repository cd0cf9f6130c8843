package import Ambient
package import FoundationEssentials
import LanguageModels

/// A conversation with the companion, beside what the chat keeps of it.
package struct Session: Sendable, Equatable {
    package let id: SessionID
    package let userID: UserID
    package var persona: String
    /// `en` or `de`, or any other that answers may be in; nil to follow the student's.
    package var language: String?
    /// Whether it is remembered from and for.
    package var remembers: Bool
    /// Turns so far.
    package var turns: Int
    package let createdAt: Date
}

package enum SpokenAnswerKind {}
package typealias SpokenAnswerID = Identifier<SpokenAnswerKind>

/// An answer's sound, kept for a while.
struct SpokenAnswer: Sendable, Equatable {
    let id: SpokenAnswerID
    let userID: UserID
    let sha256: String
    let milliseconds: Int
    let createdAt: Date
}

package enum PictureKind {}
package typealias PictureID = Identifier<PictureKind>

/// A diagram that the companion drew.
struct Picture: Sendable, Equatable {
    enum Content: Sendable, Equatable {
        /// Sanitised.
        case svg(String)
        /// As a provider sent it, in the companion's own files.
        case file(sha256: String, PictureForm)
    }

    let id: PictureID
    let title: String
    let content: Content
    /// Whether a model drew it, or it was laid out from the documents.
    let isFromModel: Bool
}
