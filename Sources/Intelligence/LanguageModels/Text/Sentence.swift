/// A sentence, or an item of a list, of a passage.
package struct Sentence: Sendable, Hashable {
    /// As it is read: one line, words that a line break had cut in two joined again.
    package var text: String
    /// Where it stands in the passage, in Unicode scalars.
    package var range: Range<Int>
    /// Sentences of one paragraph share it.
    package var paragraph: Int
    /// It began with a bullet or a number, which `text` leaves out.
    package var isListItem: Bool
}
