/// How a piece of a program within a sentence is said: its names in words, and the signs that mean something.
enum CodeReader {
    private static let signs: [(String, String)] = [
        ("===", "is identical to"), ("!==", "is not identical to"), ("==", "equals"), ("!=", "does not equal"),
        ("<=", "is at most"),
        (">=", "is at least"), ("+=", "plus equals"), ("-=", "minus equals"), ("->", "to"), ("=>", "to"), ("&&", "and"),
        ("||", "or"),
        ("<<", "shifted left by"), (">>", "shifted right by"), ("**", "to the power of"), ("++", "plus plus"), ("::", ""),
        ("=", "equals"),
        ("+", "plus"), ("-", "minus"), ("*", "times"), ("/", "slash"), ("<", "less than"), (">", "greater than"), ("!", "not"),
        ("%", "per cent"),
        ("&", "and"), ("|", "or"), (".", "dot"), ("@", "at"), ("#", "hash"), ("$", "dollar"), ("~", "tilde"), ("^", "caret"),
    ]

    /// At most so many words of one piece.
    private static let longest = 60

    static func said(_ code: String) -> [String] {
        let characters = Array(code.prefix(2_000))
        var (words, place) = ([String](), 0)
        scan: while place < characters.count, words.count < longest {
            let character = characters[place]
            if character.isLetter || character == "_" || character.isNumber {
                var end = place + 1
                while end < characters.count,
                    characters[end].isLetter || characters[end].isNumber || characters[end] == "_"
                        || characters[end] == "." && characters[place].isNumber && end + 1 < characters.count
                            && characters[end + 1].isNumber
                { end += 1 }
                let text = String(characters[place..<end])
                words +=
                    text.allSatisfy { $0.isNumber || $0 == "." }
                    ? EnglishNumber.quantity(text) : text.count == 1 ? LetterNames.spelled(text) : EnglishWord.said(text)
                place = end
                continue
            }
            for (sign, name) in signs where characters[place...].starts(with: sign) {
                let isDash =
                    sign == "-" && (place == 0 || characters[place - 1].isWhitespace) && place + 1 < characters.count
                    && characters[place + 1].isLetter
                words += isDash ? ["dash"] : name.split(separator: " ").map(String.init)
                place += sign.count
                continue scan
            }
            place += 1
        }
        return words
    }
}
