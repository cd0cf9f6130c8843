/// A word as it stands in a text, with what is said for it.
package struct SpokenWord: Sendable, Equatable {
    /// Where it stands in the text, in UTF-16 code units, as browsers count.
    package let range: Range<Int>
    /// As it stands in the text.
    package let text: String
    /// What is said: words of letters in the piece's language, without marks. `3.5 kg` is said in four.
    package let said: [String]
    /// The mark after it that the melody follows: one of `, . ? !`.
    package var mark: Character?

    package init(range: Range<Int>, text: String, said: [String], mark: Character? = nil) {
        (self.range, self.text, self.said, self.mark) = (range, text, said, mark)
    }
}

/// Some words that are spoken in one go: a sentence, or a part of a long one, in one language.
package struct SpokenPiece: Sendable, Equatable {
    package var words: [SpokenWord]
    /// As ISO 639-1.
    package let language: String
    /// The silence after it, in milliseconds.
    package var pause: Int

    package init(words: [SpokenWord], language: String, pause: Int) {
        (self.words, self.language, self.pause) = (words, language, pause)
    }

    /// How many letters are said, spaces between words included.
    package var length: Int { words.reduce(0) { $0 + $1.said.reduce(0) { $0 + $1.count + 1 } } }
}
