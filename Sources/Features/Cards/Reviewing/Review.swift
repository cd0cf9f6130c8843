package import Ambient
package import FoundationEssentials
package import Spacing

package enum ReviewKind {}
package typealias ReviewID = Identifier<ReviewKind>

/// One answer of a student to one card. Its id is the one that the browser gave it, so that what is sent twice counts once.
package struct Review: Sendable, Equatable {
    package let id: ReviewID
    package let userID: UserID
    package let cardID: CardID
    package var deckID: DeckID
    package let grade: ReviewGrade
    package let reviewedAt: Date
    /// Of the student's days since the review before; 0 for the first.
    package var days: Double
    /// How long the student thought, in milliseconds.
    package let durationMs: Int?
    /// The card before it.
    var before: CardMemento
    /// When it was taken back.
    package var undoneAt: Date?
}
