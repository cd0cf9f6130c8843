/// Tells a table of contents and an index from text: they have every word of a book, and answer nothing.
enum PageListing {
    /// Whether most of a text is entries that end in page numbers, led there by dots or set apart by commas.
    static func isOne(_ text: String) -> Bool {
        let (dotted, words) = leaders(in: text)
        // An entry of a table of contents has some five words.
        if dotted >= 3, dotted * 12 >= words { return true }
        return isIndex(text)
    }

    /// How many rows of dots there are that lead to a number, and how many words.
    private static func leaders(in text: String) -> (dotted: Int, words: Int) {
        var (dotted, words, dots) = (0, 0, 0)
        var isInWord = false
        for scalar in text.unicodeScalars {
            if scalar == "." || scalar == "…" {
                dots += scalar == "…" ? 3 : 1
                isInWord = false
            } else if scalar.properties.isWhitespace {
                isInWord = false
            } else {
                if dots >= 4, ("0"..."9").contains(scalar) || scalar == "i" || scalar == "v" || scalar == "x" { dotted += 1 }
                dots = 0
                if !isInWord { words += 1 }
                isInWord = true
            }
        }
        return (dotted, words)
    }

    /// “membrane, 12, 45–48; potential, 49”: numbers after commas all over the text, and no sentences.
    private static func isIndex(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count >= 24 else { return false }
        var (pages, sentences) = (0, 0)
        for (word, next) in zip(words, words.dropFirst()) {
            if word.hasSuffix(","), isPages(next) { pages += 1 }
            if word.hasSuffix("."), word.count > 2, next.first?.isUppercase == true { sentences += 1 }
        }
        return pages * 5 >= words.count && sentences * 40 <= words.count
    }

    private static func isPages(_ word: Substring) -> Bool {
        let digits = word.unicodeScalars.filter { ("0"..."9").contains($0) }.count
        return digits > 0
            && word.unicodeScalars.allSatisfy { scalar in
                ("0"..."9").contains(scalar) || ",;.–-f".unicodeScalars.contains(scalar)
            }
    }
}
