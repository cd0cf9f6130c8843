/// The forms that a note about a text takes.
package enum NoteKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The text's own headings, with what stands below each.
    case outline
    /// Connected sentences, in the text's order.
    case summary
    /// One line a point.
    case keyPoints = "key_points"
    /// Terms with what they mean.
    case glossary
    /// Cues beside notes, and a summary below them.
    case cornell
    /// All that is worth knowing on a page or two.
    case cheatSheet = "cheat_sheet"
    /// Terms, and how sentences relate them.
    case conceptMap = "concept_map"
}
