/// A stretch of a passage by its place.
package enum PassageText {
    /// The text at a place in Unicode scalars; nil if the place is not in the text.
    package static func text(at range: Range<Int>, of passage: String) -> String? {
        let scalars = passage.unicodeScalars
        guard range.lowerBound >= 0,
            let start = scalars.index(
                scalars.startIndex, offsetBy: range.lowerBound, limitedBy: scalars.endIndex),
            let end = scalars.index(start, offsetBy: range.count, limitedBy: scalars.endIndex)
        else { return nil }
        return String(scalars[start..<end])
    }
}
