package import Ambient
package import Courses
package import FoundationEssentials

package enum DeckKind {}
package typealias DeckID = Identifier<DeckKind>

/// A heap of cards that a student learns together.
package struct Deck: Sendable, Hashable {
    package let id: DeckID
    package let userID: UserID
    package var courseID: CourseID?
    /// On one line.
    package var name: String
    /// The share of its cards that is to be remembered when they are due, where it is not the student's own for all decks.
    package var retention: Double?
    package var createdAt: Date
    package var updatedAt: Date
}

/// A deck and how much of it waits.
package struct FilledDeck: Sendable, Hashable {
    package var deck: Deck
    package var counts: DeckCounts
}

/// How many cards a deck has, and how many of them wait.
package struct DeckCounts: Sendable, Hashable {
    /// All, also those that are set aside.
    package var cards = 0
    /// Not seen yet, and not set aside.
    package var new = 0
    /// Between the steps of being learned, and due before the student's day ends.
    package var learning = 0
    /// Due for review before the student's day ends.
    package var review = 0
}
