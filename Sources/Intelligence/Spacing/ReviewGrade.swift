/// How well a card was remembered, as FSRS and Anki number it.
package enum ReviewGrade: Int, Sendable, Hashable, CaseIterable, Codable {
    /// It was forgotten.
    case again = 1
    /// It was remembered, with trouble. Never "nearly": whoever uses it for forgotten cards gets intervals that are far too long.
    case hard
    case good
    case easy

    /// Whether the card was remembered.
    package var isRecall: Bool { self != .again }
}
