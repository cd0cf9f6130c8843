/// A paragraph, list, table or piece of code of a document, as the tutor takes it up whole.
struct Block: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// A short line that names what follows, without an end.
        case label
        case paragraph
        /// One line of notes that end without a stop.
        case note
        case list
        case code
        case table
    }

    var kind: Kind
    /// As it is told: paragraphs as one line, the lines of code and tables as they stand.
    var text: String
    /// Of a list its entries with their markers, of a table its rows, of a paragraph its sentences.
    var parts: [String]
    /// The headings above, outermost first.
    var path: [String]
    /// Index of the source that holds it.
    var source: Int
    /// Blocks of one run of text under the same headings share it.
    var section: Int

    /// How much of an answer it takes: code and tables read faster.
    var words: Int {
        let count = TextLength.words(in: text)
        return kind == .code || kind == .table ? (count + 1) / 2 : count
    }
}

/// How long a text is to a reader.
enum TextLength {
    /// Words; in scripts without spaces two letters count as one.
    static func words(in text: String) -> Int {
        var (count, wide, isInWord) = (0, 0, false)
        for scalar in text.unicodeScalars {
            if Script.hasNoSpaces(scalar) {
                wide += 1
                isInWord = false
            } else if scalar.properties.isWhitespace {
                isInWord = false
            } else if !isInWord {
                count += 1
                isInWord = true
            }
        }
        return count + wide / 2
    }
}
