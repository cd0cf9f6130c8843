/// `[3]` where it cites: a number alone, outside code, not behind a word or a sign that makes it an index, an interval or a list.
///
/// `a[0]`, `f(x)[1]`, `x = [1]` and `[1, 6]` are text, and stay.
package enum CitationMarkers {
    /// Whether a citation may stand behind what is written so far.
    /// - Parameters:
    ///   - before: the character right before it.
    ///   - word: the last one before it that is no white space.
    package static func mayStand(behind before: Character?, word: Character?) -> Bool {
        if let before, isWord(before) || "[](){}\\$\"'_".contains(before) { return false }
        // “x = [1]”, “f(a, [1])” after an operator.
        return !(word.map { "=<>+*/|&^∈∉⊂×·~({".contains($0) } ?? false)
    }

    /// Letters of a script that sets spaces between words. In others a citation stands right behind the last letter.
    private static func isWord(_ character: Character) -> Bool {
        guard character.isLetter || character.isNumber else { return false }
        return !character.unicodeScalars.contains { Script.hasNoSpaces($0) }
    }

    /// The text without its citations, nor the space before each.
    package static func removed(from text: String) -> String {
        replaced(in: text) { _, out in
            while out.last == " " { out.removeLast() }
        }
    }

    /// A source's own `[12]` as `(12)`, so that a model does not take it for the number of a source.
    static func parenthesised(in text: String) -> String {
        replaced(in: text) { number, out in out += "(\(number))" }
    }

    /// The text with each marker as `put` writes it.
    package static func replaced(in text: String, _ put: (Substring, inout String) -> Void) -> String {
        guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
        var out = ""
        var code = CodeTracker()
        var (before, word): (Character?, Character?) = (nil, nil)
        var at = text.startIndex
        while at < text.endIndex {
            let character = text[at]
            code.feed(character)
            if character == "[", !code.isInCode, mayStand(behind: before, word: word), let marker = marker(at: at, in: text) {
                put(marker, &out)
                at = text.index(after: marker.endIndex)
                // Another may follow at once: “[1][3]”.
                (before, word) = (nil, nil)
                continue
            }
            out.append(character)
            before = character
            if !character.isWhitespace { word = character }
            at = text.index(after: at)
        }
        return out
    }

    /// The number between the brackets; nil where it is a link or no number.
    private static func marker(at open: String.Index, in text: String) -> Substring? {
        let after = text[text.index(after: open)...]
        let number = after.prefix { $0.isASCII && $0.isNumber }
        guard (1...3).contains(number.count), number.first != "0", after[number.endIndex...].first == "]" else { return nil }
        return text[text.index(after: number.endIndex)...].first == "(" ? nil : number
    }
}
