/// A text as characters that know where they stand.
struct SourceText: Sendable {
    let characters: [Character]
    /// Of each character in UTF-16 code units, and of the end.
    private let offsets: [Int]

    init(_ text: String) {
        var (characters, offsets, offset) = ([Character](), [Int](), 0)
        for character in text {
            characters.append(character)
            offsets.append(offset)
            offset += character.utf16.count
        }
        offsets.append(offset)
        (self.characters, self.offsets) = (characters, offsets)
    }

    /// In UTF-16 code units.
    func place(_ range: Range<Int>) -> Range<Int> { offsets[range.lowerBound]..<offsets[range.upperBound] }

    func text(_ range: Range<Int>) -> String { String(characters[range]) }

    /// Without spaces at either end.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, characters[start].isWhitespace { start += 1 }
        while end > start, characters[end - 1].isWhitespace { end -= 1 }
        return start..<end
    }
}
